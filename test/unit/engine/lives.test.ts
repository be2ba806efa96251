import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/engine/client';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

function clientOf(script: string, deaths: string[] = []): EngineClient {
  const quiet = (): void => undefined;
  const client = new EngineClient(script, {
    event: quiet,
    restarting: (how) => deaths.push(how),
    movedToWasm: quiet,
    restarted: quiet,
    output: quiet,
  });
  clients.push(client);
  client.start({ backend: 'cpu', tfjsNodePath: null, roots: [] });
  return client;
}

describe('an engine that dies at a bad moment', () => {
  it('while it is being set up again: the next one is used, not the dead one', async () => {
    const root = await folder();
    const script = join(root, 'dying.cjs');
    // The second life dies at its first message, which is the set-up.
    await writeFile(
      script,
      `const fs = require('node:fs');
const file = ${JSON.stringify(join(root, 'lives'))};
const lives = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) + 1 : 1;
fs.writeFileSync(file, String(lives));
if (lives === 2) process.once('message', () => process.exit(7));
else require(${JSON.stringify(resolve('dist/engine.js'))});`,
    );
    const path = join(root, 'log.csv');
    await writeFile(path, overfitting(20));
    const deaths: string[] = [];
    const client = clientOf(script, deaths);
    const id = await client.follow(path);
    process.kill(client.pid!, 'SIGKILL');
    await expect.poll(() => deaths.length, { timeout: 15_000 }).toBe(2);
    expect((await client.snapshot(id, 100)).series[0]!.total).toBe(20);
  });

  it('while one of two followers leaves: the other one stays', async () => {
    const path = join(await folder(), 'log.csv');
    await writeFile(path, overfitting(20));
    const client = clientOf(resolve('dist/engine.js'));
    const id = await client.follow(path);
    await client.follow(path);
    process.kill(client.pid!, 'SIGKILL');
    await expect.poll(() => client.pid, { timeout: 5_000, interval: 1 }).toBeNull();
    await client.unfollow(id);
    expect((await client.snapshot(id, 100)).series[0]!.total).toBe(20);
  });

  it('and whose run nobody wants any more while it is read again: it is followed no longer', async () => {
    const root = await folder();
    const script = join(root, 'slow.cjs');
    const began = join(root, 'began');
    // A reading that takes its time; the test says for how long.
    await writeFile(
      script,
      `const fs = require('node:fs');
const on = process.on.bind(process);
process.on = (event, listener) => on(event, event !== 'message' ? listener : (message) => {
  if (message.method !== 'follow') return listener(message);
  fs.writeFileSync(${JSON.stringify(began)}, '');
  const wait = () => fs.existsSync(${JSON.stringify(join(root, 'go'))}) ? listener(message) : setTimeout(wait, 20);
  wait();
});
require(${JSON.stringify(resolve('dist/engine.js'))});`,
    );
    const path = join(root, 'log.csv');
    await Promise.all([writeFile(path, overfitting(20)), writeFile(join(root, 'go'), '')]);
    const client = clientOf(script);
    const id = await client.follow(path);
    await Promise.all([rm(join(root, 'go')), rm(began)]);
    process.kill(client.pid!, 'SIGKILL');
    await expect.poll(() => existsSync(began)).toBe(true);
    await client.unfollow(id);
    await writeFile(join(root, 'go'), '');
    await expect(client.snapshot(id, 10)).rejects.toThrow(/not followed/);
  });

  it('again and again at the same request: the request is given up with its name', async () => {
    const root = await folder();
    const script = join(root, 'poisoned.cjs');
    await writeFile(
      script,
      `const engine = require(${JSON.stringify(resolve('dist/engine.js'))});
process.on('message', ({ method }) => method === 'follow' && process.exit(3));`,
    );
    const client = clientOf(script);
    await expect(client.follow(join(root, 'poison.csv'))).rejects.toThrow(
      /stops each time.*follow.*poison\.csv/,
    );
  });
});
