import { describe, expect, test } from 'vitest';
import { extendCurve, type Curve } from '../../../webview/curves';
import { DrawnCurve } from '../../../webview/drawnCurve';
import type { Look } from '../../../webview/look';
import { makeCurve } from './makeCurve';
import { theme } from './makeTheme';

const runs = new Map();
const look = (about: Partial<Look> = {}): Look => ({
  axis: 'step',
  smoothing: 0,
  logScale: false,
  logX: false,
  hidden: new Set(),
  runs,
  aligned: false,
  judged: null,
  theme,
  ...about,
});
const noisy = [4, 1, Number.NaN, 3, 5, 2];

function add(curve: Curve, steps: number[], values: number[]): void {
  const none = Float64Array.from(values.map(() => Number.NaN));
  const [at, column] = [Float64Array.from(steps), Float64Array.from(values)];
  extendCurve(curve, { steps: at, values: column, epochs: none, times: none, lines: none, files: [] });
}

const pointsOf = ({ datasets }: DrawnCurve): unknown => datasets.map(({ data }) => data);

describe('a drawn curve', () => {
  test('that is smoothed otherwise, and grew, is the same one, with the points of one made anew', () => {
    const curve = makeCurve({}, { values: noisy });
    const [before, after] = [look({ smoothing: 0.3 }), look({ smoothing: 0.9 })];
    const drawn = new DrawnCurve(curve, before, false);
    const { datasets } = drawn;
    const first = drawn.line.points[0];
    expect(drawn.follow(after)).toBe(false);
    add(curve, [6, 7], [8, 1]);
    expect(drawn.follow(after)).toBe(true);
    expect(pointsOf(drawn)).toEqual(pointsOf(new DrawnCurve(curve, after, false)));
    expect(drawn.datasets).toBe(datasets);
    expect(drawn.line.points[0]).toBe(first);
  });

  test('on a log scale keeps its gaps when it is smoothed otherwise', () => {
    const curve = makeCurve({}, { values: [1, -2, 4, 3] });
    const drawn = new DrawnCurve(curve, look({ smoothing: 0.3 }), true);
    const after = look({ smoothing: 0.6 });
    drawn.follow(after);
    expect(pointsOf(drawn)).toEqual(pointsOf(new DrawnCurve(curve, after, true)));
  });

  test.each([
    ['another axis', { axis: 'epoch' }],
    ['a log scale', { logX: true }],
    ['another theme', { theme: { ...theme } }],
    ['other runs beside it', { runs: new Map() }],
    ['runs that begin at 0', { aligned: true }],
    ['no smoothing', { smoothing: 0 }],
  ] as const)('is made anew for %s', (_what, other) => {
    const before = look({ smoothing: 0.3 });
    const drawn = new DrawnCurve(makeCurve(), before, false);
    expect(drawn.follow({ ...before, ...other })).toBeNull();
  });

  test('stays when another curve is hidden', () => {
    const before = look();
    const drawn = new DrawnCurve(makeCurve(), before, false);
    expect(drawn.follow({ ...before, hidden: new Set(['another']) })).toBe(false);
  });

  test('without a number is made anew where its crosses are to stand elsewhere, as when the least of the others is hidden', () => {
    const seen = look();
    const drawn = new DrawnCurve(makeCurve({}, { values: [Number.NaN, Number.NaN] }), seen, false, 0);
    expect(drawn.follow({ ...seen, hidden: new Set(['the least']) }, 0)).toBe(false);
    expect(drawn.follow({ ...seen, hidden: new Set(['the least']) }, 100)).toBeNull();
    expect(new DrawnCurve(makeCurve({}, { values: noisy }), seen, false, 0).follow(seen, 100)).toBe(false);
  });

  test('says that its points are in order only while they are: of a resumed run they are not', () => {
    const curve = makeCurve({}, { values: noisy });
    const seen = look();
    const drawn = new DrawnCurve(curve, seen, false);
    expect(drawn.main.parsing).toBe(false);
    add(curve, [3, 4], [1, 1]);
    expect(drawn.follow(seen)).toBeNull();
    expect(new DrawnCurve(curve, look(), false).main.parsing).toBeUndefined();
  });
});
