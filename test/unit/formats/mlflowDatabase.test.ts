import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mlflowDatabase } from '../../../src/formats/mlflowDatabase';
import { reportFacts, StoredMetrics, storedRuns } from '../../../src/formats/mlflowStore';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { openPages } from '../../../src/formats/sqlite/pages';
import { tablesOf } from '../../../src/formats/sqlite/database';
import { record } from './recording';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/mlflow/${name}`, import.meta.url));
const [bytes, wal] = [fixture('growing.db'), fixture('growing.db-wal')];

/** What the store says of a run, `step key value` each. */
function valuesOf(run: string, log?: Buffer): string[] {
  const said: string[] = [];
  let at = 0;
  new StoredMetrics(run).report(openPages(bytes, log)!, {
    at: (step) => void (at = step),
    value: (key, value) => void said.push(`${at} ${key} ${value}`),
    skip: () => undefined,
    context: () => undefined,
    ended: () => undefined,
  });
  return said;
}

function factsOf(run: string, log?: Buffer): string[] {
  const said: string[] = [];
  reportFacts(openPages(bytes, log)!, run, {
    context: (key, value) => void said.push(`${key} = ${value}`),
    ended: (how, reason) => void said.push(`${how}: ${reason}`),
  });
  return said;
}

describe("MLflow's SQLite store", () => {
  it('is told by its tables, and no other database is', () => {
    expect(recogniseFormat(sampleOf('x', bytes)).format?.id).toBe('mlflow-db');
    const other = Buffer.from(bytes.toString('latin1').replaceAll('run_uuid', 'row_uuid'), 'latin1');
    const found = recogniseFormat(sampleOf('mlflow.db', other));
    expect(found.format).toBeNull();
    expect(found.tried.find(({ id }) => id === 'mlflow-db')!.why).toContain('without the tables of MLflow');
  });

  it('knows its tables and their columns, added ones too', () => {
    const tables = tablesOf(openPages(bytes)!);
    expect([...tables.keys()]).toEqual(['runs', 'metrics', 'params']);
    expect(tables.get('metrics')!.columns).toEqual([
      'key',
      'value',
      'timestamp',
      'run_uuid',
      'step',
      'is_nan',
    ]);
  });

  it('lists the runs that were not deleted, the newest first', () => {
    expect(storedRuns(openPages(bytes)!).map(({ id, ended }) => [id, ended])).toEqual([
      ['second', null],
      ['first', 1_700_000_009_000],
    ]);
  });

  it('gives the metrics of one run over all pages, with NaN and infinity', () => {
    const values = valuesOf('first');
    expect(values).toHaveLength(42);
    expect(values.slice(0, 3)).toEqual(['0 loss 4', '1 loss 1', '2 loss 0.5']);
    expect(values.slice(39)).toEqual([`39 loss ${1 / 39}`, '1 val_loss NaN', '2 val_loss -Infinity']);
  });

  it('counts where the script gave no step, and takes rows from before a column was added', () => {
    const values = valuesOf('second');
    expect(values.slice(0, 4)).toEqual(['0 old 7', '0 uncounted 0', '1 uncounted 0.5', '2 uncounted 1']);
    expect(values).toHaveLength(41);
  });

  it('reads on from the write-ahead log', () => {
    expect(valuesOf('second', wal).slice(41)).toEqual(['40 late 10', '41 late 10.25', '42 late 10.5']);
    expect(factsOf('second')).toEqual(['lr = 0.1', 'run_name = shy-owl-2']);
    expect(factsOf('second', wal).at(-1)).toBe('crashed: status: KILLED');
  });

  it('passes over a transaction that is half written, and what an earlier round left', () => {
    const late = (log: Buffer): string[] => valuesOf('second', log).slice(41);
    expect(late(wal.subarray(0, wal.length - 1))).toEqual(['40 late 10', '41 late 10.25', '42 late 10.5']);
    expect(factsOf('second', wal.subarray(0, wal.length - 1)).at(-1)).not.toContain('KILLED');
    expect(late(wal.subarray(0, wal.length - 600))).toEqual(['40 late 10', '41 late 10.25']);
    const stale = Buffer.from(wal);
    stale.writeUInt32BE(stale.readUInt32BE(16) + 1, 16);
    expect(storedRuns(openPages(bytes, stale)!)).toHaveLength(2);
    expect(openPages(bytes, stale)!.page(1)).toEqual(openPages(bytes)!.page(1));
  });

  it('names the run, its parameters and its end; what is too long to compare is left out', () => {
    expect(factsOf('first')).toEqual([
      'lr = 0.001',
      'optimizer = Adam',
      'run_name = bold-ape-1',
      'finished: status: FINISHED',
    ]);
  });

  it('ends, with a reason, however the file is damaged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 30 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of changes) damaged[at] = byte;
          expect(Array.isArray(record(mlflowDatabase, [damaged.subarray(0, length)]))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    expect(record(mlflowDatabase, [bytes.subarray(0, 5000)]).at(-1)).toContain('the database is damaged');
  });
});
