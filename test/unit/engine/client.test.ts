import { appendFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/engine/client';
import type { FromEngine } from '../../../src/protocol';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** A client with the built engine in a process of its own, and what it told. */
function started(
  roots: string[] = [],
  translations: string | null = null,
): { client: EngineClient; told: FromEngine[]; deaths: string[] } {
  const told: FromEngine[] = [];
  const deaths: string[] = [];
  const events = {
    event: (event: FromEngine) => void told.push(event),
    restarting: (how: string) => void deaths.push(how),
    movedToWasm: () => undefined,
    restarted: () => undefined,
    output: () => undefined,
  };
  const client = new EngineClient(resolve('dist/engine.js'), events, translations);
  clients.push(client);
  client.start({ backend: 'wasm', tfjsNodePath: null, roots });
  return { client, told, deaths };
}

async function log(content: string, name = 'log.csv'): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

const eventually = (check: () => unknown): Promise<void> =>
  expect.poll(check, { timeout: 15_000, interval: 20 }).toBeTruthy();

describe('the engine process', () => {
  it('carries NaN and infinities as they are', async () => {
    const { client } = started();
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${['1', 'nan', 'inf', '-inf'][i % 4]}`);
    const id = await client.follow(await log(`step,loss\n${rows.join('\n')}\n`));
    const { series } = await client.snapshot(id, 100);
    expect([...series[0]!.points.values.slice(0, 4)]).toEqual([1, NaN, Infinity, -Infinity]);
    expect(series[0]!.nonFinite).toBe(9);
  });

  it('answers in the language whose strings it was given', async () => {
    const { client, told } = started([], resolve('l10n/bundle.l10n.zh-cn.json'));
    await client.follow(await log(overfitting(40)));
    const assessed = (): FromEngine | undefined => told.find(({ type }) => type === 'assessed');
    await eventually(assessed);
    expect(assessed()).toMatchObject({
      summary: { since: expect.stringMatching(/^第 \d+ 轮$/) as string },
      assessment: {
        diagnosis: {
          verdict: { label: 'overfitting', why: expect.stringContaining('“val_loss”从第') as string },
        },
        notes: { 'val-loss-rising': { title: '验证结果变差' } },
        remedies: [{ title: '早停', why: expect.stringContaining('自第') as string }, {}, {}, {}, {}, {}],
      },
    });
    await expect(client.follow('/nowhere/log.csv')).rejects.toThrow('没有这样的文件或文件夹');
  });

  it("reads the user's own formats, and says once what is wrong with one", async () => {
    const { client, told } = started();
    const path = await log('q@1 v->0.9\nq@2 v->0.8\nq@3 v->0.7\n', 'own.txt');
    const formats = { mine: 'q@(?<step>\\d+) v->(?<loss>\\S+)', bad: '(?<loss>(a+)+)$' };
    await client.configure({ backend: 'wasm', tfjsNodePath: null, roots: [], formats });
    const { series, summary } = await client.snapshot(await client.follow(path), 100);
    expect([summary.format, series[0]!.total]).toEqual(['custom:mine', 3]);
    const notices = told.filter((event) => event.type === 'notice');
    expect(notices).toMatchObject([
      { message: expect.stringMatching(/"bad" could take for ever/) as string },
    ]);
  });

  it('reads a run as another format for all who follow it', async () => {
    const { client, told } = started();
    const path = await log('epoch 1 loss: 3\nepoch 2 loss: 2\nepoch 3 loss: 1\n', 'x.log');
    const id = await client.follow(path);
    expect((await client.snapshot(id, 10)).summary.format).toBe('text');
    expect(await client.follow(path, 'csv')).toBe(id);
    const { summary, recognition } = await client.snapshot(id, 10);
    expect([summary.format, recognition]).toEqual(['csv', { confidence: 1, why: 'you say so' }]);
    expect(told.some((event) => event.type === 'reset' && event.id === id)).toBe(true);
    await client.follow(path);
    expect((await client.snapshot(id, 10)).series).toHaveLength(1);
  });

  it('sends a long curve thinned out, with its true length and its spike', async () => {
    const { client } = started();
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},${i === 31_234 ? 99 : 1 / (i + 1)}`);
    const id = await client.follow(await log(`step,loss\n${rows.join('\n')}\n`));
    const [curve] = (await client.snapshot(id, 1_000)).series;
    expect(curve!.total).toBe(50_000);
    expect(curve!.points.values.length).toBeLessThanOrEqual(1_500);
    expect(Math.max(...curve!.points.values)).toBe(99);
  });

  it('tells additions with their place, a new curve as a reset, a replaced file as a new generation', async () => {
    const { client, told } = started();
    const path = await log('{"step":1,"loss":3}\n{"step":2,"loss":2}\n{"step":3,"loss":1.5}\n', 'log.jsonl');
    const id = await client.follow(path);
    await appendFile(path, '{"step":4,"loss":1.2}\n');
    await eventually(() => told.some((event) => event.type === 'append' && event.series[0]?.total === 4));
    await appendFile(path, '{"step":4,"val_loss":1.4}\n');
    await eventually(() => told.some((event) => event.type === 'reset' && event.id === id));
    expect((await client.snapshot(id, 100)).series.map(({ key, split }) => [key, split])).toEqual([
      ['loss', 'train'],
      ['val_loss', 'val'],
    ]);
    const before = (await client.snapshot(id, 100)).generation;
    await writeFile(path, '{"step":1,"loss":9}\n{"step":2,"loss":8}\n{"step":3,"loss":7}\n');
    await expect
      .poll(async () => (await client.snapshot(id, 100)).generation, { timeout: 15_000 })
      .toBeGreaterThan(before);
    expect([...(await client.snapshot(id, 100)).series[0]!.points.values]).toEqual([9, 8, 7]);
  });

  it('shares one reading between several followers', async () => {
    const { client } = started();
    const path = await log(overfitting(10));
    const id = await client.follow(path);
    expect(await client.follow(path)).toBe(id);
    await client.unfollow(id);
    expect((await client.snapshot(id, 10)).series).toHaveLength(2);
    await client.unfollow(id);
    await expect(client.snapshot(id, 10)).rejects.toThrow(/not followed/);
  });

  it('lists the runs of its folders with a verdict', async () => {
    const root = await folder();
    await writeFile(join(root, 'a.csv'), overfitting(40));
    const { client, told } = started([root]);
    expect((await client.runs(true)).map(({ title, format }) => [title, format])).toEqual([['a.csv', 'csv']]);
    await eventually(() =>
      told.some((event) => event.type === 'runs' && event.runs[0]?.label === 'overfitting'),
    );
  });

  it('comes back with growing pauses when it is killed again and again, and answers what was asked meanwhile', async () => {
    const { client, deaths } = started();
    const id = await client.follow(await log(overfitting(20)));
    for (let i = 0; i < 3; i++) {
      await eventually(() => client.pid !== null);
      const answer = client.snapshot(id, 100);
      process.kill(client.pid!, 'SIGKILL');
      expect((await answer).series[0]!.total).toBe(20);
    }
    expect(deaths.length).toBeGreaterThanOrEqual(3);
  });

  it('is not stopped by hostile content', async () => {
    const { client, deaths } = started();
    const id = await client.follow(await log(`${overfitting(20)}${'x'.repeat(3_000_000)}\n20,0.1,0.9\n`));
    expect((await client.snapshot(id, 100)).series[0]!.total).toBe(21);
    const many = Array.from({ length: 3_000 }, (_, i) => `m${i}_loss`).join(',');
    const wide = await client.follow(
      await log(
        `step,${many}\n1,${'1,'.repeat(2_999)}1\n2,${'1,'.repeat(2_999)}1\n3,${'1,'.repeat(2_999)}1\n`,
      ),
    );
    const run = await client.snapshot(wide, 10);
    expect(run.series.length).toBeLessThanOrEqual(2_000);
    expect(run.skipped.first?.reason).toMatch(/different metric names/);
    expect(deaths).toEqual([]);
  });
});

