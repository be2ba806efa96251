import { shiftOf, xOf } from './axes';
import type { Range } from './chartOptions';
import type { Curve } from './curves';
import type { Point } from './line';
import type { Look } from './look';

/** Points of a curve that lie above or below what a chart shows of the y axis, each at the edge that it is behind. */
export function pointsBeyond(
  curve: Curve,
  { axis, aligned }: Look,
  height: Range | null,
): { above: Point[]; beneath: Point[] } {
  const above: Point[] = [];
  const beneath: Point[] = [];
  if (!height || (curve.most <= height.max && curve.least >= height.min)) return { above, beneath };
  const xs = xOf(curve, axis);
  const shift = shiftOf(curve, axis, aligned);
  curve.values.forEach((y, i) => {
    if (!Number.isFinite(y) || !Number.isFinite(xs[i])) return;
    const x = xs[i]! - shift;
    if (y > height.max) above.push({ x, y: height.max });
    else if (y < height.min) beneath.push({ x, y: height.min });
  });
  return { above, beneath };
}
