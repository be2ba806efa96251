import { expect, test, vi } from 'vitest';
import { ScriptRuns } from '../../../src/editor/scripts/scriptRuns';
import type { RunSummary } from '../../../src/protocol';
import { EventEmitter, Uri } from './fakeVscode';
import { makeLost, makeSummary } from './makeSummary';

vi.mock('vscode', () => import('./fakeVscode'));

test('the runs are looked through once for all cells that ask, and again when one has changed', async () => {
  const change = new EventEmitter<void>();
  const runs = new EventEmitter<readonly RunSummary[]>();
  const engine = { runs: [] as RunSummary[], onRunsChange: runs.event, onEvent: () => undefined };
  const asked: string[] = [];
  const of = (path: string) => {
    asked.push(path);
    return Promise.resolve(Uri.file(path === '/new.csv' ? '/train.ipynb' : '/other.py'));
  };
  const scripts = { of, cellOf: () => null, onDidChange: change.event };
  const scriptRuns = new ScriptRuns(engine as never, scripts as never);
  const latest = () => scriptRuns.latest(Uri.file('/train.ipynb') as never);
  engine.runs = [makeSummary({ path: '/a.csv' }), makeSummary({ path: '/b.csv' })];
  expect(await Promise.all([latest(), latest(), latest()])).toEqual([null, null, null]);
  expect(asked).toHaveLength(2);
  engine.runs = [makeLost({ path: '/new.csv', modified: 9 }), ...engine.runs];
  runs.fire(engine.runs);
  expect((await latest())?.path).toBe('/new.csv');
  change.fire();
  expect((await latest())?.path).toBe('/new.csv');
  expect(asked).toHaveLength(4);
});

test('a judgement that failed is not kept: it is asked for again', async () => {
  const nothing = new EventEmitter<never>().event;
  let isThere = false;
  const assessment = { diagnosis: {} };
  const engine = {
    ...{ runs: [], onRunsChange: nothing, onEvent: nothing, unfollow: () => Promise.resolve() },
    follow: () => (isThere ? Promise.resolve('id') : Promise.reject(new Error('the log is not there'))),
    snapshot: () => Promise.resolve({ assessment, problem: null }),
  };
  const scriptRuns = new ScriptRuns(engine as never, { onDidChange: nothing } as never);
  const run = makeLost();
  expect(await scriptRuns.assessment(run)).toBeNull();
  isThere = true;
  expect(await scriptRuns.assessment(run)).toBe(assessment);
  expect(scriptRuns.assessment(run), 'what succeeded is kept').toBe(scriptRuns.assessment(run));
});
