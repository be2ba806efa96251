import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node';
import { requests } from '../../../src/engine/connection';
import { EngineServer } from '../../../src/engine/server';
import type { FromEngine, RunSnapshot } from '../../../src/protocol';
import { HumanError } from '../../../src/runs/humanError';
import { RunReader } from '../../../src/runs/runReader';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
afterEach(() => vi.restoreAllMocks());

/** What a server answers to requests, without a process around it, and what it tells. */
function served(hear: (event: FromEngine) => void = () => undefined) {
  const handlers = new Map<unknown, (params: unknown, token: unknown) => unknown>();
  const connection = {
    onRequest: (type: unknown, handler: () => unknown) => handlers.set(type, handler),
    sendNotification: (_: unknown, event: FromEngine) => Promise.resolve(hear(event)),
  };
  new EngineServer(connection as never);
  const ask = (type: unknown, params: unknown, token = CancellationToken.None): Promise<unknown> =>
    Promise.resolve(handlers.get(type)!(params, token));
  const follow = (path: string, token?: CancellationToken): Promise<unknown> =>
    ask(requests.follow, { path, format: undefined }, token);
  return { ask, follow };
}

it('tells all who follow a log at once that it can not be read, and follows it when it can be', async () => {
  const path = join(await folder(), 'log.csv');
  await writeFile(path, overfitting(8));
  const poll = vi.spyOn(RunReader.prototype, 'poll').mockImplementation(async () => {
    await new Promise((done) => setTimeout(done, 20));
    throw new HumanError('no permission to read it', path);
  });
  const { follow } = served();
  const both = await Promise.allSettled([follow(path), follow(path)]);
  expect(both).toEqual([1, 2].map(() => expect.objectContaining({ status: 'rejected' }) as unknown));
  poll.mockRestore();
  expect(await follow(path)).toMatchObject({ id: expect.any(String) as string });
});

/** Of 34 MB. */
const STEPS = 1_000_000;

it('tells how far a large log is read, and reads no further when nobody waits for it', async () => {
  const path = join(await folder(), 'log.csv');
  const row = (step: number): string => `${step},${(2 + step / STEPS).toFixed(12)},${'0'.repeat(12)}`;
  await writeFile(path, `step,loss,lr\n${Array.from({ length: STEPS }, (_, i) => row(i)).join('\n')}\n`);
  const source = new CancellationTokenSource();
  const told: FromEngine[] = [];
  const { ask, follow } = served((event) => {
    told.push(event);
    if (event.type === 'reading') source.cancel();
  });
  await expect(follow(path, source.token)).rejects.toThrow(
    /log\.csv: the reading was stopped; open it again/,
  );
  const [first] = told.filter((event) => event.type === 'reading');
  expect(first).toMatchObject({ path, size: expect.toSatisfy((size: number) => size > 34e6) as number });
  expect(first!.done).toBeLessThan(first!.size);
  expect(told.filter(({ type }) => type === 'assessed')).toEqual([]);

  // Who asks anew gets all of it; who takes that back leaves it to the others.
  const again = new CancellationTokenSource();
  const [kept, left] = [follow(path), follow(path, again.token)];
  let isRead = false;
  void kept.then(() => (isRead = true));
  again.cancel();
  await expect(left).rejects.toThrow(/stopped/);
  expect(isRead).toBe(false);
  const { id } = (await kept) as { id: string };
  const run = (await ask(requests.snapshot, { id, maxPoints: 10 })) as RunSnapshot;
  expect(run.series[0]!.total).toBe(STEPS);
});
