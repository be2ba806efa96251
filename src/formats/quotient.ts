/** Splits a double into halves whose products are exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
/** More than the relative error of the correction below. */
const DOUBT = 2 ** -44;

/**
 * The double nearest to (`high` x `scale` + `low`) / `divisor`; undefined in the rare case that this is too close to the
 * middle of two doubles to tell. All arguments are whole numbers that a double holds exactly.
 *
 * The quotient of the rounded numbers is corrected by its remainder, which Dekker's product gives exactly.
 */
export function quotient(high: number, scale: number, low: number, divisor: number): number | undefined {
  const scaled = high * scale;
  const dividend = scaled + low;
  const rest = productError(high, scale, scaled) + (low - (dividend - scaled));
  const first = dividend / divisor;
  const back = first * divisor;
  const correction = (dividend - back - productError(first, divisor, back) + rest) / divisor;
  const lower = first + correction * (1 - DOUBT);
  return lower === first + correction * (1 + DOUBT) ? lower : undefined;
}

/** `a` x `b` - `product`, exactly. */
function productError(a: number, b: number, product: number): number {
  let t = SPLITTER * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = SPLITTER * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
