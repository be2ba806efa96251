import { classOf, CLOSE, codeAt, DELIMITER, isBlank, isQuote, isSeparator, OPEN } from './charCodes';

/** What stands before a number. */
export interface Label {
  readonly name: string;
  readonly separated: boolean;
  readonly lead: string;
  readonly inBrackets: boolean;
}

/** Finds the name in the text between two numbers of the loaded line; what stands before the name is its lead. */
export function readLabel(text: string, from: number, to: number): Label {
  let end = trimmedEnd(from, to);
  let inBrackets = false;
  const last = codeAt(end - 1);
  if (end > from && (last === 0x5b || last === OPEN)) {
    inBrackets = last === 0x5b;
    end = trimmedEnd(from, end - 1);
    if (last === OPEN) end = unwrapped(text, from, end);
  }
  // A dictionary's or a string's quote on either side of the separator.
  if (end > from && isQuote(codeAt(end - 1))) end = trimmedEnd(from, end - 1);
  const separated = end > from && isSeparator(codeAt(end - 1));
  if (separated) end = trimmedEnd(from, end - 1);
  let remark = '';
  if (end > from && codeAt(end - 1) === CLOSE) {
    // "acc (higher is better) : 0.7", "Epoch(val) [3]": the remark is no part of the name.
    const open = text.lastIndexOf('(', end - 1);
    if (open > from) {
      remark = text.slice(open, end);
      end = trimmedEnd(from, open);
    }
  }
  let start = end;
  while (start > from && !endsName(start - 1)) start--;
  return {
    name: trimMarks(text.slice(start, end)),
    separated,
    lead: start > from || remark !== '' ? text.slice(from, start) + remark : '',
    inBrackets,
  };
}

/** What holds one number and prints its own name: `loss tensor(0.52, device='cuda:0')`, `loss: np.float64(0.52)`. */
const WRAPPER = /(?<![\w.])(?:tensor|Tensor|Parameter|Array|array|(?:np\.|numpy\.)?float(?:16|32|64))$/;

/** The end of what stands before the name of the wrapper; letters are looked at first, for speed. */
function unwrapped(text: string, from: number, end: number): number {
  const last = codeAt(end - 1);
  // r, y, and the digits of `float64`.
  if (last !== 0x72 && last !== 0x79 && last !== 0x34 && last !== 0x32 && last !== 0x36) return end;
  const match = WRAPPER.exec(text.slice(Math.max(from, end - 16), end));
  return match ? trimmedEnd(from, end - match[0].length) : end;
}

function trimmedEnd(from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(codeAt(end - 1))) end--;
  return end;
}

/** Whether the name begins after this character: a delimiter, two blanks, or a dash between blanks. */
function endsName(at: number): boolean {
  const code = codeAt(at);
  if (code === 0x20 && at > 0)
    return isBlank(codeAt(at - 1)) || (codeAt(at - 1) === 0x2d && isBlank(codeAt(at - 2)));
  return (classOf(code) & DELIMITER) !== 0;
}

const MARKS = /^[\s*>\-–—•.#'"~=/]+|[\s'"*]+$/g;

function trimMarks(name: string): string {
  if (name === '') return name;
  const first = name.charCodeAt(0) | 0x20;
  const last = name.charCodeAt(name.length - 1) | 0x20;
  const clean = first >= 0x61 && first <= 0x7a && last >= 0x61 && last <= 0x7a;
  return clean ? name : name.replace(MARKS, '');
}
