import { expect, test } from 'vitest';
import type { Points } from '../../../src/protocol';
import { closerCurve } from '../../../webview/closer';
import { Curves } from '../../../webview/curves';
import { makeCurve } from './makeCurve';

function pointsAt(steps: readonly number[], file?: number): Points {
  const none = Float64Array.from(steps, () => Number.NaN);
  return {
    steps: Float64Array.from(steps),
    values: Float64Array.from(steps, (x) => x * 2),
    epochs: none,
    times: none,
    lines: Float64Array.from(steps, (x) => x + 1),
    ...(file === undefined ? {} : { files: [{ at: 0, file }] }),
  };
}

const thinned = [0, 10, 20, 30, 40];
const base = () => makeCurve({ total: 41 }, { steps: thinned, values: thinned.map((x) => x * 2) });

test('between the first and the last point of the detail there is the detail, outside of it what was there', () => {
  const curve = base();
  curve.files.push({ at: 0, file: 0 }, { at: 3, file: 1 });
  const detail = [12, 13, 14, 20, 25];
  const closer = closerCurve(curve, curve.steps, { points: pointsAt(detail, 0), whole: false }, detail)!;
  expect(closer.steps).toEqual([0, 10, 12, 13, 14, 20, 25, 30, 40]);
  expect(closer.values).toEqual(closer.steps.map((x) => x * 2));
  expect(closer.files.findLast(({ at }) => at <= 7)).toEqual({ at: 7, file: 1 });
  expect(curve.steps).toEqual(thinned);
});

test('there is none where nothing is in the part, or where the run was resumed', () => {
  const curve = base();
  expect(closerCurve(curve, curve.steps, { points: pointsAt([]), whole: false }, [])).toBeNull();
  const resumed = [0, 10, 20, 5, 15];
  expect(closerCurve(curve, resumed, { points: pointsAt([11, 12]), whole: false }, [11, 12])).toBeNull();
});

test('of a resumed run the engine gives the whole curve', () => {
  const all = [0, 10, 20, 21, 22, 15, 20, 21, 22, 40];
  const closer = closerCurve(base(), [0, 20, 15, 40], { points: pointsAt(all), whole: true }, all)!;
  expect(closer.steps).toEqual(all);
});

test('what is appended goes to both, once; a resume ends the closer look', () => {
  const { points, ...info } = { ...base().info, points: pointsAt(thinned) };
  const curves = new Curves([{ ...info, points }]);
  const curve = curves.all[0]!;
  const detail = [39, 40, 41, 42];
  curve.closer = closerCurve(curve, curve.steps, { points: pointsAt(detail), whole: false }, detail);
  const append = (steps: number[]): void =>
    curves.append([{ index: 0, total: 50, nonFinite: 0, points: pointsAt(steps) }]);
  append([41, 42, 43]);
  expect(curve.steps.slice(-3)).toEqual([41, 42, 43]);
  expect(curve.closer!.steps.slice(-5)).toEqual([39, 40, 41, 42, 43]);
  append([30]);
  expect(curve.closer).toBeNull();
});
