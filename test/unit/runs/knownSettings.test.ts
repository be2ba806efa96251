import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { knownSettings } from '../../../src/runs/knownSettings';
import { RunBuilder } from '../../../src/runs/runBuilder';
import { RunReader } from '../../../src/runs/runReader';
import { silenceOf, statusOf } from '../../../src/runs/status';
import { csvLog, temporaryFolder } from './fixtures';

const known = (
  settings: Record<string, string | number>,
  lengths = { epoch: 0, step: 0 },
): Record<string, string | number> =>
  Object.fromEntries(knownSettings(new Map(Object.entries(settings)), lengths));

describe('the settings that an analysis knows', () => {
  it.each([
    ['an argument of a script', { epochs: 10, bs: 32 }, { total_epochs: 10, batch_size: 32 }],
    ['a group of the training', { 'trainer/max_epochs': 5, 'model/num_classes': 7 }, { total_epochs: 5, num_classes: 7 }],
    ['groups of another meaning', { 'scheduler/epochs': 5, 'pretrain/epochs': 3, 'loss/num_classes': 4 }, {}],
    ['two groups that differ', { 'train/epochs': 5, 'trainer/epochs': 3 }, {}],
    ['two groups that agree', { epochs: 5, 'train/epochs': 5 }, { total_epochs: 5 }],
    ['the default of an option that is not used', { num_train_epochs: 3, max_steps: -1 }, { total_epochs: 3 }],
    ['steps that end before the epochs', { num_train_epochs: 3, max_steps: 500 }, { total_steps: 500 }],
    ['steps of an episode', { max_steps: 500, env_id: 'CartPole-v1', epochs: 9 }, { total_epochs: 9 }],
    ['labels, of which every language model has two', { num_labels: 2 }, {}],
    ['a class count that is none', { num_classes: 1, n_classes: 2.5 }, {}],
    ['texts where numbers belong', { epochs: 'ten', model: 'resnet50', arch: '' }, { model: 'resnet50' }],
    ['the Trainer of Hugging Face', { transformers_version: '4.44.0', per_device_train_batch_size: 8, batch_size: 99 }, { batch_size: 8, framework: 'transformers' }],
    ['what holds the accuracy of the training down', { drop: 0.3, smoothing: 0.1, dropout: 7 }, { dropout: 0.3, label_smoothing: 0.1 }],
  ])('reads %s', (_what, settings, expected) => {
    expect(known(settings)).toEqual(expected);
  }); // prettier-ignore

  it('does not believe a length that the run has gone beyond', () => {
    const settings = { max_steps: 100, epochs: 10 };
    expect(known(settings, { epoch: 1, step: 105 })).toEqual({ total_steps: 100 });
    expect(known(settings, { epoch: 1, step: 200 })).toEqual({ total_epochs: 10 });
    expect(known({ epochs: 10 }, { epoch: 12, step: 0 })).toEqual({});
  });
});

describe('a run with settings', () => {
  const runOf = (context: Record<string, number>): RunBuilder => {
    const run = new RunBuilder('log');
    const sink = run.sink();
    for (let epoch = 1; epoch <= 10; epoch++) {
      sink.at(Number.NaN, epoch, Number.NaN, epoch);
      sink.value('loss', 1 / epoch);
    }
    for (const [key, value] of Object.entries(context)) sink.context(key, value);
    run.settle();
    return run;
  };
  const hour = 3_600_000;
  const now = 100_000 * hour;
  const times = { created: now - 2 * hour, modified: now - 1.8 * hour };

  it('is finished at their end, and believes its log before them', () => {
    expect(statusOf(runOf({ epochs: 10 }), times, now)).toBe('finished');
    expect(statusOf(runOf({ epochs: 20 }), times, now)).toBe('unknown');
    const told = runOf({ epochs: 10, total_epochs: 20 });
    expect(told.context.get('total_epochs')).toBe(20);
    expect(statusOf(told, times, now)).toBe('unknown');
  });

  it('takes back what it has gone beyond', () => {
    const run = runOf({ epochs: 10 });
    const sink = run.sink();
    sink.at(Number.NaN, 20, Number.NaN, 20);
    sink.value('loss', 0.1);
    run.settle();
    expect(run.context.has('total_epochs')).toBe(false);
  });

  it('is not called silent before an end that only they plan: it may have stopped early', () => {
    expect(silenceOf(runOf({ epochs: 20 }), times, now, false)).toBeNull();
    expect(silenceOf(runOf({ total_epochs: 20 }), times, now, false)).not.toBeNull();
  });

  const folder = temporaryFolder();

  it.each([
    ['results.csv', 'args.yaml', 'task: detect\nepochs: 10\nbatch: 16\n'],
    ['metrics.csv', 'hparams.yaml', 'max_epochs: 10\n'],
  ])('finds them beside %s, in the search and by name', async (table, name, settings) => {
    const root = await folder();
    const run = join(root, 'version_0');
    await mkdir(run);
    await writeFile(join(run, table), csvLog(4));
    await writeFile(join(run, name), settings);
    for (const path of [root, join(run, table)]) {
      const [source] = await discoverRuns(path);
      expect(source!.path).toBe(join(run, table));
      const read = await new RunReader(source!).readAll();
      expect(read.context.get('total_epochs')).toBe(10);
    }
  });
});
