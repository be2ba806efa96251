/** A longer command line is no command that a person typed, and is not looked at. */
const LONGEST = 16_384;

/** One command of a line, without its redirections. */
export interface SimpleCommand {
  readonly words: readonly string[];
  /** What comes after it: `&&`, `||`, `;`, `|`, `&`, or nothing at the end. */
  readonly then: string;
}

/** How words are written: on Windows a backslash is a part of paths. */
export type Quoting = 'posix' | 'windows';

const OPERATORS = ['&&', '||', '|&', '&>>', '&>', ';;', ';', '|', '&', '\n', '(', ')'];
const REDIRECTION = /^\d*(>>|>\||>&|>|<<<|<&|<)/;

/**
 * Splits a command line as a shell does, as far as needed to know which programs it starts: quotes, escapes,
 * operators, comments, redirections, here-documents (their text is left out). Substitutions stay as they are written.
 * Linear in the length of the line; null where the line is too long or a quote is not closed.
 */
export function splitCommands(line: string, quoting: Quoting = 'posix'): SimpleCommand[] | null {
  if (line.length > LONGEST) return null;
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  const finish = (then: string): void => {
    if (words.length > 0) commands.push({ words, then });
    words = [];
  };
  let at = 0;
  while (at < line.length) {
    const char = line[at]!;
    if (char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '\\' && /^\\\r?\n/.test(line.slice(at, at + 3))) at = line.indexOf('\n', at) + 1;
    else if (char === '#') at = endOfLine(line, at);
    else if (/^\d*<<(?!<)/.test(line.slice(at, at + 8))) {
      // What follows is input of the program, not a command.
      finish('');
      return commands;
    } else if (REDIRECTION.test(line.slice(at, at + 8)) || line.startsWith('&>', at)) {
      const target = readWord(line, afterRedirection(line, at), quoting);
      if (target === null) return null;
      at = target.end;
    } else {
      const operator = OPERATORS.find((one) => line.startsWith(one, at));
      if (operator !== undefined) {
        finish(operator === '\n' || operator === '(' || operator === ')' ? ';' : operator);
        at += operator.length;
        continue;
      }
      const word = readWord(line, at, quoting);
      if (word === null) return null;
      words.push(word.text);
      at = word.end;
    }
  }
  finish('');
  return commands;
}

function endOfLine(line: string, from: number): number {
  const end = line.indexOf('\n', from);
  return end < 0 ? line.length : end;
}

function afterRedirection(line: string, at: number): number {
  const sign = line.startsWith('&>', at) ? /^&>>?/ : REDIRECTION;
  let end = at + sign.exec(line.slice(at, at + 8))![0].length;
  while (line[end] === ' ') end++;
  return end;
}

/** The word at a place; null if a quote in it is not closed. */
function readWord(line: string, from: number, quoting: Quoting): { text: string; end: number } | null {
  let text = '';
  let at = from;
  while (at < line.length && !/[\s;|&()<>]/.test(line[at]!)) {
    const char = line[at]!;
    if (char === "'" || char === '"') {
      const quoted = readQuoted(line, at, char, quoting);
      if (quoted === null) return null;
      text += quoted.text;
      at = quoted.end;
    } else if (char === '`' || line.startsWith('$(', at)) {
      const end = char === '`' ? line.indexOf('`', at + 1) : closing(line, at + 1);
      if (end < 0) return null;
      text += line.slice(at, end + 1);
      at = end + 1;
    } else if (char === '\\' && quoting === 'posix') {
      if (line[at + 1] !== '\n') text += line[at + 1] ?? '';
      at += 2;
    } else {
      text += char;
      at++;
    }
  }
  // A sign that belongs to no operator that is known.
  return at === from ? { text, end: at + 1 } : { text, end: at };
}

function readQuoted(
  line: string,
  from: number,
  quote: string,
  quoting: Quoting,
): { text: string; end: number } | null {
  let text = '';
  for (let at = from + 1; at < line.length; at++) {
    const char = line[at]!;
    if (char === quote) return { text, end: at + 1 };
    if (char === '\\' && quote === '"' && quoting === 'posix' && /["\\$`\n]/.test(line[at + 1] ?? '')) {
      if (line[++at] !== '\n') text += line[at];
    } else text += char;
  }
  return null;
}

/** The place of the bracket that closes the one at `open`, or -1. */
function closing(line: string, open: number): number {
  let depth = 0;
  for (let at = open; at < line.length; at++) {
    if (line[at] === '(') depth++;
    else if (line[at] === ')' && --depth === 0) return at;
  }
  return -1;
}
