import { asRecord } from './looseJson';
import { splitOfWord } from './metricName';
import { parseNumber } from './numbers';
import { positionOf } from './positionName';

/** One array of numbers in a JSON document. */
export interface JsonColumn {
  /** Keys on the way to it, joined with `/`. */
  readonly key: string;
  /** NaN stands for a value that is missing as well as for one that is not a number. */
  readonly values: readonly number[];
  readonly missing: ReadonlySet<number>;
  /** Steps that are stored with it. */
  readonly steps: readonly number[] | null;
}

/** Objects nested deeper hold no curves. */
const DEEPEST = 2;
const COUNTED = /^\d+$/;

/**
 * The arrays of numbers in a document: Keras' `History.history`, pandas' `to_json` (index to value), Sacred's `metrics.json`
 * (`steps` and `values`) and PyMARL's `info.json` (`x` and `x_T`).
 */
export function jsonColumns(document: unknown): JsonColumn[] {
  const found: JsonColumn[] = [];
  collect(document, '', 0, found);
  const timed = new Map(found.map((column) => [column.key, column]));
  const columns = found
    .filter(({ key }) => !(key.endsWith('_T') && timed.has(key.slice(0, -2))))
    .map((column) => ({ ...column, steps: column.steps ?? timed.get(`${column.key}_T`)?.values ?? null }));
  return withoutWrapper(columns);
}

function collect(value: unknown, key: string, depth: number, found: JsonColumn[]): void {
  const object = asRecord(value);
  if (!object || '_type' in object || depth > DEEPEST) return;
  for (const [name, inner] of Object.entries(object)) {
    const word = singular(name);
    const path = key === '' ? word : `${key}/${word}`;
    const plain = columnOf(path, inner, null) ?? columnOf(path, indexed(inner), null);
    const record = asRecord(inner);
    const stored =
      plain ?? (record && columnOf(path, record.values, columnOf('', record.steps, null)?.values ?? null));
    if (stored && (plain !== null || stored.steps !== null)) found.push(stored);
    else collect(inner, path, depth + 1, found);
  }
}

function columnOf(key: string, value: unknown, steps: readonly number[] | null): JsonColumn | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const missing = new Set<number>();
  const values: number[] = [];
  for (const [i, cell] of value.entries()) {
    const number = numberOf(cell);
    if (number === null) missing.add(i);
    else if (number === undefined) return null;
    values.push(number ?? Number.NaN);
  }
  return missing.size === values.length ? null : { key, values, missing, steps };
}

/** null: no value here; undefined: something else than a number. */
function numberOf(cell: unknown): number | null | undefined {
  if (typeof cell === 'number' || cell === null) return cell;
  if (typeof cell === 'string') return parseNumber(cell);
  // Sacred keeps numpy scalars as objects.
  const boxed = asRecord(cell)?.value;
  return typeof boxed === 'number' ? boxed : undefined;
}

/** The values of `{"0": .., "1": ..}`, in that order. */
function indexed(value: unknown): unknown[] | null {
  const object = asRecord(value);
  if (!object) return null;
  // Keys that are integers come in ascending order.
  const keys = Object.keys(object);
  return keys.length > 0 && keys.every((key) => COUNTED.test(key)) ? Object.values(object) : null;
}

/** `{"history": {...}, "params": {...}}`: a word around all metrics tells nothing, unless it is a split. */
function withoutWrapper(columns: readonly JsonColumn[]): JsonColumn[] {
  const metrics = columns.filter(({ key }) => positionOf(key) === null);
  const [word, ...rest] = metrics[0]?.key.split('/') ?? [];
  const prefix = `${word}/`;
  const wrapped = rest.length > 0 && metrics.every(({ key }) => key.startsWith(prefix));
  if (!wrapped || splitOfWord(word!) !== null) return [...columns];
  const bare = (key: string): string => (key.startsWith(prefix) ? key.slice(prefix.length) : key);
  return withoutWrapper(columns.map((column) => ({ ...column, key: bare(column.key) })));
}

/** A list is often called by the plural of what is in it: `train_losses`, `val_accs`. */
function singular(key: string): string {
  return key
    .replace(/(loss)es$/i, '$1')
    .replace(/(accurac)ies$/i, '$1y')
    .replace(/(acc|error|score|epoch|step|iteration|reward|return)s$/i, '$1');
}
