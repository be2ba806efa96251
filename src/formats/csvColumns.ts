import { isEnvelope, seriesName } from './delimited';
import { parseNumber } from './numbers';
import { positionOf, stepRank } from './positionName';

/** What each column of a table is. Indices are -1 where there is no such column. */
export interface Columns {
  readonly step: number;
  readonly epoch: number;
  readonly time: number;
  readonly values: readonly { readonly index: number; readonly key: string }[];
}

/** True when the header itself names an x column, so that no row is needed to find one. */
export function namesPosition(names: readonly string[]): boolean {
  return names.some((name) => positionOf(name) === 'step' || positionOf(name) === 'epoch');
}

/**
 * Finds step, epoch, time and value columns. Without a step or epoch by name the first column whose cells are
 * strictly increasing whole numbers in all of `rows` is the step; failing that the rows have no position.
 */
export function findColumns(names: readonly string[], rows: readonly (readonly string[])[]): Columns {
  const positions = names.map((name) => positionOf(name));
  let step = -1;
  for (let i = 0; i < names.length; i++) {
    if (positions[i] !== 'step') continue;
    if (step < 0 || stepRank(names[i]!) < stepRank(names[step]!)) step = i;
  }
  const epoch = positions.indexOf('epoch');
  const time = positions.indexOf('time');
  if (step < 0 && epoch < 0) step = names.findIndex((_, index) => isIncreasing(rows, index));
  const keys = keysOf(names);
  const values = keys.flatMap((key, index) =>
    index === step || index === epoch || isEnvelope(names[index]!) || key === '' ? [] : [{ index, key }],
  );
  return { step, epoch, time, values };
}

/** Runs of one W&B export share a metric; only then does the key keep the name of the run. */
function keysOf(names: readonly string[]): readonly string[] {
  const short = names.map((name) => seriesName(name));
  const plain = short.filter((_, index) => !isEnvelope(names[index]!));
  return new Set(plain).size === plain.length ? short : names;
}

function isIncreasing(rows: readonly (readonly string[])[], column: number): boolean {
  let last = -Infinity;
  for (const row of rows) {
    const value = parseNumber(row[column] ?? '');
    if (value === undefined || !Number.isInteger(value) || value <= last) return false;
    last = value;
  }
  return rows.length >= 2;
}
