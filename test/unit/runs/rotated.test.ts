import { rename, utimes, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const lines = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, i) => `epoch ${from + i} loss: ${1 / (from + i)} val_loss: ${2 / (from + i)}\n`,
  ).join('');

async function readerOf(path: string): Promise<RunReader> {
  return new RunReader((await discoverRuns(path))[0]!);
}

const epochs = (reader: RunReader): number[] => [...reader.run.series[0]!.epochs.view()];
const counted = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('a log that is rotated', () => {
  it('while it is followed keeps all its points, through as many rotations as there are', async () => {
    const path = join(await folder(), 'train.log');
    await writeFile(path, lines(1, 20));
    const reader = await readerOf(path);
    await reader.poll();
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, lines(20, 23));
    await writeFile(path, lines(23, 40));
    await reader.poll();
    expect(epochs(reader)).toEqual(counted(1, 40));
    await rename(`${path}.1`, `${path}.2`);
    await rename(path, `${path}.1`);
    await writeFile(path, lines(40, 60));
    await reader.poll();
    expect(epochs(reader)).toEqual(counted(1, 60));
    await appendFile(path, lines(60, 62));
    expect(await reader.poll()).toBe('appended');
    expect(epochs(reader)).toEqual(counted(1, 62));
  });

  it('before it is opened is one run', async () => {
    const path = join(await folder(), 'train.log');
    await writeFile(`${path}.1`, lines(1, 20));
    await writeFile(path, lines(20, 40));
    expect(epochs(await opened(path))).toEqual(counted(1, 40));
  });

  it('when its script starts is a run of its own: the older file ended long before', async () => {
    const path = join(await folder(), 'train.log');
    await writeFile(`${path}.1`, lines(1, 20));
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(`${path}.1`, yesterday, yesterday);
    await writeFile(path, lines(1, 40));
    expect(epochs(await opened(path))).toEqual(counted(1, 40));
  });
});

async function opened(path: string): Promise<RunReader> {
  const reader = await readerOf(path);
  await reader.readAll();
  return reader;
}
