import * as l10n from '@vscode/l10n';

/** The first bytes of every SQLite database. */
export const SQLITE_MAGIC = 'SQLite format 3\0';
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** The pages of a database that is in memory, with those that its write-ahead log has newer. */
export interface Pages {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  /** @param number 1-based @throws RangeError when there is no such page: the file is damaged, or was caught changing */
  page(number: number): Buffer;
}

/**
 * Reads the header of a database.
 * @param wal the content of its `-wal` file, empty where it has none
 * @returns undefined when it is none, or one whose text is not UTF-8
 */
export function openPages(bytes: Uint8Array, wal: Uint8Array = new Uint8Array(0)): Pages | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 100 || file.toString('latin1', 0, 16) !== SQLITE_MAGIC) return undefined;
  const stored = file.readUInt16BE(16);
  const size = stored === 1 ? 65_536 : stored;
  const encoding = file.readUInt32BE(56);
  if (size < 512 || (size & (size - 1)) !== 0 || encoding > 1) return undefined;
  const newer = committedPages(Buffer.from(wal.buffer, wal.byteOffset, wal.byteLength), size);
  return {
    usable: size - file[20]!,
    page: (number) => {
      const page = newer.get(number) ?? file.subarray((number - 1) * size, number * size);
      if (number < 1 || page.length < size) throw new RangeError(l10n.t('there is no page {0}', number));
      return page;
    },
  };
}

/** The pages of the transactions that were committed to the write-ahead log since it began anew. */
function committedPages(wal: Buffer, size: number): Map<number, Buffer> {
  const pages = new Map<number, Buffer>();
  if (wal.length < WAL_HEADER || wal.readUInt32BE(0) >>> 1 !== 0x377f0682 >>> 1) return pages;
  if (wal.readUInt32BE(8) !== size) return pages;
  const salt = wal.subarray(16, 24);
  let open: [number, Buffer][] = [];
  for (let at = WAL_HEADER; at + FRAME_HEADER + size <= wal.length; at += FRAME_HEADER + size) {
    // What an earlier round left behind has another salt.
    if (!wal.subarray(at + 8, at + 16).equals(salt)) break;
    open.push([wal.readUInt32BE(at), wal.subarray(at + FRAME_HEADER, at + FRAME_HEADER + size)]);
    if (wal.readUInt32BE(at + 4) === 0) continue;
    for (const [number, page] of open) pages.set(number, page);
    open = [];
  }
  return pages;
}
