import { closing, lineEnd, substitutionEnd } from './shellQuotes';

/** A word of a shell script: what the shell makes of it, and where it stands (offsets, quotes excluded where all is quoted). */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `(` opens a list of words that an array is set to; the words of a command go to the next `;`. */
export type Token = Word | '(' | ')' | ';';

const blank = /[ \t]/;
const ends = new Set([';', '&', '|', '\n', '\r']);
/** `<<EOF`, `<<-'EOF'`; `<<<` is something else. */
const hereDocument = /^<<-?\s*(["']?)(\w+)\1/;

/** How deep here-documents in here-documents are read: without their ends each one is all the rest. */
const MAX_DEPTH = 3;

/**
 * Splits a script into words: quotes, continued lines and here-documents understood, substitutions left as text,
 * redirections left out. Never throws: a quote without an end goes to the end of its line.
 * @param from where in a larger text the script begins
 */
export function shellWords(script: string, from = 0, depth = 0): Token[] {
  const tokens: Token[] = [];
  /** Names that end the here-documents which begin on the next line. */
  const pending: string[] = [];
  let i = 0;
  while (i < script.length) {
    const c = script[i]!;
    const here = c === '<' ? hereDocument.exec(script.slice(i, i + 80)) : null;
    if (blank.test(c)) i++;
    else if (c === '\\' && /^\\\r?\n/.test(script.slice(i, i + 3))) i += script[i + 1] === '\r' ? 3 : 2;
    else if (c === '#') i = lineEnd(script, i);
    else if (here) {
      pending.push(here[2]!);
      i += here[0].length;
    } else if (c === '\n' && pending.length > 0) {
      const end = documentEnd(script, i + 1, pending.shift()!);
      // What it holds is a text of its own, with quotes of its own: often another script.
      tokens.push(';');
      if (depth < MAX_DEPTH)
        for (const token of shellWords(script.slice(i + 1, end.body), from + i + 1, depth + 1))
          tokens.push(token);
      tokens.push(';');
      i = end.next;
    } else if (ends.has(c)) {
      tokens.push(';');
      i++;
    } else if (c === '(' || c === ')') {
      tokens.push(c);
      i++;
    } else {
      const word = readWord(script, i);
      tokens.push({ ...word, start: word.start + from, end: word.end + from });
      i = word.next;
    }
  }
  return withoutRedirections(tokens);
}

function readWord(script: string, start: number): Word & { next: number } {
  let i = start;
  let text = '';
  let quotes = 0;
  while (i < script.length) {
    const c = script[i]!;
    if (c === '"' || c === "'") {
      const close = closing(script, i);
      text += script.slice(i + 1, close);
      quotes++;
      i = script[close] === c ? close + 1 : close;
    } else if (c === '$' && (script[i + 1] === '(' || script[i + 1] === '{')) {
      const close = substitutionEnd(script, i + 1);
      text += script.slice(i, close);
      i = close;
    } else if (c === '\\' && i + 1 < script.length && !/[\r\n]/.test(script[i + 1]!)) {
      text += script[i + 1]!;
      i += 2;
    } else if (blank.test(c) || ends.has(c) || c === ')' || c === '\\' || (c === '(' && i > start)) {
      break;
    } else {
      text += c;
      i++;
    }
  }
  const next = Math.max(i, start + 1);
  const end = Math.min(next, script.length);
  const opened = quotes === 1 && /['"]/.test(script[start]!);
  if (!opened) return { text, start, end, quoted: quotes > 0, next };
  const isClosed = end > start + 1 && script[end - 1] === script[start];
  return { text, start: start + 1, end: isClosed ? end - 1 : end, quoted: true, next };
}

function documentEnd(script: string, from: number, name: string): { body: number; next: number } {
  for (let at = from; at < script.length; at = lineEnd(script, at) + 1) {
    if (script.slice(at, lineEnd(script, at)).trim() === name) return { body: at, next: lineEnd(script, at) };
  }
  return { body: script.length, next: script.length };
}

/** `> log.txt`, `2>err`, `>>log`: where output goes is no argument. */
function withoutRedirections(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (typeof token === 'string' || token.quoted || !/^\d*[<>]/.test(token.text)) kept.push(token);
    else if (/^\d*[<>]+$/.test(token.text) && typeof tokens[i + 1] === 'object') i++;
  }
  return kept;
}
