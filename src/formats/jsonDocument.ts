import type { Sample } from './format';

/** A string, punctuation, a number or a word of JSON, or of Python's version of it. */
const TOKEN =
  /[ \t\r\n,:]+|[[{]|[\]}]|"(?:[^"\\\r\n]|\\.)*"|-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|true|false|null|-?(?:NaN|Infinity)/y;
/** The sample may end within a token. */
const LONGEST_TOKEN = 4096;

/** True when the file is a single JSON array or object, as far as the sample shows: no log that grows line by line. */
export function isJsonDocument(sample: Sample): boolean {
  const start = firstInk(sample.head);
  const first = sample.head[start];
  if (first !== 0x5b && first !== 0x7b) return false;
  const whole = sample.size <= sample.head.length;
  const text = Buffer.from(sample.head.subarray(start)).toString('latin1');
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    if (!TOKEN.test(text)) return !whole && text.length - at < LONGEST_TOKEN;
    const token = text[at]!;
    if (token === '[' || token === '{') depth++;
    else if ((token === ']' || token === '}') && --depth === 0)
      return text.slice(TOKEN.lastIndex).trim() === '' && whole;
  }
  return !whole;
}

function firstInk(bytes: Uint8Array): number {
  // A byte order mark may stand before it.
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && bytes[at]! <= 0x20) at++;
  return at;
}
