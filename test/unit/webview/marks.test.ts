import { expect, test } from 'vitest';
import type { NamedFinding } from '../../../webview/findingTitle';
import { marksFor, placeOn } from '../../../webview/marks';
import { makeCurve } from './makeCurve';
import { theme } from './makeTheme';

const curve = makeCurve({}, { values: [4, 3, 2, 3, 4], epochs: [0, 0.25, 0.5, 0.75, 1] });
const group = { name: 'loss', curves: [curve], isSetting: false };
const finding = (about: Partial<NamedFinding>): NamedFinding => ({
  id: 'val-loss-rising',
  title: 'Validation gets worse',
  family: 'overfitting',
  severity: 'error',
  onset: { step: 3, epoch: 0.75, line: null },
  evidence: {},
  series: [0],
  message: '',
  ...about,
});
const marks = (...findings: NamedFinding[]): Record<string, never> =>
  marksFor(group, findings, { axis: 'step', aligned: false, theme, runs: new Map() }) as Record<
    string,
    never
  >;

test('a place is its step; on another axis what the curve has there', () => {
  expect(placeOn(curve, { step: 2, epoch: 0.5 }, 'step')).toBe(2);
  expect(placeOn(curve, { step: 2, epoch: null }, 'epoch')).toBe(0.5);
  expect(placeOn(curve, { step: 99, epoch: null }, 'epoch')).toBe(1);
  expect(placeOn(curve, { step: 2, epoch: null }, 'time')).toBeNull();
  expect(placeOn(makeCurve(), { step: 2, epoch: 7 }, 'epoch')).toBe(7);
});

test('a finding marks its onset, the span from there, and its best point', () => {
  expect(marks(finding({ best: { step: 2, epoch: null } }))).toMatchObject({
    span: { xMin: 3, backgroundColor: 'rgba(255, 0, 0, 0.08)' },
    'onset 3': { xMin: 3, xMax: 3, label: { content: 'Validation gets worse' } },
    'best 2': { xMin: 2, label: { content: 'best' } },
  });
});

test('the best point is marked where a curve of the split that decided is', () => {
  const best = { step: 2, epoch: null };
  expect(marks(finding({ best, decidedBy: 'val' }))).not.toHaveProperty('best 2');
  expect(marks(finding({ best, decidedBy: 'val' }))).toHaveProperty('onset 3');
  expect(marks(finding({ best, decidedBy: 'train' }))).toHaveProperty('best 2');
});

test('findings that start together share a line, others get a row of their own', () => {
  const drawn = marks(
    finding({}),
    finding({ title: 'Trained past its best', severity: 'warning' }),
    finding({ title: 'Loss on a plateau', onset: { step: 1, epoch: null, line: null } }),
  );
  expect(Object.keys(drawn)).toEqual(['span', 'onset 3', 'onset 1']);
  expect(drawn).toMatchObject({
    'onset 3': { label: { content: 'Validation gets worse, Trained past its best', yAdjust: 0 } },
    'onset 1': { label: { yAdjust: 21 } },
  });
});

test('only the leading finding has a span, which high contrast leaves out', () => {
  expect(marks(finding({ severity: 'warning' }), finding({}))).toMatchObject({
    span: { backgroundColor: 'rgba(204, 204, 0, 0.08)' },
  });
  const contrast = marksFor(group, [finding({})], {
    axis: 'step',
    aligned: false,
    runs: new Map(),
    theme: { ...theme, highContrast: true },
  });
  expect(contrast).toMatchObject({ span: { backgroundColor: 'transparent' } });
});

test('notes, findings about other curves and findings without an onset mark nothing', () => {
  expect(marks(finding({ severity: 'info' }), finding({ series: [5] }), finding({ onset: null }))).toEqual(
    {},
  );
});

test('the marks of a run move with it, and no other run gets them', () => {
  const late = makeCurve({}, { steps: [10, 11, 12, 13], values: [4, 3, 2, 3] });
  const onset = { step: 12, epoch: null, line: null };
  const runs = new Map([['', { title: 'runs/a', colour: '#000', hidden: false }]]);
  const aligned = { axis: 'step', aligned: true, theme, runs } as const;
  const own = marksFor({ ...group, curves: [late] }, [finding({ onset })], aligned);
  expect(own).toMatchObject({ 'onset 2': { xMin: 2, label: { content: 'runs/a: Validation gets worse' } } });
  expect(own).not.toHaveProperty('span');
  const other = { ...late, run: { ...late.run, main: false } };
  expect(marksFor({ ...group, curves: [other] }, [finding({ onset })], aligned)).toEqual({});
});