describe('logs that are not ready yet', () => {
  it('are followed from the time when they hold only a header, or words', async () => {
    for (const [name, start] of [
      ['log.csv', 'epoch,loss,val_loss\n'],
      ['log.txt', 'Loading the data set …\n'],
    ] as const) {
      const { client } = started();
      const path = await log(start, name);
      const id = await client.follow(path);
      expect((await client.snapshot(id, 10)).problem).toMatch(/not a training log/);
      const more = name === 'log.csv' ? overfitting(12).split('\n').slice(1).join('\n') : lines(12);
      await appendFile(path, more);
      await expect
        .poll(async () => (await client.snapshot(id, 100)).series.map(({ total }) => total), {
          timeout: 15_000,
        })
        .toEqual(name === 'log.csv' ? [12, 12] : [12]);
      expect((await client.snapshot(id, 10)).problem).toBeNull();
    }
  });

  it('do not mix a restarted run with the one before it', async () => {
    const { client } = started();
    const path = await log(lines(30), 'train.log');
    const id = await client.follow(path);
    await writeFile(path, 'Loading the data set …\nBuilding the model …\n');
    await expect
      .poll(async () => (await client.snapshot(id, 10)).problem, { timeout: 15_000 })
      .toMatch(/not a training log/);
    await appendFile(path, lines(10));
    const totals = async (): Promise<number[]> =>
      (await client.snapshot(id, 100)).series.map(({ total }) => total);
    await expect.poll(totals, { timeout: 15_000 }).toEqual([10]);
    expect((await client.snapshot(id, 10)).generation).toBe(1);
  });
});

function lines(epochs: number): string {
  return Array.from(
    { length: epochs },
    (_, i) => `epoch ${i + 1} train_loss: ${(2 / (i + 1)).toFixed(4)}\n`,
  ).join('');
}
