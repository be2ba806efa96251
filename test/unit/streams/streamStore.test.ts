import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { endOf, parseMeta, type StreamMeta } from '../../../src/streams/meta';
import { StreamStore } from '../../../src/streams/streamStore';

const meta = (more: Partial<StreamMeta> = {}): StreamMeta => ({
  version: 1,
  source: 'terminal',
  label: 'python train.py',
  cwd: '/project',
  start: 1_700_000_000_000,
  end: null,
  exitCode: null,
  how: null,
  confirmed: true,
  script: '/project/train.py',
  configs: [],
  ...more,
});
const log = Array.from({ length: 9 }, (_, i) => `epoch ${i + 1} loss ${(1 / (i + 1)).toFixed(3)}\n`).join('');

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'fitcheck-'))));
afterEach(() => rm(folder, { recursive: true }));

async function keep(store: StreamStore, facts: StreamMeta, text = log): Promise<string> {
  const path = store.place(facts);
  await store.create(path, facts);
  await appendFile(path, text);
  return path;
}

describe('kept streams', () => {
  it('are listed with what is known of them, the newest first', async () => {
    const store = new StreamStore(folder);
    const old = await keep(store, meta());
    const young = await keep(store, meta({ start: 1_700_000_001_000, source: 'debug' }));
    await mkdir(join(folder, 'something else'));
    await writeFile(join(folder, 'a file'), '');
    expect((await store.list()).map(({ path, meta: { source } }) => [path, source])).toEqual([
      [young, 'debug'],
      [old, 'terminal'],
    ]);
    await store.forget(old);
    expect((await store.list()).map(({ path }) => path)).toEqual([young]);
    expect(await new StreamStore(join(folder, 'none')).list()).toEqual([]);
  });

  it('are bounded in bytes and in number, and the oldest go first', async () => {
    const store = new StreamStore(folder, { bytes: 2_500, streams: 10 });
    const paths = [];
    for (let i = 0; i < 4; i++)
      paths.push(await keep(store, meta({ start: 1_700_000_000_000 + i, end: 1 }), 'x'.repeat(1_000)));
    await store.tidy(new Set([paths[0]!]));
    // Whatever goes on stays.
    expect((await store.list()).map(({ path }) => path)).toEqual([paths[3], paths[2], paths[0]]);
    await new StreamStore(folder, { bytes: 1e9, streams: 1 }).tidy(new Set());
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('go when no metrics were found in them, unless they may belong to another window', async () => {
    const store = new StreamStore(folder);
    await keep(store, meta({ confirmed: false, end: 1 }));
    await keep(store, meta({ confirmed: false }));
    const live = await keep(store, meta({ confirmed: false, start: Date.now() }));
    await store.tidy(new Set());
    expect((await store.list()).map(({ path }) => path)).toEqual([live]);
  });
});

describe('a stream that a reload of the window cut off', () => {
  it('says so, once, and is neither finished nor lost', async () => {
    const store = new StreamStore(folder);
    const path = await keep(store, meta());
    const known = await store.cut(path, meta());
    expect(known.end).toBeGreaterThan(known.start);
    expect((await store.list())[0]!.meta).toEqual(known);
    const run = await new RunReader((await discoverRuns(path))[0]!).readAll();
    expect([run.series[0]!.length, run.ending, run.skipped.lines]).toEqual([9, null, 0]);
    expect(await readFile(path, 'utf8')).toMatch(
      /9 loss 0\.111\n\n\[fitcheck: the window was reloaded; .*\]\n$/,
    );
  });
});

describe('a stream as a run', () => {
  it('is called by its command, and ends as its program did', async () => {
    const store = new StreamStore(folder);
    const path = await keep(store, meta());
    const [source] = await discoverRuns(folder);
    expect(source).toMatchObject({ path, title: 'python train.py · terminal' });
    const reader = new RunReader(source!);
    await reader.poll();
    expect(reader.run.status).toBe('running');
    await store.remember(path, meta({ end: meta().start + 61_000, how: 'stopped', exitCode: 130 }));
    expect(await reader.poll()).toBe('appended');
    expect(reader.run.status).toBe('stopped');
    expect([...reader.run.context]).toEqual(
      expect.arrayContaining([
        ['command', 'python train.py'],
        ['duration', '61 s'],
      ]),
    );
    await store.remember(path, meta({ end: 1, how: 'finished', exitCode: 0 }));
    await reader.poll();
    expect(reader.run.status).toBe('finished');
  });

  it('that crashed says with what, in the words of its traceback where there are any', async () => {
    const store = new StreamStore(folder);
    const crashed = meta({ end: 1, how: 'crashed', exitCode: 1 });
    const traceback =
      'Traceback (most recent call last):\n  File "t.py", line 1, in f\nValueError: bad shape\n';
    for (const [text, reason] of [
      [log + traceback, 'ValueError: bad shape'],
      [log, 'exit code 1'],
    ] as const) {
      const path = await keep(store, crashed, text);
      const run = await new RunReader((await discoverRuns(path))[0]!).readAll();
      expect([run.status, run.ending?.reason]).toEqual(['crashed', reason]);
    }
  });

  it('that caught its error and went on to a good end has not crashed', async () => {
    const store = new StreamStore(folder);
    const text = `${log}Traceback (most recent call last):\n  File "t.py", line 1, in f\nValueError: x\n`;
    const path = await keep(store, meta({ end: 1, how: 'finished', exitCode: 0 }), text);
    expect((await new RunReader((await discoverRuns(path))[0]!).readAll()).status).toBe('finished');
  });

  it('is none while no metrics were found in it, but can be followed', async () => {
    const path = await keep(new StreamStore(folder), meta({ confirmed: false }));
    expect(await discoverRuns(folder)).toEqual([]);
    expect(await discoverRuns(path)).toHaveLength(1);
  });

  it('without its facts is a log as any other', async () => {
    const path = await keep(new StreamStore(folder), meta());
    await writeFile(join(dirname(path), 'stream.json'), '{"version":1,"label":');
    const [source] = await discoverRuns(folder);
    expect(source?.title).toBeUndefined();
  });
});

describe('the facts of a stream', () => {
  it('survive their file', async () => {
    const store = new StreamStore(folder);
    const facts = meta({
      notebook: { uri: 'file:///a.ipynb', cell: 'c' },
      configs: ['/a.yaml'],
      how: 'crashed',
    });
    const path = await keep(store, facts);
    expect(parseMeta(await readFile(join(dirname(path), 'stream.json'), 'utf8'))).toEqual(facts);
  });

  it.each([
    '',
    'null',
    '3',
    '[]',
    '{"version":2}',
    '{"version":1,"label":"x","start":0,"source":"mail"}',
    '{"version":1,"label":"x","start":1e300,"source":"debug"}',
  ])('are not %j', (text) => expect(parseMeta(text)).toBeNull());

  it('take an exit code for what it says', () => {
    const codes = [0, 1, 137, 130, 143, -1073741510, undefined];
    expect(codes.map(endOf)).toEqual([
      'finished',
      'crashed',
      'crashed',
      'stopped',
      'stopped',
      'stopped',
      null,
    ]);
  });
});
