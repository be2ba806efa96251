import { expect, test, vi } from 'vitest';
import type { Memento } from 'vscode';
import { Dismissals } from '../../../src/editor/dismissals';
import type { Beginning, RunSummary } from '../../../src/protocol';
import { makeLost } from './makeSummary';

vi.mock('vscode', () => import('./fakeVscode'));

/** The workspace's memory, which keeps JSON. */
function memory(): Memento {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T): T | undefined =>
      kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, JSON.stringify(value))),
  };
}

const begins = (first: number): Beginning => ({ loss: [{ x: 1, what: `${first} NaN` }] });
const run = (first: number | null, path = '/log.csv'): RunSummary =>
  makeLost({ path, beginning: first === null ? null : begins(first) });
const notSo = { id: 'divergence', reason: 'noise' } as const;

test('what was dismissed stays so over a reload of the window', async () => {
  const workspace = memory();
  const before = new Dismissals(workspace);
  before.heed(run(2.3));
  await before.dismiss('/log.csv', notSo);
  const after = new Dismissals(workspace);
  // In the list before it was read, then read.
  expect(after.heed(run(null)).dismissed).toBe(1);
  expect(after.heed(run(2.3)).dismissed).toBe(1);
  expect(after.of('/log.csv')).toEqual([notSo]);
});

test('the next training in the same log does not inherit it', async () => {
  const dismissals = new Dismissals(memory());
  dismissals.heed(run(2.3));
  dismissals.heed(run(9, '/other.csv'));
  await dismissals.dismiss('/log.csv', notSo);
  await dismissals.dismiss('/other.csv', notSo);
  const told: string[] = [];
  dismissals.onDidChange((path) => told.push(path));
  const next = run(2.4);
  expect(dismissals.heed(next)).toBe(next);
  expect(dismissals.of('/log.csv')).toEqual([]);
  expect(dismissals.of('/other.csv')).toEqual([notSo]);
  await vi.waitFor(() => expect(told).toEqual(['/log.csv']));
  await dismissals.dismiss('/log.csv', notSo);
  expect(dismissals.heed(run(2.4)).dismissed).toBe(1);
});

test('an entry that is none goes for nothing', async () => {
  const workspace = memory();
  await workspace.update('fitcheck.notSo', { '/log.csv': [notSo], '/other.csv': null });
  const dismissals = new Dismissals(workspace);
  expect(dismissals.heed(run(2.3)).dismissed).toBeUndefined();
  expect(dismissals.of('/other.csv')).toEqual([]);
  await dismissals.dismiss('/log.csv', notSo);
  expect(dismissals.heed(run(2.3)).dismissed).toBe(1);
});
