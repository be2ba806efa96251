import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { config, exit, history, wandbFile } from '../formats/wandbFile';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const OUTPUT = Array.from({ length: 9 }, (_, i) => `epoch ${i} loss: ${1 / (i + 1)}\n`).join('');

async function runFolder(root: string, name: string, file: Uint8Array | null): Promise<string> {
  const run = join(root, 'wandb', name);
  await mkdir(join(run, 'files'), { recursive: true });
  await writeFile(join(run, 'files', 'output.log'), OUTPUT);
  await writeFile(
    join(run, 'files', 'config.yaml'),
    'lr:\n  desc: null\n  value: 0.001\n_wandb:\n  value: {cli: 1}\n',
  );
  if (file) await writeFile(join(run, `run-${name.split('-').at(-1)}.wandb`), file);
  return run;
}

describe('the folder of a W&B run', () => {
  it('is one run, and a link to it is none', async () => {
    const root = await folder();
    const run = await runFolder(
      root,
      'offline-run-20240214_191836-ab12',
      wandbFile(history({ loss: 1, _step: 0 })),
    );
    await symlink(run, join(root, 'wandb', 'latest-run'));
    const found = await discoverRuns(root);
    expect(found.map(({ path }) => path)).toEqual([run]);
    const { series, format } = await new RunReader(found[0]!).readAll();
    expect(format).toBe('wandb');
    expect(series.map(({ key, length }) => [key, length])).toEqual([['loss', 1]]);
  });

  it('is read from its output while nothing is logged, and from the log from then on', async () => {
    const root = await folder();
    const run = await runFolder(root, 'run-20240214_191836-ab12', null);
    const log = join(run, 'run-ab12.wandb');
    const start = wandbFile(config({ dropout: 0.1 }));
    await writeFile(log, start);
    const reader = new RunReader((await discoverRuns(root))[0]!);
    await reader.poll();
    expect(reader.run.format).toBe('text');
    expect(reader.run.series.map(({ length }) => length)).toEqual([9]);
    const whole = wandbFile(config({ dropout: 0.1 }), history({ 'val/loss': 1, _step: 0 }), exit(0));
    await appendFile(log, whole.subarray(start.length));
    expect(await reader.poll()).toBe('reset');
    expect(reader.run.series.map(({ key }) => key)).toEqual(['val/loss']);
    expect([reader.run.format, reader.run.status]).toEqual(['wandb', 'finished']);
    expect(await reader.poll()).toBe('unchanged');
  });

  it('tells the settings without a run file, too', async () => {
    const root = await folder();
    const run = await runFolder(root, 'run-20240214_191836-ab12', null);
    const [source] = await discoverRuns(root);
    expect(source!.path).toBe(run);
    const { context, series } = await new RunReader(source!).readAll();
    expect([...context]).toContainEqual(['lr', 0.001]);
    expect([...context.keys()]).not.toContain('_wandb/cli');
    expect(series[0]!.length).toBe(9);
  });

  it('belongs to the run that was resumed in another folder', async () => {
    const root = await folder();
    const first = await runFolder(
      root,
      'run-20240214_191836-ab12',
      wandbFile(history({ loss: 2, _step: 0 }), exit(1)),
    );
    await runFolder(root, 'run-20240215_000000-ab12', wandbFile(history({ loss: 1, _step: 1 }), exit(0)));
    await runFolder(root, 'run-20240215_000000-cd34', wandbFile(history({ loss: 1, _step: 1 })));
    const found = await discoverRuns(root);
    expect(found.map(({ path }) => path)).toContain(first);
    expect(found).toHaveLength(2);
    const run = await new RunReader(found.find(({ path }) => path === first)!).readAll();
    expect(Array.from(run.series[0]!.values.view())).toEqual([2, 1]);
    expect(run.status).toBe('finished');
  });
});
