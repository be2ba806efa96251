/** Receives the fields of one message. Fields that are not wanted are simply ignored. */
export type FieldReader = (field: number, wire: number, value: number, bytes: Uint8Array) => void;

const NOTHING = new Uint8Array(0);
const scratch = new DataView(new ArrayBuffer(8));

/**
 * Reads the fields of a protobuf message in order. Varints (wire 0) arrive as `value`, as int64 rounded to a
 * double; fixed64 (1) and fixed32 (5) as `bytes` of that length; length-delimited (2) as `bytes`.
 * Gives false, and stops, when the bytes are no message.
 */
export function readMessage(bytes: Uint8Array, read: FieldReader): boolean {
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    if (tag < 0) return false;
    at = varintEnd;
    const field = tag >>> 3;
    const wire = tag & 7;
    if (wire === 0) {
      const value = varint(bytes, at);
      if (varintEnd < 0) return false;
      at = varintEnd;
      read(field, wire, value, NOTHING);
      continue;
    }
    let length = wire === 1 ? 8 : wire === 5 ? 4 : -1;
    if (wire === 2) {
      length = varint(bytes, at);
      if (varintEnd < 0 || length < 0) return false;
      at = varintEnd;
    }
    if (length < 0 || at + length > bytes.length) return false;
    read(field, wire, 0, bytes.subarray(at, at + length));
    at += length;
  }
  return true;
}

/** The float of 4 little-endian bytes. */
export function float32(bytes: Uint8Array, at = 0): number {
  for (let i = 0; i < 4; i++) scratch.setUint8(i, bytes[at + i] ?? 0);
  return scratch.getFloat32(0, true);
}

/** The double of 8 little-endian bytes. */
export function float64(bytes: Uint8Array, at = 0): number {
  for (let i = 0; i < 8; i++) scratch.setUint8(i, bytes[at + i] ?? 0);
  return scratch.getFloat64(0, true);
}

/** The varint at `at` as a signed 64-bit integer, rounded to a double; undefined when it is cut off. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  const value = varint(bytes, at);
  return varintEnd < 0 ? undefined : { value, end: varintEnd };
}

/** Where the last varint ended; -1 when it was cut off. Kept outside to spare an object per field. */
let varintEnd = -1;

function varint(bytes: Uint8Array, start: number): number {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    const part = byte & 0x7f;
    if (i < 4) low |= part << (7 * i);
    else if (i === 4) {
      low |= (part & 0x0f) << 28;
      high = part >>> 4;
    } else high |= part << (7 * i - 32);
    if (byte < 0x80) {
      varintEnd = start + i + 1;
      return (high | 0) * 2 ** 32 + (low >>> 0);
    }
  }
  varintEnd = -1;
  return -1;
}
