import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { LateFiles } from '../../../src/runs/lateFiles';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const ID = '0123456789abcdef0123456789abcdef';
const metric = (values: readonly number[], from = 0): string =>
  values.map((value, i) => `${1_700_000_000_000 + 1000 * (from + i)} ${value} ${from + i}\n`).join('');

async function metaOf(run: string, status: number): Promise<void> {
  await writeFile(
    join(run, 'meta.yaml'),
    `run_id: x\nrun_name: bold-ape-1\nstatus: ${status}\nend_time: null\n`,
  );
}

/** A run as MLflow's file store writes it. */
async function mlflowRun(root: string, metrics: Record<string, string>, id = ID): Promise<string> {
  const run = join(root, 'mlruns', '1', id);
  for (const part of ['metrics', 'params', 'artifacts']) await mkdir(join(run, part), { recursive: true });
  await writeFile(join(root, 'mlruns', '1', 'meta.yaml'), 'name: Default\n');
  await metaOf(run, 1);
  await writeFile(join(run, 'params', 'lr'), '0.001');
  await writeFile(join(run, 'params', 'optimizer'), 'Adam');
  for (const [name, text] of Object.entries(metrics)) {
    const path = join(run, 'metrics', ...name.split('/'));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }
  return run;
}

describe("a run of MLflow's file store", () => {
  it('is one run with a series a file, its parameters and its name', async () => {
    const root = await folder();
    const run = await mlflowRun(root, {
      loss: metric([2, 1]),
      'metrics/mAP50': metric([0.1, 0.2]),
      'val/loss': metric([2, 1.5]),
    });
    const found = await discoverRuns(root);
    expect(found.map(({ path, format }) => [path, format])).toEqual([[run, 'mlflow']]);
    const { series, context, status } = await new RunReader(found[0]!).readAll();
    expect(series.map(({ key, split, length }) => [key, split, length]).sort()).toEqual([
      ['loss', 'train', 2],
      ['metrics/mAP50', null, 2],
      ['val/loss', 'val', 2],
    ]);
    expect(Object.fromEntries(context)).toEqual({ lr: 0.001, optimizer: 'Adam', run_name: 'bold-ape-1' });
    expect(status).toBe('running');
  });

  it.each([
    [3, 'finished'],
    [4, 'crashed'],
    [5, 'crashed'],
  ])('with the status %i is %s', async (code, status) => {
    const root = await folder();
    const run = await mlflowRun(root, { loss: metric([2, 1]) });
    const reader = new RunReader((await discoverRuns(root))[0]!);
    await reader.poll();
    await appendFile(join(run, 'metrics', 'loss'), metric([0.5], 2));
    await metaOf(run, code);
    expect(await reader.poll()).toBe('appended');
    expect([reader.run.status, reader.run.series[0]!.length, reader.generation]).toEqual([status, 3, 0]);
  });

  it('grows by the metrics that it logs later', async () => {
    const root = await folder();
    const run = await mlflowRun(root, { loss: metric([2, 1]) });
    const reader = new RunReader((await discoverRuns(root))[0]!);
    await reader.poll();
    const late = new LateFiles(reader);
    await writeFile(join(run, 'metrics', 'val_loss'), metric([3, 2]));
    expect(await late.look()).toBe(true);
    expect(await reader.poll()).toBe('appended');
    expect(reader.run.series.map(({ key }) => key)).toEqual(['loss', 'val_loss']);
  });

  it('is found from a file of its own, which is then read alone', async () => {
    const root = await folder();
    const run = await mlflowRun(root, { loss: metric([2, 1]), 'metrics/mAP50': metric([0.1, 0.2]) });
    const path = join(run, 'metrics', 'metrics', 'mAP50');
    const [source] = await discoverRuns(path);
    expect(source).toMatchObject({ path, format: 'mlflow' });
    const { series } = await new RunReader(source!).readAll();
    expect(series.map(({ key }) => key)).toEqual(['metrics/mAP50']);
  });

  it('is not found again in the models that it logged, nor where it was deleted', async () => {
    const root = await folder();
    await mlflowRun(root, { loss: metric([2, 1]) }, 'models/m-1');
    await mlflowRun(join(root, 'mlruns', '.trash'), { loss: metric([2, 1]) });
    expect(await discoverRuns(root)).toEqual([]);
  });
});
