import { BLOCK_LOG_HEADER } from '../../../src/formats/blockLog';
import { crc32 } from '../../../src/formats/crc';
import { field, varint } from './eventFile';

/** A tiny encoder of W&B run files, for tests. */

const BLOCK = 32 * 1024;
const PREFIX = 7;

/** A file of these records, cut into pieces where a block ends. */
export function wandbFile(...records: Uint8Array[]): Buffer {
  let file = Buffer.from(BLOCK_LOG_HEADER);
  for (const record of records) {
    let rest = Buffer.from(record);
    for (let first = true; first || rest.length > 0; first = false) {
      if (BLOCK - (file.length % BLOCK) < PREFIX) {
        file = Buffer.concat([file, Buffer.alloc(BLOCK - (file.length % BLOCK))]);
      }
      const data = rest.subarray(0, BLOCK - (file.length % BLOCK) - PREFIX);
      rest = rest.subarray(data.length);
      const type = first ? (rest.length === 0 ? 1 : 2) : rest.length === 0 ? 4 : 3;
      file = Buffer.concat([file, piece(type, data)]);
    }
  }
  return file;
}

function piece(type: number, data: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt16LE(data.length, 4);
  prefix[6] = type;
  prefix.writeUInt32LE(crc32(Buffer.concat([prefix.subarray(6), data])), 0);
  return Buffer.concat([prefix, data]);
}

const text = (number: number, value: string): Buffer => field(number, 2, Buffer.from(value));

function items(values: Record<string, unknown>, nested = false): Buffer {
  const written = (value: unknown): string =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
  return Buffer.concat(
    Object.entries(values).map(([key, value]) => {
      const names = nested ? key.split('/').map((part) => text(2, part)) : [text(1, key)];
      return field(1, 2, Buffer.concat([...names, text(16, written(value))]));
    }),
  );
}

/** What one `wandb.log` writes. @param nested as newer versions write keys */
export function history(values: Record<string, unknown>, step?: number, nested = false): Buffer {
  const counter =
    step === undefined ? [] : [field(2, 2, step === 0 ? Buffer.alloc(0) : field(1, 0, varint(step)))];
  return field(2, 2, Buffer.concat([items(values, nested), ...counter]));
}

export function config(values: Record<string, unknown>): Buffer {
  return field(5, 2, items(values));
}

export function runRecord(project: string, name: string, values: Record<string, unknown>): Buffer {
  return field(17, 2, Buffer.concat([text(3, project), field(4, 2, items(values)), text(8, name)]));
}

export function exit(code: number): Buffer {
  return field(18, 2, code === 0 ? Buffer.alloc(0) : field(1, 0, varint(code)));
}

/** Console output: not read. */
export function output(line: string): Buffer {
  return field(13, 2, text(3, line));
}
