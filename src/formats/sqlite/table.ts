import * as l10n from '@vscode/l10n';
import type { Pages } from './pages';

const INTERIOR = 0x05;
const LEAF = 0x0d;
/** A row of what is read here takes some kilobytes. */
const LONGEST = 1 << 24;

/** One row as it is stored. @param record valid during the call only */
export type RowReader = (rowid: number, record: Buffer) => void;

/**
 * Reads the rows of a table in the order of their row ids, which is the order in which they were inserted.
 * @param root page where the table's tree begins
 * @param after only rows with a greater row id are read
 * @throws RangeError when the file is damaged, or was caught while it changes
 */
export function readTable(pages: Pages, root: number, after: number, read: RowReader): void {
  walk(pages, root, after, read, new Set());
}

/** @param seen a page that points back, in a damaged file, would never end */
function walk(pages: Pages, number: number, after: number, read: RowReader, seen: Set<number>): void {
  const page = pages.page(number);
  // The first page begins with the header of the file.
  const header = number === 1 ? 100 : 0;
  const type = page[header];
  if ((type !== INTERIOR && type !== LEAF) || seen.has(number))
    throw new RangeError(l10n.t('page {0} is no table', number));
  seen.add(number);
  const cells = page.readUInt16BE(header + 3);
  const pointers = header + (type === INTERIOR ? 12 : 8);
  for (let i = 0; i < cells; i++) {
    const at = page.readUInt16BE(pointers + 2 * i);
    if (type === LEAF) {
      readCell(pages, page, at, after, read);
      continue;
    }
    const largest = varint(page, at + 4).value;
    if (largest > after) walk(pages, page.readUInt32BE(at), after, read, seen);
  }
  if (type === INTERIOR) walk(pages, page.readUInt32BE(header + 8), after, read, seen);
}

function readCell(pages: Pages, page: Buffer, at: number, after: number, read: RowReader): void {
  const size = varint(page, at);
  const rowid = varint(page, size.end);
  if (rowid.value <= after) return;
  read(rowid.value, payload(pages, page, rowid.end, size.value));
}

/** The payload of a cell; what is too long for its page goes on in a chain of others. */
function payload(pages: Pages, page: Buffer, start: number, size: number): Buffer {
  const { usable } = pages;
  const most = usable - 35;
  if (size > LONGEST) throw new RangeError(l10n.t('a row is too long'));
  if (size <= most) return page.subarray(start, start + size);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  const parts = [page.subarray(start, start + local)];
  let next = page.readUInt32BE(start + local);
  for (let left = size - local; left > 0; left -= usable - 4) {
    const more = pages.page(next);
    parts.push(more.subarray(4, 4 + Math.min(left, usable - 4)));
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** SQLite's big-endian integers of 1 to 9 bytes. @throws RangeError when cut off */
export function varint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes.readUInt8(at + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(at + 8), end: at + 9 };
}
