import { expect, test } from 'vitest';
import {
  axisTitle,
  extentOf,
  naturalAxis,
  placesBeside,
  possibleAxes,
  shiftOf,
  xOf,
} from '../../../webview/axes';
import type { SeriesInfo } from '../../../src/protocol';
import { anyPositive, Curves, curveTitle, type Curve } from '../../../webview/curves';
import { roleOf } from '../../../webview/curveStyle';
import { constantValues, groupCurves } from '../../../webview/groups';
import { makeCurve } from './makeCurve';

const steps = makeCurve({}, { epochs: [0, 0.5, 1] });
const epochs = makeCurve({ axis: 'epoch', split: 'val' });
const lost = makeCurve({ axis: 'step' });

test('points are added at the end; a curve that is not there is passed over', () => {
  const { info } = lost;
  const points = { steps: [3], values: [0.5], epochs: [Number.NaN], times: [Number.NaN], lines: [5] };
  const columns = Object.fromEntries(
    Object.entries(points).map(([name, values]) => [name, Float64Array.from(values)]),
  ) as never;
  const curves = new Curves([{ ...info, points: columns }]);
  curves.append([
    { index: 0, total: 9, nonFinite: 1, points: columns },
    { index: 7, total: 1, nonFinite: 0, points: columns },
  ]);
  expect(curves.all).toHaveLength(1);
  expect(curves.all[0]!.values).toEqual([0.5, 0.5]);
  expect(curves.all[0]!.info).toMatchObject({ total: 9, nonFinite: 1 });
});

test('an epoch axis takes the epochs of curves that count steps, and the steps of those that count epochs', () => {
  expect(xOf(steps, 'epoch')).toEqual([0, 0.5, 1]);
  expect(xOf(epochs, 'epoch')).toEqual([0, 1, 2]);
});

test('an axis is offered where every curve has it, and only once', () => {
  expect(possibleAxes([steps])).toEqual(['step', 'epoch']);
  expect(possibleAxes([steps, lost])).toEqual(['step']);
  expect(possibleAxes([epochs])).toEqual(['step']);
  expect(possibleAxes([makeCurve({}, { times: [1, 2, 3] })])).toEqual(['step', 'time']);
});

test('curves that count differently are compared by epoch where all know it', () => {
  expect(naturalAxis([steps, epochs])).toBe('epoch');
  expect(naturalAxis([lost, epochs])).toBe('step');
  expect(naturalAxis([steps])).toBe('step');
  // Of another metric, which nobody compares with it.
  expect(naturalAxis([steps, makeCurve({ name: 'score', key: 'score', axis: 'epoch' })])).toBe('step');
});

test('the axis is called what it counts', () => {
  expect(axisTitle([epochs], 'step')).toBe('epoch');
  expect(axisTitle([steps, epochs], 'step')).toBe('step');
  expect(axisTitle([makeCurve({ axis: 'index' })], 'step')).toBe('point');
  expect(axisTitle([steps], 'time')).toBe('time since the start');
});

test('the extent reaches over all curves and leaves out what has no place', () => {
  const other = makeCurve({}, { steps: [5, Number.NaN, 9] });
  expect(extentOf([steps, other], 'step')).toEqual({ min: 0, max: 9 });
  expect(extentOf([steps, other], 'step', { log: true })).toEqual({ min: 1, max: 9 });
});

test('a log scale needs a value above zero', () => {
  expect(anyPositive([makeCurve({}, { values: [1, Number.NaN, -2] })])).toBe(true);
  expect(anyPositive([makeCurve({}, { values: [-1, 0, Number.NaN] })])).toBe(false);
  expect(anyPositive([makeCurve({}, { values: [-1] }), steps])).toBe(true);
});

test('wall time counts from the first of the run, also where the log has none before', () => {
  expect(xOf(makeCurve({}, { times: [5_000, 7_000, Number.NaN] }), 'time')).toEqual([0, 2_000, Number.NaN]);
  const columns = (times: number[], steps: number[]): never => {
    const numbers = { steps, values: steps, epochs: steps, times, lines: steps };
    return Object.fromEntries(
      Object.entries(numbers).map(([name, values]) => [name, Float64Array.from(values)]),
    ) as never;
  };
  const { info } = steps;
  const curves = new Curves([{ ...info, points: columns([Number.NaN], [0]) }]);
  curves.append([{ index: 0, total: 3, nonFinite: 0, points: columns([9_000, 10_000], [1, 2]) }]);
  expect(curves.all[0]!.elapsed).toEqual([Number.NaN, 0, 1_000]);
});

