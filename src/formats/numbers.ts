/**
 * The number grammar of training logs: plain and scientific notation, thousands separators (`11,047`),
 * and every spelling of NaN and infinity that C, Python and JavaScript print.
 */
const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const THOUSANDS = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?(?:[eE][-+]?\d+)?$/;
const WORD = /^([-+]?)(?:(nan)(?:\(\w*\))?|inf(?:inity)?|1\.#(?:(qnan|ind|snan)|inf))$/i;

/** No number in a log is longer; longer text is not looked at. */
const LONGEST = 64;

/**
 * The value of `text`, or undefined when it is not a number. Surrounding blanks are allowed; a decimal
 * comma, a unit or any other residue is not. `nan` and `inf` give NaN and Infinity: they are data.
 */
export function parseNumber(text: string): number | undefined {
  const length = text.length;
  if (length === 0 || length > LONGEST) return undefined;
  // The usual case: Number accepts all that we do and, of what begins with no blank, only `0x10` and the like besides.
  const value = Number(text);
  if (Number.isFinite(value) && text.charCodeAt(0) > 32 && !isRadix(text.charCodeAt(1) | 32)) return value;
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return Number(trimmed);
  if (THOUSANDS.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  return parseNonFinite(trimmed);
}

/** As {@link parseNumber}, but a `%` may follow; the value is left in percent. */
export function parsePercent(text: string): number | undefined {
  const trimmed = text.trim();
  return parseNumber(trimmed.endsWith('%') ? trimmed.slice(0, -1) : trimmed);
}

function parseNonFinite(text: string): number | undefined {
  const match = WORD.exec(text);
  if (!match) return undefined;
  if (match[2] !== undefined || match[3] !== undefined) return Number.NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}

/** The letter of `0x10`, `0b1` and `0o7`. */
function isRadix(code: number): boolean {
  return code === 0x78 || code === 0x62 || code === 0x6f;
}
