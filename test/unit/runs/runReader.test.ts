import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { csvLog, temporaryFolder } from './fixtures';

const folder = temporaryFolder();

async function readerOf(
  content: string | Uint8Array,
  name = 'training.csv',
): Promise<{ path: string; reader: RunReader }> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  const [source] = await discoverRuns(path);
  return { path, reader: new RunReader(source!) };
}

const lengths = ({ run }: RunReader): Record<string, number> =>
  Object.fromEntries(run.series.map(({ key, length }) => [key, length]));

describe('RunReader', () => {
  it('reads on where it was', async () => {
    const { path, reader } = await readerOf(csvLog(5));
    expect(await reader.poll()).toBe('appended');
    await appendFile(path, csvLog(3, 5));
    expect(await reader.poll()).toBe('appended');
    expect(lengths(reader)).toEqual({ loss: 8, val_loss: 8 });
    expect(reader.generation).toBe(0);
    expect(await reader.poll()).toBe('unchanged');
  });

  it('does not take half a line for a point', async () => {
    const { path, reader } = await readerOf(csvLog(5));
    await reader.poll();
    await appendFile(path, '5,0.1666,0.');
    await reader.poll();
    expect(lengths(reader)).toEqual({ loss: 5, val_loss: 5 });
    await appendFile(path, '2\n');
    await reader.poll();
    expect(reader.run.series[1]!.values.at(-1)).toBe(0.2);
  });

  it('starts over when the file was replaced, in a new generation', async () => {
    const { path, reader } = await readerOf(csvLog(10));
    await reader.poll();
    await writeFile(path, 'epoch,loss\n0,5\n1,4\n2,3\n');
    expect(await reader.poll()).toBe('reset');
    expect(reader.generation).toBe(1);
    expect(lengths(reader)).toEqual({ loss: 3 });
  });

  it('keeps what it has when the file is deleted, and says so', async () => {
    const { path, reader } = await readerOf(csvLog(5));
    await reader.poll();
    await rm(path);
    await expect(reader.poll()).rejects.toThrow(/no such file/);
    expect(lengths(reader)).toEqual({ loss: 5, val_loss: 5 });
  });

  it('reads the last line of a file that nobody writes any more', async () => {
    const { reader } = await readerOf(csvLog(5).trimEnd());
    await reader.readAll();
    expect(lengths(reader)).toEqual({ loss: 5, val_loss: 5 });
  });

  it('waits for content in an empty file', async () => {
    const { path, reader } = await readerOf('');
    expect(await reader.poll()).toBe('unchanged');
    await writeFile(path, csvLog(4));
    expect(await reader.poll()).toBe('appended');
    expect(lengths(reader)).toEqual({ loss: 4, val_loss: 4 });
  });

  it('says what was tried on a file that is no log', async () => {
    const { reader } = await readerOf('Dear diary,\ntoday I trained nothing.\n', 'notes.txt');
    await expect(reader.poll()).rejects.toThrow(/not a training log; tried .*CSV/);
    const binary = await readerOf(Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 7]), 'x.log');
    await expect(binary.reader.poll()).rejects.toThrow(/not a training log/);
  });

  it('settles splits over the whole run: a bare loss is training, as is what has a validation twin', async () => {
    const { reader } = await readerOf(
      'epoch,loss,acc,val_loss,val_acc,lr\n0,1,.5,1,.5,.1\n1,.9,.6,.9,.6,.1\n2,.8,.7,.8,.7,.1\n',
    );
    const run = await reader.readAll();
    expect(Object.fromEntries(run.series.map((s) => [s.key, s.split]))).toEqual({
      loss: 'train',
      acc: 'train',
      val_loss: 'val',
      val_acc: 'val',
      lr: null,
    });
  });
});

describe('discoverRuns', () => {
  it('finds logs by content, newest first, and passes over folders that hold none', async () => {
    const root = await folder();
    for (const path of ['a', 'b/c', 'node_modules/x', '.git', 'venv'])
      await mkdir(join(root, path), { recursive: true });
    await writeFile(join(root, 'a/history.csv'), csvLog(5));
    await new Promise((done) => setTimeout(done, 20));
    await writeFile(join(root, 'b/c/history.csv'), csvLog(5));
    await writeFile(join(root, 'b/data.csv'), 'name,age\nann,3\nbob,4\n');
    for (const path of ['node_modules/x', '.git', 'venv'])
      await writeFile(join(root, path, 'history.csv'), csvLog(5));
    const found = await discoverRuns(root);
    expect(found.map(({ path }) => path)).toEqual([
      join(root, 'b/c/history.csv'),
      join(root, 'a/history.csv'),
    ]);
  });

  it("takes the newest of a trainer's checkpoints, which repeat each other", async () => {
    const root = await folder();
    const state = JSON.stringify({
      global_step: 20,
      max_steps: 20,
      log_history: [1, 2, 3, 4].map((i) => ({ epoch: i, loss: 1 / i, step: i * 5 })),
    });
    for (const name of ['checkpoint-5', 'checkpoint-20', 'checkpoint-10']) {
      await mkdir(join(root, name));
      await writeFile(join(root, name, 'trainer_state.json'), state);
    }
    const found = await discoverRuns(root);
    const read = (runs: typeof found): string[][] =>
      runs.map(({ path, files }) => [path, ...files.map((file) => file.path)]);
    expect(read(found)).toEqual([[root, join(root, 'checkpoint-20', 'trainer_state.json')]]);
    await writeFile(join(root, 'trainer_state.json'), state);
    expect(read(await discoverRuns(root))).toEqual([[root, join(root, 'trainer_state.json')]]);
  });

  it('names the folder that can not be read', async () => {
    await expect(discoverRuns(join(await folder(), 'gone'))).rejects.toThrow(/no such file/);
  });
});
