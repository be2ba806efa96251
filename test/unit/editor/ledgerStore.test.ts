import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/editor/ledger/codeOfRun';
import { LedgerStore } from '../../../src/editor/ledger/ledgerStore';
import type { Entry } from '../../../src/ledger/entry';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitcheck-ledger-'));
});

const entry = (start: number, more: Partial<Entry> = {}): Entry => ({
  ...{ run: '/a/train.log', title: 'a', script: '/a/train.py', start, end: start + 1, state: 'finished' },
  ...{ code: null, outcomes: [], label: null, symptoms: [], applied: [], ...more },
});

describe('the ledger on disk', () => {
  it.each(['{"version":2,"runs":[]}', '[{"run": "a', 'null'])(
    'puts %s aside with the texts that it names, and writes over none of it',
    async (text) => {
      await writeFile(join(folder, 'ledger.json'), text);
      const store = new LedgerStore(folder);
      await store.keep('abc', 'lr = 1');
      await expect(store.load()).rejects.toThrow(/kept as/);
      await store.put(entry(1));
      expect(await readFile(join(folder, 'ledger.unread.json'), 'utf8')).toBe(text);
      const again = new LedgerStore(folder);
      await again.load();
      expect(again.all).toEqual([entry(1)]);
      expect(await again.textOf('abc')).toBe('lr = 1');
    },
  );

  it('passes over entries that the view could not show', async () => {
    const code = { files: [], commit: null };
    const entries = [
      entry(1),
      { ...entry(2), code },
      { ...entry(3), code: { ...code, files: [null], arguments: {} } },
      { ...entry(4), outcomes: [null] },
      { ...entry(5), outcomes: [{ metric: 'val loss' }] },
      { ...entry(6), applied: ['dropout'] },
      { ...entry(7), symptoms: [{ id: 'divergence' }] },
    ];
    await writeFile(join(folder, 'ledger.json'), JSON.stringify(entries));
    const store = new LedgerStore(folder);
    await store.load();
    expect(store.all).toEqual([entry(1)]);
  });

  it('keeps each of the trainings that wrote the same log, and gives the latest', async () => {
    const store = new LedgerStore(folder);
    await Promise.all([store.put(entry(2)), store.put(entry(1)), store.put(entry(2, { title: 'b' }))]);
    expect(store.all).toHaveLength(2);
    expect(store.get('/a/train.log')?.title).toBe('b');
    await store.forget(entry(2));
    expect(store.get('/a/train.log')?.start).toBe(1);
  });

  it('keeps what another window writes meanwhile, and what that forgets stays forgotten', async () => {
    const [here, there] = [new LedgerStore(folder), new LedgerStore(folder)];
    await here.put(entry(1));
    await there.load();
    await there.put(entry(2));
    await there.forget(entry(1));
    await here.put(entry(3));
    expect(here.all.map(({ start }) => start)).toEqual([2, 3]);
    await here.forget(entry(2));
    await there.put(entry(4));
    const next = new LedgerStore(folder);
    await next.load();
    expect(next.all.map(({ start }) => start)).toEqual([3, 4]);
  });

  it('does not say for ever that a run goes on of which no more was heard', async () => {
    await new LedgerStore(folder).put(entry(1, { state: 'running', end: null }));
    const store = new LedgerStore(folder);
    await store.load();
    expect(store.all[0]).toMatchObject({ state: 'unknown', end: null });
  });

  it('holds the latest five hundred', async () => {
    const store = new LedgerStore(folder);
    await Promise.all(Array.from({ length: 510 }, (_, i) => store.put(entry(i))));
    expect(store.all).toHaveLength(500);
    expect(store.all.some(({ start }) => start < 10)).toBe(false);
    expect((await readdir(folder)).filter((name) => name !== 'ledger.json')).toEqual([]);
  });
});

describe('what a run was made by', () => {
  const started = async (changed: number, more = {}) => {
    const script = join(folder, 'train.py');
    await writeFile(script, 'lr = 0.1\n');
    await utimes(script, changed / 1000, changed / 1000);
    const about = { script, configs: [], words: [], start: 1_000_000_000_000, source: null };
    return codeOf({ ...about, ...more }, () => Promise.resolve());
  };

  it('is known where the script was there before', async () => {
    expect((await started(999_999_000_000))?.files[0]?.settings).toEqual({ lr: '0.1' });
  });

  it('is not where the script was written after the start, or is not there', async () => {
    expect(await started(1_000_000_010_000)).toBeNull();
    expect(await started(999_999_000_000, { script: join(folder, 'none.py') })).toBeNull();
  });

  it('is not a file that the run itself has written', async () => {
    const written = join(folder, 'metrics.json');
    await writeFile(written, '{"loss": 1}');
    const code = await started(999_999_000_000, { configs: [written] });
    expect(code?.files.map(({ path }) => path)).toEqual([join(folder, 'train.py')]);
  });

  it('is what the cells of an open notebook say, saved or not', async () => {
    const code = await started(1_000_000_010_000, { source: 'lr = 0.3' });
    expect(code?.files[0]?.settings).toEqual({ lr: '0.3' });
  });
});
