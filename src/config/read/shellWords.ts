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

/**
 * Splits a script into words, quotes and continued lines understood; substitutions are left as text. Never throws: a
 * quote without an end goes to the end of the text.
 * @param from where in a larger text the script begins
 */
export function shellWords(script: string, from = 0): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < script.length) {
    const c = script[i]!;
    if (blank.test(c)) i++;
    else if (c === '\\' && /^\\\r?\n/.test(script.slice(i, i + 3))) i += script[i + 1] === '\r' ? 3 : 2;
    else if (c === '#') i = lineEnd(script, i);
    else if (ends.has(c)) {
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
  return tokens;
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
      const close = balanced(script, i + 1);
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
  const whole = quotes === 1 && /['"]/.test(script[start]!) && /['"]/.test(script[end - 1] ?? '');
  return whole
    ? { text, start: start + 1, end: end - 1, quoted: true, next }
    : { text, start, end, quoted: quotes > 0, next };
}

function closing(script: string, open: number): number {
  const quote = script[open]!;
  for (let i = open + 1; i < script.length; i++) {
    if (script[i] === '\\' && quote === '"') i++;
    else if (script[i] === quote) return i;
  }
  // A quote without an end is being typed: it ends with its line.
  return lineEnd(script, open);
}

function balanced(script: string, open: number): number {
  const [up, down] = script[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let i = open; i < script.length; i++) {
    if (script[i] === up) depth++;
    else if (script[i] === down && --depth === 0) return i + 1;
  }
  return script.length;
}

function lineEnd(script: string, from: number): number {
  const at = script.indexOf('\n', from);
  return at === -1 ? script.length : at;
}
