import { appendFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Tail } from '../../../src/runs/tail';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();

async function tailOf(
  content: string,
): Promise<{ path: string; tail: Tail; next: () => Promise<[string, string]> }> {
  const path = join(await folder(), 'log');
  await writeFile(path, content);
  const tail = new Tail(path);
  const next = async (): Promise<[string, string]> => {
    let text = '';
    const { kind } = await tail.read((chunk) => (text += Buffer.from(chunk).toString()));
    return [kind, text];
  };
  return { path, tail, next };
}

describe('Tail', () => {
  it('gives each byte once, in order', async () => {
    const { path, next } = await tailOf('ab');
    expect(await next()).toEqual(['grown', 'ab']);
    expect(await next()).toEqual(['unchanged', '']);
    await appendFile(path, 'cd');
    expect(await next()).toEqual(['grown', 'cd']);
  });

  it('reads files of many chunks', async () => {
    const content = 'x'.repeat(2_500_000);
    const { next } = await tailOf(content);
    expect((await next())[1].length).toBe(content.length);
  });

  it('reads no further when it is stopped', async () => {
    const { path } = await tailOf('x'.repeat(2_500_000));
    const tail = new Tail(path);
    const chunks: number[] = [];
    await tail.read(({ length }) => {
      chunks.push(length);
      expect(tail.size).toBe(2_500_000);
      tail.stop();
    });
    expect(chunks).toHaveLength(1);
    expect(tail.position).toBe(chunks[0]);
  });

  it('tells truncation, then reads the new content from the start', async () => {
    const { path, next } = await tailOf('a long first version');
    await next();
    await truncate(path, 0);
    await appendFile(path, 'short');
    expect(await next()).toEqual(['reset', '']);
    expect(await next()).toEqual(['grown', 'short']);
  });

  it('tells a file that was replaced by a longer one', async () => {
    const { path, next } = await tailOf('version 1');
    await next();
    await writeFile(`${path}.new`, 'version 2 is longer');
    await rename(`${path}.new`, path);
    expect((await next())[0]).toBe('reset');
    expect(await next()).toEqual(['grown', 'version 2 is longer']);
  });

  it('tells a file whose header or last lines were rewritten in place, though it grew', async () => {
    const { path, next } = await tailOf('step,loss\n1,2\n');
    await next();
    await writeFile(path, 'step,acc,loss\n1,,2\n2,,1\n');
    expect((await next())[0]).toBe('reset');
  });

  it('tells a same-sized rewrite', async () => {
    const { path, next } = await tailOf('1,2\n3,4\n');
    await next();
    await new Promise((done) => setTimeout(done, 20));
    await writeFile(path, '1,2\n3,5\n');
    expect((await next())[0]).toBe('reset');
  });

  it('names what is wrong with a file that is gone or is a folder, and goes on when it is back', async () => {
    const { path, next } = await tailOf('a');
    await next();
    await rm(path);
    await expect(next()).rejects.toThrow(/no such file/);
    await writeFile(path, 'back');
    expect((await next())[0]).toBe('reset');
    expect(await next()).toEqual(['grown', 'back']);
    await expect(new Tail(join(path, '..')).read(() => undefined)).rejects.toThrow(/is a folder/);
  });
});
