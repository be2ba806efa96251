import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/engine/client';
import { endingText, nativeCrash } from '../../../src/engine/nativeCrash';
import type { EngineOptions, FromEngine } from '../../../src/protocol';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';
import { abortsAtLoad, abortsAtPredict, fakeTfjsNode, working } from './fakeTfjsNode';

const folder = temporaryFolder();
const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

interface Told {
  events: FromEngine[];
  deaths: { how: string; first: boolean }[];
  moves: string[];
}

function started(
  options: EngineOptions,
  script = resolve('dist/engine.js'),
): { client: EngineClient; told: Told } {
  const told: Told = { events: [], deaths: [], moves: [] };
  const client = new EngineClient(script, {
    event: (event) => told.events.push(event),
    restarting: (how, first) => told.deaths.push({ how, first }),
    movedToWasm: (crash) => told.moves.push(crash),
    restarted: () => undefined,
    output: () => undefined,
  });
  clients.push(client);
  client.start(options);
  return { client, told };
}

/** Backends of the assessments told so far. */
const backends = ({ events }: Told): (string | undefined)[] =>
  events.flatMap((event) => (event.type === 'assessed' ? [event.assessment.backend?.name] : []));

const eventually = (check: () => unknown): Promise<void> =>
  expect.poll(check, { timeout: 20_000, interval: 20 }).toBeTruthy();

async function log(): Promise<string> {
  const path = join(await folder(), 'log.csv');
  await writeFile(path, overfitting(30));
  return path;
}

const whatCrashes = [
  ['while it loads', abortsAtLoad],
  ['at a prediction', abortsAtPredict],
] as const;

describe('native code that crashes the engine', () => {
  it.each(whatCrashes)('%s: one restart, then wasm, and one notice', async (_when, source) => {
    for (const backend of ['auto', 'tfjs-node'] as const) {
      const tfjsNodePath = await fakeTfjsNode(await folder(), source);
      const { client, told } = started({ backend, tfjsNodePath, roots: [] });
      const id = await client.follow(await log());
      await eventually(() => backends(told).length > 0);
      expect(new Set(backends(told))).toEqual(new Set(['wasm']));
      expect(told.moves).toEqual(['SIGABRT']);
      // What says the rest is the one about the move.
      expect(told.deaths).toEqual([{ how: 'signal SIGABRT', first: false }]);
      expect((await client.snapshot(id, 10)).assessment?.diagnosis.verdict.label).toBe('overfitting');
    }
  });

  it('gets another try when the backend is chosen anew, and not when something else is', async () => {
    const broken = await fakeTfjsNode(await folder(), abortsAtPredict);
    const { client, told } = started({ backend: 'auto', tfjsNodePath: broken, roots: [] });
    await client.follow(await log());
    await eventually(() => backends(told).includes('wasm'));
    await client.configure({ backend: 'auto', tfjsNodePath: broken, roots: [await folder()] });
    await client.follow(await log());
    await eventually(() => backends(told).length >= 2);
    expect(told.moves).toHaveLength(1);

    const mended = await fakeTfjsNode(await folder(), working);
    await client.configure({ backend: 'auto', tfjsNodePath: mended, roots: [] });
    await client.follow(await log());
    await eventually(() => backends(told).includes('tfjs-node'));
    expect(told.moves).toHaveLength(1);
    expect(told.deaths).toHaveLength(1);
  });

  it('crashes once more, with a second notice, when it is tried again by a restart', async () => {
    const tfjsNodePath = await fakeTfjsNode(await folder(), abortsAtLoad);
    const options: EngineOptions = { backend: 'auto', tfjsNodePath, roots: [] };
    const { client, told } = started(options);
    await client.follow(await log());
    await eventually(() => backends(told).length > 0);
    client.restart(options);
    await eventually(() => told.moves.length === 2);
    await eventually(() => backends(told).length > 1);
    expect(new Set(backends(told))).toEqual(new Set(['wasm']));
  });
});

describe('an engine that ends for other reasons', () => {
  it('is set up as before: killed, or crashed while wasm was in use', async () => {
    const tfjsNodePath = await folder();
    const { client, told } = started({ backend: 'auto', tfjsNodePath, roots: [] });
    await client.follow(await log());
    await eventually(() => backends(told).includes('wasm'));
    const told1 = told.events.find((event) => event.type === 'backend');
    expect(told1).toMatchObject({ info: { name: 'wasm' } });
    expect(told1!.passedOver).toHaveLength(2);
    for (const signal of ['SIGKILL', 'SIGSEGV'] as const) {
      const { length } = backends(told);
      await eventually(() => client.pid !== null);
      process.kill(client.pid!, signal);
      await eventually(() => backends(told).length > length);
    }
    expect(told.deaths.map(({ how }) => how)).toEqual(['signal SIGKILL', 'signal SIGSEGV']);
    expect(told.moves).toEqual([]);
  });

  it('is set up as before when it aborts before any backend is loaded: out of memory over a log', async () => {
    const root = await fakeTfjsNode(await folder(), working);
    const script = join(root, 'dying.cjs');
    await writeFile(
      script,
      `const fs = require('node:fs');
const file = ${JSON.stringify(join(root, 'lived'))};
if (!fs.existsSync(file)) process.on('message', ({ method }) => {
  if (method !== 'follow') return;
  fs.writeFileSync(file, '');
  process.abort();
});
require(${JSON.stringify(resolve('dist/engine.js'))});`,
    );
    const { client, told } = started({ backend: 'auto', tfjsNodePath: root, roots: [] }, script);
    await client.follow(await log());
    await eventually(() => backends(told).includes('tfjs-node'));
    expect(told.deaths).toEqual([{ how: 'signal SIGABRT', first: true }]);
    expect(told.moves).toEqual([]);
  });

  it('restarts without a death when it is asked to', async () => {
    const options: EngineOptions = { backend: 'cpu', tfjsNodePath: null, roots: [] };
    const { client, told } = started(options);
    const id = await client.follow(await log());
    const { pid } = client;
    client.restart(options);
    expect((await client.snapshot(id, 100)).series[0]!.total).toBe(30);
    expect(client.pid).not.toBe(pid);
    expect(told.deaths).toEqual([]);
  });
});

describe('what counts as a crash of native code', () => {
  it.each([
    [null, 'SIGSEGV', 'SIGSEGV'],
    [null, 'SIGILL', 'SIGILL'],
    [null, 'SIGKILL', null],
    [null, 'SIGTERM', null],
    [139, null, 'SIGSEGV'],
    [134, null, 'SIGABRT'],
    [0xc0000005, null, 'access violation'],
    [-1073741819, null, 'access violation'],
    [0xc000001d, null, 'illegal instruction'],
    [0x80000003, null, 'breakpoint'],
    [1, null, null],
    [0, null, null],
  ] as const)('code %s, signal %s: %s', (code, signal, kind) => {
    expect(nativeCrash({ code, signal })).toBe(kind);
  });

  it('is told with its exit code', () => {
    expect(endingText({ code: 0xc0000005, signal: null })).toBe('access violation (exit code 3221225477)');
    expect(endingText({ code: 3, signal: null })).toBe('exit code 3');
  });
});
