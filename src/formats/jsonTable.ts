import { asRecord } from './looseJson';

/** One object of a document that lists its epochs, with the number that it is kept under. */
export interface JsonRow {
  readonly object: Record<string, unknown>;
  readonly number: number | null;
}

const EPOCH_KEY = /^(?:epoch[ _-]?)?(\d+)$/i;
const DEEPEST = 2;

/**
 * The lists of objects in a document, the outer ones first: an array of them, an object with such an array in it, or an
 * object with a key per epoch.
 */
export function jsonTables(document: unknown, depth = 0): JsonRow[][] {
  if (Array.isArray(document)) {
    const rows = document.map((item) => asRecord(item));
    return rows.length > 0 && rows.every((row) => row !== undefined)
      ? [rows.map((object) => ({ object, number: null }))]
      : [];
  }
  const object = asRecord(document);
  if (!object || '_type' in object || depth > DEEPEST) return [];
  const numbers = Object.keys(object).map((key) => EPOCH_KEY.exec(key)?.[1]);
  const values = Object.values(object).map((value) => asRecord(value));
  if (
    numbers.length > 1 &&
    numbers.every((n) => n !== undefined) &&
    values.every((value) => value !== undefined)
  ) {
    const rows = values.map((value, i) => ({ object: value, number: Number(numbers[i]) }));
    return [rows.sort((a, b) => a.number - b.number)];
  }
  return Object.values(object).flatMap((value) => jsonTables(value, depth + 1));
}
