import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Budget } from '../../../src/streams/budget';
import { StreamWriter } from '../../../src/streams/streamWriter';

describe('the budget of a stream', () => {
  const limits = { burst: 100, perSecond: 10, total: 1_000 };
  const line = `${'x'.repeat(19)}\n`;

  it('takes what comes at once up to a line, and says what is missing when it takes on', () => {
    const budget = new Budget(limits, 0);
    expect(budget.take(line.repeat(6) + 'ab', 0)).toBe(line.repeat(5));
    expect(budget.take(line, 0)).toBe('');
    expect(budget.take(`cd\n${line}`, 10_000)).toBe(
      `\n[fitcheck: ${20 + 2 + 20 + 2} characters came too fast and are not kept]\n${line}`,
    );
    expect(budget.take(line, 10_000)).toBe(line);
  });

  it('is never larger than a burst, however long nothing came', () => {
    const budget = new Budget(limits, 0);
    budget.take(line, 0);
    expect(budget.take(line.repeat(50), 3_600_000)).toBe(line.repeat(5));
  });

  it('ends with a note, once', () => {
    const budget = new Budget({ burst: 1e9, perSecond: 1, total: 50 }, 0);
    expect(budget.take(line.repeat(9), 0)).toBe(
      `${line.repeat(2)}\n[fitcheck: the rest is not kept: a stream may have 50 characters]\n`,
    );
    expect(budget.take(line, 9_000)).toBe('');
  });

  it('keeps no half lines', () => {
    const budget = new Budget(limits, 0);
    expect(budget.take('y'.repeat(101), 0)).toBe('');
    expect(budget.take('loss 0.1', 60_000)).toBe('');
    expect(budget.take('23\nloss 0.5\n', 60_000)).toContain('kept]\nloss 0.5\n');
  });
});

describe('the file of a stream', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'fitcheck-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('holds what came, in order, and ends with a line end', async () => {
    const writer = new StreamWriter(join(folder, 'small'));
    writer.push('\u001b]633;C\u0007epoch 1');
    await writer.flush();
    expect(await readFile(writer.path, 'utf8')).toBe('epoch 1');
    writer.push(' loss 0.5\r\nepoch 2');
    await writer.end();
    writer.push('too late');
    expect(await readFile(writer.path, 'utf8')).toBe('epoch 1 loss 0.5\nepoch 2\n');
  });

  it('waits for its place', async () => {
    let made = (): void => undefined;
    const writer = new StreamWriter(join(folder, 'late'), new Promise<void>((done) => (made = done)));
    writer.push('a\n');
    const ended = writer.end();
    made();
    await ended;
    expect(await readFile(writer.path, 'utf8')).toBe('a\n');
  });

  it('says when it can not be written, and takes on without it', async () => {
    const writer = new StreamWriter(join(folder, 'no', 'such', 'folder'));
    writer.push('a\n');
    await expect(writer.end()).rejects.toThrow(/ENOENT/);
  });

  it('gives others their turn in a flood: no more than 50 ms pass between two of them', async () => {
    const writer = new StreamWriter(join(folder, 'turns'));
    // As VS Code hands it over: few pieces, and large ones.
    const piece = `${'step 1 loss 0.123456 and 50 % |'.repeat(2)}\r\n`.repeat(200_000);
    let longest = 0;
    // Of a machine that does other things, only what this process worked in that time counts.
    const clocks = (): [number, number] => {
      const { user, system } = process.cpuUsage();
      return [performance.now(), (user + system) / 1_000];
    };
    let before = clocks();
    let over = false;
    const turn = (): void => {
      const now = clocks();
      longest = Math.max(longest, Math.min(now[0] - before[0], now[1] - before[1]));
      before = now;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    for (let i = 0; i < 4; i++) {
      writer.push(piece);
      await new Promise((done) => setTimeout(done, 50));
    }
    await writer.end();
    over = true;
    expect(piece.length * 4).toBeGreaterThan(50e6);
    expect(longest).toBeLessThan(50);
  });

  it('stays small in a flood, of which the beginning and the end are in it', async () => {
    const limits = { burst: 1 << 20, perSecond: 1 << 20, total: 4 << 20 };
    const writer = new StreamWriter(join(folder, 'flood'), Promise.resolve(), limits);
    const block = 'epoch 1 loss 0.5 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n'.repeat(20_000);
    const memory = process.memoryUsage().heapUsed;
    for (let i = 0; i < 60; i++) writer.push(block);
    // Each is the same string, of which at most what may wait is kept.
    expect(process.memoryUsage().heapUsed - memory).toBeLessThan(64 << 20);
    await writer.flush();
    await new Promise((done) => setTimeout(done, 1_100));
    writer.push('the\nlast line\n');
    await writer.end();
    const text = await readFile(writer.path, 'utf8');
    expect(text.length).toBeLessThan(limits.total);
    expect(text.startsWith('epoch 1 loss 0.5')).toBe(true);
    expect(text).toMatch(/\[fitcheck: \d{7,} characters came too fast and are not kept\]\n/);
    expect(text.endsWith('last line\n')).toBe(true);
  });
});
