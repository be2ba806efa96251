import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import type { Run } from '../../../src/runs/run';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();

async function write(root: string, files: Record<string, string>): Promise<void> {
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
});
