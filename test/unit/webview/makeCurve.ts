import type { SeriesInfo } from '../../../src/protocol';
import { Curves, type Curve } from '../../../webview/curves';

/** A curve of the page; steps count from 0 where none are given. */
export function makeCurve(
  about: Partial<SeriesInfo> = {},
  columns: { values?: number[]; steps?: number[]; epochs?: number[]; times?: number[] } = {},
): Curve {
  const { values = [3, 2, 1], steps = values.map((_, i) => i) } = columns;
  const none = values.map(() => Number.NaN);
  const { epochs = none, times = none } = columns;
  const known = {
    name: 'loss',
    key: 'loss',
    split: 'train',
    direction: 'lower',
    unit: null,
    axis: 'step',
  } as const;
  const points = {
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    epochs: Float64Array.from(epochs),
    times: Float64Array.from(times),
    lines: Float64Array.from(none),
  };
  const info = { ...known, index: 0, total: values.length, nonFinite: 0, ...about };
  return new Curves([{ ...info, points }]).all[0]!;
}
