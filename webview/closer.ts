import type { CurveDetail, Points } from '../src/protocol';
import { extendCurve, newCurve, type Curve } from './curves';

/**
 * A curve as it is looked at closely: in a part of the x axis the points that the engine gave for it, outside of it the thinned
 * ones. Points that come later are appended to both. Where the x axis goes back, as in a resumed run, there is no telling which
 * points lie between which: then the engine gives the whole curve, or there is none.
 * @param xs x values of the thinned points
 * @param detailXs x values of the others
 */
export function closerCurve(
  curve: Curve,
  xs: readonly number[],
  { points, whole }: Omit<CurveDetail['series'][number], 'index'>,
  detailXs: readonly number[],
): Curve | null {
  if (whole) {
    const given = newCurve(curve.info, curve.run, curve);
    extendCurve(given, points);
    return given;
  }
  if (detailXs.length === 0 || !isAscending(xs) || !isAscending(detailXs)) return null;
  const [first, last] = [detailXs[0]!, detailXs.at(-1)!];
  const closer = newCurve(curve.info, curve.run, curve);
  const before = xs.findIndex((x) => x >= first);
  const after = xs.findIndex((x) => x > last);
  extendCurve(closer, partOf(curve, 0, before < 0 ? xs.length : before));
  extendCurve(closer, points);
  if (after >= 0) extendCurve(closer, partOf(curve, after, xs.length));
  return closer;
}

function isAscending(xs: readonly number[]): boolean {
  return xs.every((x, i) => i === 0 || x >= xs[i - 1]!);
}

function partOf(curve: Curve, from: number, to: number): Points {
  const part = (column: readonly number[]): Float64Array => Float64Array.from(column.slice(from, to));
  const file = curve.files.findLast(({ at }) => at <= from)?.file;
  const files = curve.files
    .filter(({ at }) => at > from && at < to)
    .map((one) => ({ ...one, at: one.at - from }));
  return {
    steps: part(curve.steps),
    values: part(curve.values),
    epochs: part(curve.epochs),
    times: part(curve.times),
    lines: part(curve.lines),
    files: [...(file === undefined ? [] : [{ at: 0, file }]), ...files],
  };
}
