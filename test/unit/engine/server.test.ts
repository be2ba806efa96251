import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { requests } from '../../../src/engine/connection';
import { EngineServer } from '../../../src/engine/server';
import { HumanError } from '../../../src/runs/humanError';
import { RunReader } from '../../../src/runs/runReader';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
afterEach(() => vi.restoreAllMocks());

/** What a server answers to requests, without a process around it. */
function served() {
  const handlers = new Map<unknown, (params: unknown) => unknown>();
  const connection = {
    onRequest: (type: unknown, handler: (params: unknown) => unknown) => handlers.set(type, handler),
    sendNotification: () => Promise.resolve(),
  };
  new EngineServer(connection as never);
  const follow = (path: string): Promise<unknown> =>
    Promise.resolve(handlers.get(requests.follow)!({ path, format: undefined }));
  return { follow };
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
