import { crc32c, maskCrc } from '../../../src/formats/crc';

/** A tiny encoder of TensorBoard event files, for tests. */

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const more = rest > 127n;
    bytes.push(Number(rest & 127n) | (more ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

export function field(number: number, wire: number, data: Uint8Array): Buffer {
  const length = wire === 2 ? varint(data.length) : Buffer.alloc(0);
  return Buffer.concat([varint(number * 8 + wire), length, data]);
}

export function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

export function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** One record with its framing. */
export function recordOf(data: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeUInt32LE(data.length);
  const crc = (bytes: Uint8Array): Buffer => {
    const out = Buffer.alloc(4);
    out.writeUInt32LE(maskCrc(crc32c(bytes)));
    return out;
  };
  return Buffer.concat([length, crc(length), data, crc(data)]);
}

export function versionRecord(): Buffer {
  return recordOf(Buffer.concat([field(1, 1, double(1.5e9)), field(3, 2, Buffer.from('brain.Event:2'))]));
}

/** An event with one summary value. */
export function event(step: number, seconds: number, value: Uint8Array): Buffer {
  return recordOf(
    Buffer.concat([field(1, 1, double(seconds)), field(2, 0, varint(step)), field(5, 2, field(1, 2, value))]),
  );
}

export function simpleValue(tag: string, value: number): Buffer {
  return Buffer.concat([field(1, 2, Buffer.from(tag)), field(2, 5, float(value))]);
}

/** @param fields the TensorProto after its dtype */
export function tensorValue(tag: string, dtype: number, fields: Uint8Array, plugin = 'scalars'): Buffer {
  const metadata = field(9, 2, field(1, 2, field(1, 2, Buffer.from(plugin))));
  const tensor = Buffer.concat([field(1, 0, varint(dtype)), field(2, 2, Buffer.alloc(0)), fields]);
  return Buffer.concat([field(1, 2, Buffer.from(tag)), field(8, 2, tensor), metadata]);
}
