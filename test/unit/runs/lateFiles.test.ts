import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { groupFiles } from '../../../src/runs/grouping';
import { discoverRuns } from '../../../src/runs/discovery';
import { LateFiles } from '../../../src/runs/lateFiles';
import { RunReader } from '../../../src/runs/runReader';
import { csvLog, temporaryFolder } from './fixtures';

const folder = temporaryFolder();

describe('files that a run begins to write later', () => {
  it('belong to it: the path of a TensorBoard run is its folder from the first file on', () => {
    const file = (path: string) => ({ path, format: 'tfevents', modified: 1 });
    const one = groupFiles([file('logs/train/events.out.tfevents.1')]);
    const both = groupFiles([
      file('logs/train/events.out.tfevents.1'),
      file('logs/validation/events.out.tfevents.2'),
    ]);
    expect(one.map(({ path }) => path)).toEqual(['logs']);
    expect(both.map(({ path, files }) => [path, files.map(({ split }) => split)])).toEqual([
      ['logs', ['train', 'val']],
    ]);
    expect(groupFiles([file('runs/constructor/events.out.tfevents.1')])[0]!.files[0]!.split).toBeNull();
  });

  it('are read on by a reader that is told of them', async () => {
    const root = await folder();
    await mkdir(join(root, 'catboost_info'));
    const [learn, test] = ['learn_error.tsv', 'test_error.tsv'].map((name) =>
      join(root, 'catboost_info', name),
    );
    const table = csvLog(12).replaceAll(',', '\t').replace('val_loss', 'x').replace('epoch', 'iter');
    await writeFile(learn!, table);
    const reader = new RunReader((await discoverRuns(root))[0]!);
    await reader.poll();
    const before = reader.run.series.length;
    await writeFile(test!, table);
    reader.add((await discoverRuns(root))[0]!.files);
    expect(await reader.poll()).toBe('appended');
    expect(reader.run.series.length).toBe(2 * before);
  });

  it('take the place of those that they repeat: the state in the next checkpoint', async () => {
    const root = await folder();
    const save = async (step: number): Promise<string> => {
      const history = Array.from({ length: step / 10 }, (_, i) => ({
        step: 10 * (i + 1),
        loss: 1 / (i + 1),
      }));
      const path = join(root, 'out', `checkpoint-${step}`, 'trainer_state.json');
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, JSON.stringify({ global_step: step, max_steps: 90, log_history: history }));
      return path;
    };
    const first = await save(30);
    const reader = new RunReader((await discoverRuns(root))[0]!);
    const late = new LateFiles(reader);
    await reader.poll();
    expect(await late.look()).toBe(false);
    const second = await save(60);
    await rm(first);
    vi.useFakeTimers({ now: Date.now() + 10_000, toFake: ['Date'] });
    try {
      expect(await late.look()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
    expect(reader.paths).toEqual([second]);
    expect(await reader.poll()).toBe('reset');
    expect(reader.run.series[0]!.length).toBe(6);
    expect(await reader.poll()).toBe('unchanged');
  });
});
