import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { LedgerStore } from '../../../src/editor/ledger/ledgerStore';
import { Recorder } from '../../../src/editor/ledger/recorder';
import type { Applied } from '../../../src/ledger/entry';
import type { Step } from '../../../src/ledger/ledger';
import { textHash } from '../../../src/ledger/stillWritten';
import type { RunSummary } from '../../../src/protocol';
import { temporaryFolder } from '../runs/fixtures';
import { EventEmitter, Uri } from './fakeVscode';
import { makeSummary } from './makeSummary';

vi.mock('vscode', () => import('./fakeVscode'));

const folder = temporaryFolder();

/** A recorder of one log that trainings of one script write, each over the one before. */
async function setUp() {
  const root = await folder();
  const [path, script] = [join(root, 'log.csv'), join(root, 'train.py')];
  await writeFile(path, '');
  const runs = new EventEmitter<readonly RunSummary[]>();
  const desk: { best: number; applied: readonly Applied[] } = { best: 1, applied: [] };
  const over = makeSummary({ path, points: 10 });
  const engine = {
    onRunsChange: runs.event,
    follow: () => Promise.resolve('id'),
    unfollow: () => Promise.resolve(),
    snapshot: () => {
      const outcome = { metric: 'val loss', better: 'lower', best: desk.best, step: 9, epoch: 9 };
      return Promise.resolve({ summary: over, outcomes: [outcome], assessment: {}, problem: null });
    },
  };
  const recorder = new Recorder({
    engine: engine as never,
    streams: { metaOf: () => undefined, all: [] } as never,
    scripts: { of: () => Promise.resolve(Uri.file(script)), spanOf: () => undefined } as never,
    store: new LedgerStore(join(root, 'kept')),
    applied: { take: () => Promise.resolve(desk.applied) } as never,
    output: { warn: (text: string) => expect.fail(text) } as never,
  });
  const measured: Step[] = [];
  recorder.onDidMeasure((step) => measured.push(step));
  const tell = async (run: RunSummary): Promise<void> => {
    runs.fire([run]);
    await recorder.settled();
  };
  const train = async (lr: number, best: number): Promise<void> => {
    await writeFile(script, `lr = ${lr}\n`);
    await tell({ ...over, state: 'running', points: 3 });
    desk.best = best;
    await tell(over);
  };
  return { train, measured, tell, over, desk, script };
}

test('each training is told of once, though all write one log', async () => {
  const { train, measured, tell, over } = await setUp();
  await train(0.1, 0.5);
  await train(0.2, 0.4);
  await train(0.3, 0.3);
  expect(measured.map(({ effects }) => effects[0]?.after)).toEqual([0.4, 0.3]);
  // It stalled, and goes on.
  await tell({ ...over, state: 'running', points: 12 });
  await tell({ ...over, points: 12 });
  expect(measured).toHaveLength(2);
});

test('a remedy that was taken out of the script again, by whatever program, was not measured', async () => {
  const { train, measured, desk, script } = await setUp();
  await train(0.1, 0.5);
  const remedy = { technique: 'weight-decay', title: 'Add weight decay', script, at: Date.now() } as const;
  const without = (text: string): Applied => ({
    ...remedy,
    into: { file: String(Uri.file(script)), without: textHash(text) },
  });
  desk.applied = [without('lr = 0.1\n')];
  await train(0.2, 0.4);
  desk.applied = [without('lr = 0.3\n')];
  await train(0.3, 0.3);
  expect(measured.map(({ entry }) => entry.applied.length)).toEqual([1, 0]);
});
