import { quotient } from './quotient';

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Integers of so many digits are below 2^53. */
const EXACT_DIGITS = 15;
/** Longer numbers than this are left to `Number`. */
const MOST_DIGITS = 19;

/**
 * The value of the decimal number in `bytes` from `start` to `end`, the same double that `Number` gives; undefined for
 * anything but digits with perhaps a sign, a point and an exponent. Up to 15 digits are exact in a double and so
 * is the power of ten, hence their quotient is correctly rounded; the digits beyond make a second part.
 */
export function decimalAt(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  const sign = at < end ? bytes[at]! : 0;
  if (sign === 0x2d || sign === 0x2b) at++;
  let high = 0;
  let low = 0;
  let digits = 0;
  let firstDigit = -1;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x30 && byte <= 0x39) {
      if (firstDigit < 0) firstDigit = at;
      // Zeros in front count for nothing.
      if (digits === 0 && byte === 0x30) continue;
      if (digits++ < EXACT_DIGITS) high = high * 10 + byte - 0x30;
      else low = low * 10 + byte - 0x30;
    } else if (byte === 0x2e && point < 0) point = at;
    else break;
  }
  if (firstDigit < 0) return undefined;
  let exponent = point < 0 ? 0 : point + 1 - at;
  if (at < end) {
    const power = exponentAt(bytes, at, end);
    if (power === undefined) return undefined;
    exponent += power;
  }
  let value: number | undefined;
  if (exponent >= -22 && exponent <= 22) {
    if (digits <= EXACT_DIGITS) value = exponent < 0 ? high / POWERS[-exponent]! : high * POWERS[exponent]!;
    else if (digits <= MOST_DIGITS && exponent <= 0)
      value = quotient(high, POWERS[digits - EXACT_DIGITS]!, low, POWERS[-exponent]!);
  }
  if (value === undefined) return Number(ascii(bytes, start, end));
  return sign === 0x2d ? -value : value;
}

/** The value of `e-05` at the end of a number; undefined when it is something else. */
function exponentAt(bytes: Uint8Array, start: number, end: number): number | undefined {
  if ((bytes[start]! | 0x20) !== 0x65) return undefined;
  let at = start + 1;
  const sign = at < end ? bytes[at]! : 0;
  if (sign === 0x2d || sign === 0x2b) at++;
  if (at === end) return undefined;
  let power = 0;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) return undefined;
    if (power < 10_000) power = power * 10 + byte - 0x30;
  }
  return sign === 0x2d ? -power : power;
}

/** The ASCII text of some bytes. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
