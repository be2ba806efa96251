import * as l10n from '@vscode/l10n';
import { varint } from './table';

export type SqlValue = number | string | null;

/** Sizes in bytes of the serial types 0 to 9; from 12 on they are blobs and texts. */
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

/**
 * The values of the wanted columns of a stored row. Blobs are null, as are columns that were added to the table after
 * the row.
 * @param wanted indexes of columns, in any order
 * @throws RangeError when the record is damaged
 */
export function readRecord(record: Buffer, wanted: readonly number[]): SqlValue[] {
  const values: SqlValue[] = wanted.map(() => null);
  const header = varint(record, 0);
  let at = header.end;
  let body = header.value;
  for (let column = 0; at < header.value; column++) {
    const type = varint(record, at);
    at = type.end;
    const size = sizeOf(type.value);
    const place = wanted.indexOf(column);
    if (place >= 0) values[place] = valueOf(record, type.value, body, size);
    body += size;
  }
  return values;
}

function sizeOf(type: number): number {
  return type < 12 ? (SIZES[type] ?? 0) : (type - (type % 2) - 12) / 2;
}

function valueOf(record: Buffer, type: number, at: number, size: number): SqlValue {
  if (at + size > record.length) throw new RangeError(l10n.t('a record is shorter than it says'));
  if (type === 0) return null;
  if (type <= 4) return record.readIntBE(at, size);
  if (type === 5) return record.readIntBE(at, 6);
  if (type === 6) return Number(record.readBigInt64BE(at));
  if (type === 7) return record.readDoubleBE(at);
  if (type <= 9) return type - 8;
  return type % 2 === 1 && type > 12 ? record.toString('utf8', at, at + size) : null;
}
