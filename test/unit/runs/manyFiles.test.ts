import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import type { Run } from '../../../src/runs/run';
import { event, simpleValue, versionRecord } from '../formats/eventFile';
import { csvLog, temporaryFolder } from './fixtures';

const folder = temporaryFolder();

async function write(root: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

/** The runs below a folder by their path in it, read. */
async function runsBelow(root: string): Promise<Map<string, Run>> {
  const found = await discoverRuns(root);
  const runs = await Promise.all(found.map((source) => new RunReader(source).readAll()));
  return new Map(runs.map((run) => [run.path.slice(root.length + 1), run]));
}

/** An event file with a value of `tag` at each step. */
const events = (tag: string, steps: readonly number[]): Buffer =>
  Buffer.concat([
    versionRecord(),
    ...steps.map((step) => event(step, 1.7e9 + step, simpleValue(tag, 1 / (step + 1)))),
  ]);

const trainerState = (step: number, of: number): string => {
  const entries = Array.from({ length: step / 10 }, (_, i) => ({ loss: 1 / (i + 1), step: 10 * (i + 1) }));
  return JSON.stringify({ global_step: step, log_history: entries, max_steps: of, num_train_epochs: 1 });
};

const table = (name: string): string => `step\t${name}\n0\t2\n10\t1\n20\t0.5\n`;

describe('one run in many files', () => {
  it('DVCLive: the tables of a folder, with its parameters', async () => {
    const root = await folder();
    await write(root, {
      'dvclive/plots/metrics/train/loss.tsv': table('loss'),
      'dvclive/plots/metrics/eval/loss.tsv': table('loss'),
      'dvclive/metrics.json': '{"train": {"loss": 0.5}, "step": 20}',
      'dvclive/params.yaml': 'lr: 0.001\nmodel:\n  name: resnet\n  blob: !!python/object:x.Y {}\n',
    });
    const runs = await runsBelow(root);
    expect([...runs.keys()]).toEqual(['dvclive']);
    const { series, context } = runs.get('dvclive')!;
    expect(series.map(({ key, split, length }) => [key, split, length])).toEqual([
      ['eval/loss', 'val', 3],
      ['train/loss', 'train', 3],
    ]);
    expect([...context]).toEqual(
      expect.arrayContaining([
        ['lr', 0.001],
        ['model/name', 'resnet'],
      ]),
    );
  });

  it('AllenNLP: a file an epoch, in the order of the epochs', async () => {
    const root = await folder();
    const epoch = (n: number): string =>
      JSON.stringify({ epoch: n, training_loss: 1 / (n + 1), validation_loss: 1 });
    const files = Array.from({ length: 12 }, (_, n) => [`out/metrics_epoch_${n}.json`, epoch(n)]);
    await write(
      root,
      Object.fromEntries([...files, ['out/metrics.json', epoch(11)]]) as Record<string, string>,
    );
    const runs = await runsBelow(root);
    expect([...runs.keys()]).toEqual(['out']);
    const training = runs.get('out')!.series.find(({ key }) => key === 'training_loss')!;
    expect(Array.from(training.steps.view())).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it('TensorBoard: a restart, and the folders that add_scalars makes, but no other run', async () => {
    const root = await folder();
    await write(root, {
      'runs/a/events.out.tfevents.1700000000.h.1': events('lr', [0, 1]),
      'runs/a/events.out.tfevents.1700000900.h.2': events('lr', [2, 3]),
      'runs/a/loss_train/events.out.tfevents.1700000000.h.3': events('loss', [0, 1]),
      'runs/a/loss_val/events.out.tfevents.1700000000.h.4': events('loss', [0, 1]),
      'runs/b/events.out.tfevents.1700000000.h.5': events('loss', [0, 1]),
      'logs/first_train/events.out.tfevents.1700000000.h.6': events('loss', [0, 1]),
    });
    const runs = await runsBelow(root);
    expect([...runs.keys()].sort()).toEqual(['logs/first_train', 'runs/a', 'runs/b']);
    expect(runs.get('runs/a')!.series.map(({ key, split, length }) => [key, split, length])).toEqual([
      ['lr', null, 4],
      ['loss', 'train', 2],
      ['loss', 'val', 2],
    ]);
  });

  it('TensorBoard: the curves of a chart and the summary of a run, by the process that wrote them', async () => {
    const root = await folder();
    await write(root, {
      'runs/a/events.out.tfevents.1700000000.h.7.0': events('lr', [0, 1]),
      'runs/a/losses_gen/events.out.tfevents.1700000000.h.7.1': events('losses', [0, 1]),
      'runs/a/losses_disc/events.out.tfevents.1700000000.h.7.2': events('losses', [0, 1]),
      'runs/a/acc_top_train/events.out.tfevents.1700000000.h.7.3': events('acc/top', [0, 1]),
      'runs/a/1700000900.123/events.out.tfevents.1700000900.h.7.4': events('hparam/loss', [0]),
      // Another process, another curve, or the folder of a run that is only called so.
      'runs/a/losses_other/events.out.tfevents.1700000900.h.8.0': events('losses', [0, 1]),
      'runs/a/losses_own/events.out.tfevents.1700000900.h.7.5': events('reward', [0, 1]),
    });
    const runs = await runsBelow(root);
    expect([...runs.keys()].sort()).toEqual(['runs/a', 'runs/a/losses_other', 'runs/a/losses_own']);
    const series = runs.get('runs/a')!.series.map(({ key, split, length }) => [key, split, length]);
    expect(series.sort()).toEqual([
      ['acc/top', 'train', 2],
      ['hparam/loss', null, 1],
      ['losses/disc', null, 2],
      ['losses/gen', null, 2],
      ['lr', null, 2],
    ]);
  });

  it('Lightning: each version is a run', async () => {
    const root = await folder();
    await write(root, {
      'logs/version_0/metrics.csv': csvLog(9),
      'logs/version_0/events.out.tfevents.1700000000.h.1': events('loss', [0, 1]),
      'logs/version_1/events.out.tfevents.1700000001.h.1': events('loss', [0, 1]),
    });
    expect([...(await runsBelow(root)).keys()].sort()).toEqual([
      'logs/version_0/metrics.csv',
      'logs/version_1',
    ]);
  });

  it('Hugging Face: of states that were copied together, the one that got further', async () => {
    const root = await folder();
    await write(root, {
      'out/trainer_state.json': trainerState(20, 90),
      'out/checkpoint-90/trainer_state.json': trainerState(90, 90),
      'out/checkpoint-50/trainer_state.json': trainerState(50, 90),
    });
    const steps = async (): Promise<[string, unknown][]> =>
      [...(await runsBelow(root))].map(([path, { series }]) => [path, series[0]!.steps.at(-1)]);
    expect(await steps()).toEqual([['out', 90]]);
    await utimes(join(root, 'out/checkpoint-90/trainer_state.json'), 1.7e9, 1.7e9);
    expect(await steps()).toEqual([['out', 20]]);
  });

  it('Hugging Face: the events of a training and of its resumption, with what the state says of its end', async () => {
    const root = await folder();
    const [first, second, other] = ['Nov25_22-45-45_h', 'Nov26_01-00-00_h', 'Nov27_01-00-00_h'].map(
      (name) => `out/runs/${name}`,
    );
    await write(root, {
      [`${first}/events.out.tfevents.1700000000.h.1`]: events('train/loss', [10, 20, 30]),
      [`${second}/events.out.tfevents.1700009000.h.2`]: events('train/loss', [40, 50]),
      'out/checkpoint-50/trainer_state.json': trainerState(50, 50),
    });
    const runs = await runsBelow(root);
    expect([...runs.keys()]).toEqual([first]);
    const { series, context, status } = runs.get(first!)!;
    expect(Array.from(series[0]!.steps.view())).toEqual([10, 20, 30, 40, 50]);
    expect([context.get('framework'), context.get('total_steps'), status]).toEqual([
      'transformers',
      50,
      'finished',
    ]);

    // A new training in the same folder: the state is that of the one before.
    const started = Math.floor(Date.now() / 1000) + 3600;
    await write(root, { [`${other}/events.out.tfevents.${started}.h.3`]: events('train/loss', [10, 20]) });
    const later = await runsBelow(root);
    expect([...later.keys()].sort()).toEqual([first, other]);
    expect(later.get(other!)!.status).toBe('running');
  });

  it('Hugging Face: the state, when it is newer than any events', async () => {
    const root = await folder();
    const name = 'out/runs/Nov25_22-45-45_h/events.out.tfevents.1700000000.h.1';
    await write(root, { [name]: events('train/loss', [10]), 'out/trainer_state.json': trainerState(50, 50) });
    await utimes(join(root, name), 1.7e9, 1.7e9);
    expect([...(await runsBelow(root)).keys()].sort()).toEqual([dirname(name), 'out/trainer_state.json']);
  });
});
