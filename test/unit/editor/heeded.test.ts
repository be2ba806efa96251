import { expect, test } from 'vitest';
import type { SymptomId } from '../../../src/analysis/diagnosis';
import { heeded } from '../../../src/editor/heeded';
import { readMessage } from '../../../src/editor/fromPage';
import { verdictWord } from '../../../src/editor/words';
import type { RunSummary } from '../../../src/protocol';

const run: RunSummary = {
  id: 'a',
  path: '/a',
  title: 'a',
  format: 'csv',
  state: 'running',
  modified: 0,
  label: 'overfitting',
  severity: 'error',
  symptoms: [
    { id: 'val-loss-rising', family: 'overfitting', severity: 'error' },
    { id: 'loss-spike', family: 'unstable', severity: 'warning' },
    { id: 'overconfidence', family: 'overfitting', severity: 'info' },
  ],
  since: 'epoch 12',
  last: null,
  points: 9,
  quiet: 0,
  progress: null,
  beginning: null,
};
const without = (...ids: SymptomId[]): RunSummary => heeded(run, new Set(ids));

test('a run without dismissed findings stays as it is', () => {
  expect(heeded(run, new Set())).toBe(run);
  expect(heeded(run, new Set(['plateau'] as const))).toBe(run);
});

test('where another finding is dismissed the verdict holds', () => {
  expect(without('loss-spike')).toMatchObject({
    label: 'overfitting',
    severity: 'error',
    since: 'epoch 12',
    dismissed: 1,
  });
});

test('where the leading one is, the next serious one takes its place, else none', () => {
  expect(without('val-loss-rising')).toMatchObject({ label: 'unstable', severity: 'warning', since: null });
  const rest = without('val-loss-rising', 'loss-spike');
  expect(rest).toMatchObject({ label: null, severity: 'info', dismissed: 2 });
  expect(verdictWord(rest, 'reading')).toBe('no open finding');
  expect(verdictWord({ ...run, label: null }, 'reading')).toBe('reading');
});

test('only known findings and reasons are taken from a page', () => {
  const message = { type: 'dismiss', id: 'plateau', reason: 'noise' };
  expect(readMessage(message)).toEqual(message);
  expect(readMessage({ ...message, id: 'toString' })).toBeNull();
  expect(readMessage({ ...message, reason: 'constructor' })).toBeNull();
  expect(readMessage({ type: 'restore', id: 'plateau' })).toEqual({ type: 'restore', id: 'plateau' });
  expect(readMessage({ type: 'restore', id: 7 })).toBeNull();
});