test('a curve is called by its split, else by its key, else by nothing', () => {
  expect(curveTitle(steps)).toBe('train');
  expect(curveTitle(makeCurve({ split: null, name: 'learning_rate', key: 'lr' }))).toBe('lr');
  expect(curveTitle(makeCurve({ split: null, name: 'x', key: 'x' }))).toBe('value');
  expect(curveTitle(makeCurve({ split: null, name: 'x', key: ' ' }))).toBe('(no name)');
});

/** The curves of a run: each with its key, name, split, and how many values at what kind of places. */
const runOf = (...about: Partial<SeriesInfo>[]): Curve[] => {
  const series = about.map((one, index) => {
    const { info } = makeCurve({ index, ...one });
    const numbers = (): Float64Array => Float64Array.from({ length: info.total }, (_, i) => i);
    const points = {
      steps: numbers(),
      values: numbers(),
      epochs: numbers(),
      times: numbers(),
      lines: numbers(),
    };
    return { ...info, points };
  });
  return new Curves(series).all;
};

test('curves of one metric and split are told apart by their keys, and by their looks', () => {
  const all = runOf({ key: 'loss' }, { key: 'avg loss' }, { key: 'val_loss', split: 'val' });
  expect(all.map(curveTitle)).toEqual(['train (loss)', 'train (avg loss)', 'val']);
  expect(all.map(roleOf)).toEqual(['train', 'other', 'val']);
});

test('beside curves with a split one without is called by its key', () => {
  expect(runOf({ split: null }, { key: 'train_loss', total: 1 }).map(curveTitle)).toEqual(['loss', 'train']);
});

test('what training logs by step and by epoch stands beside its validation', () => {
  const all = runOf(
    { name: 'MAE_step', key: 'train_MAE_step' },
    { name: 'MAE_epoch', key: 'train_MAE_epoch' },
    { name: 'MAE', key: 'valid_MAE', split: 'val' },
    { name: 'f1_step', key: 'train_f1_step' },
  );
  expect(all.map(({ metric }) => metric)).toEqual(['MAE', 'MAE', 'MAE', 'f1_step']);
  expect(all.map(curveTitle)).toEqual(['train (train_MAE_step)', 'train (train_MAE_epoch)', 'val', 'train']);
  expect(all.map(roleOf)).toEqual(['other', 'train', 'val', 'train']);
});

test('a single value without a place is a setting, and no second curve', () => {
  const stray = { key: 'average_loss', axis: 'index', total: 1 } as const;
  const all = runOf(stray, { key: 'loss' });
  expect(all.map(({ isSetting }) => isSetting)).toEqual([true, false]);
  expect(curveTitle(all[1]!)).toBe('train');
  const groups = groupCurves(all);
  expect(groups.map(({ name, curves }) => [name, curves.length])).toEqual([
    ['loss', 1],
    ['average_loss', 1],
  ]);
  expect(groups.map(constantValues)).toEqual([null, [0]]);
  // A log that has just begun, or that counts nothing, has nothing else.
  expect(runOf(stray)[0]!.isSetting).toBe(false);
  expect(runOf(stray, { key: 'loss', axis: 'index' })[0]!.isSetting).toBe(false);
  const named = groupCurves(runOf({ ...stray, name: 'x', key: 'loss' }, {}));
  expect(named.map(({ name }) => name)).toEqual(['loss', 'loss (setting)']);
});

test('a run is moved to begin at 0 only where runs are aligned, and only on an axis that it has', () => {
  const late = makeCurve({}, { steps: [500, 510, 520] });
  expect(shiftOf(late, 'step', true)).toBe(500);
  expect(shiftOf(late, 'step', false)).toBe(0);
  expect(shiftOf(late, 'epoch', true)).toBe(0);
  expect(extentOf([late], 'step', { aligned: true })).toEqual({ min: 0, max: 20 });
});

test('the extremes of a curve know where they stand, and stay with the first', () => {
  const { least, leastAt, most, mostAt } = makeCurve({}, { values: [3, Number.NaN, 1, 3, 1] });
  expect({ least, leastAt, most, mostAt }).toEqual({ least: 1, leastAt: 2, most: 3, mostAt: 0 });
});

test('a point is also told by its other places', () => {
  const one = makeCurve({}, { epochs: [0, 0.5, 1], times: [0, 60_000, 120_000] });
  expect(placesBeside(one, 1, 'step').slice(0, 2)).toEqual(['epoch 0.5', '0:01:00']);
  expect(placesBeside(one, 1, 'time').slice(0, 2)).toEqual(['step 1', 'epoch 0.5']);
  expect(placesBeside(makeCurve(), 1, 'step')).toEqual([]);
});
