import { copyFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const fixture = fileURLToPath(new URL('../../fixtures/mlflow/growing.db', import.meta.url));

async function database(): Promise<string> {
  const path = join(await folder(), 'mlflow.db');
  await copyFile(fixture, path);
  return path;
}

describe("the runs of MLflow's SQLite store", () => {
  it('are a run each, by folder, by file and by name', async () => {
    const path = await database();
    const paths = ['second', 'first'].map((run) => join(path, run));
    for (const root of [join(path, '..'), path]) {
      expect((await discoverRuns(root)).map((run) => run.path)).toEqual(paths);
    }
    expect((await discoverRuns(paths[1]!)).map((run) => [run.path, run.modified, run.format])).toEqual([
      [paths[1], 1_700_000_009_000, 'mlflow-db'],
    ]);
    await expect(discoverRuns(join(path, 'third'))).rejects.toThrow('third');
  });

  it('are found while even the tables are in the write-ahead log', async () => {
    const root = await folder();
    const young = join(fixture, '..', 'young.db');
    for (const end of ['', '-wal']) await copyFile(`${young}${end}`, join(root, `mlflow.db${end}`));
    const [source, ...others] = await discoverRuns(root);
    expect(others).toEqual([]);
    const run = await new RunReader(source!).readAll();
    expect(run.series.map(({ key, length }) => [key, length])).toEqual([['loss', 3]]);
  });

  it('grow without a new generation, and end', async () => {
    const path = await database();
    const reader = new RunReader((await discoverRuns(path))[0]!);
    expect(await reader.poll()).toBe('appended');
    expect(await reader.poll()).toBe('unchanged');
    expect([reader.run.format, reader.run.status]).toEqual(['mlflow-db', 'running']);
    await copyFile(`${fixture}-wal`, `${path}-wal`);
    expect(await reader.poll()).toBe('appended');
    const late = reader.run.series.find(({ key }) => key === 'late')!;
    expect(Array.from(late.values.view())).toEqual([10, 10.25, 10.5]);
    expect([reader.run.status, reader.generation]).toEqual(['crashed', 0]);
    expect(reader.run.series.find(({ key }) => key === 'uncounted')!.length).toBe(40);
  });

  it('wait for a transaction that is under way, but not for one that was left', async () => {
    const path = await database();
    const [source] = await discoverRuns(path);
    await writeFile(`${path}-journal`, 'pages');
    const reader = new RunReader(source!);
    expect(await reader.poll()).toBe('unchanged');
    await utimes(`${path}-journal`, 1, 1);
    expect(await reader.poll()).toBe('appended');
  });

  it('are read anew when another database has taken the place', async () => {
    const path = await database();
    const reader = new RunReader((await discoverRuns(path))[0]!);
    await reader.poll();
    await copyFile(path, `${path}.new`);
    await rename(`${path}.new`, path);
    expect((await stat(path)).size).toBeGreaterThan(0);
    expect(await reader.poll()).toBe('reset');
    expect(reader.run.series.find(({ key }) => key === 'uncounted')!.length).toBe(40);
  });
});
