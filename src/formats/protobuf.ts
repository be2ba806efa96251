/** Receives the fields of one message. Fields that are not wanted are simply ignored. */
export type FieldReader = (field: number, wire: number, value: number, bytes: Uint8Array) => void;

const NOTHING = new Uint8Array(0);
const scratch = new DataView(new ArrayBuffer(8));

/**
 * Goes through the fields of a protobuf message in order, without a copy or an object for any of them. A varint (wire 0)
 * is `value`, as int64 rounded to a double; the bytes of fixed64 (1), fixed32 (5) and length-delimited (2) are from
 * `start` to `end`.
 */
export class Fields {
  field = 0;
  wire = 0;
  value = 0;
  start = 0;
  end = 0;
  /** False when the bytes turned out to be no message. */
  whole = true;
  private bytes: Uint8Array = NOTHING;
  private at = 0;
  private limit = 0;

  /** Begins with the message from `start` to `end`. */
  open(bytes: Uint8Array, start: number, end: number): this {
    this.bytes = bytes;
    this.at = start;
    this.limit = end;
    this.whole = true;
    return this;
  }

  /** Goes to the next field; false at the end, and when the bytes are no message. */
  next(): boolean {
    const { bytes, limit } = this;
    if (this.at >= limit) return false;
    const tag = varint(bytes, this.at, limit);
    if (tag < 0) return this.broken();
    this.field = tag >>> 3;
    const wire = (this.wire = tag & 7);
    const start = varintEnd;
    let length = 0;
    this.value = 0;
    if (wire === 0 || wire === 2) {
      const number = varint(bytes, start, limit);
      if (varintEnd < 0) return this.broken();
      this.start = varintEnd;
      if (wire === 0) this.value = number;
      else length = number;
    } else {
      this.start = start;
      length = wire === 1 ? 8 : wire === 5 ? 4 : -1;
    }
    if (length < 0 || this.start + length > limit) return this.broken();
    this.at = this.end = this.start + length;
    return true;
  }

  private broken(): false {
    this.whole = false;
    return false;
  }
}

/**
 * Reads the fields of a protobuf message in order. Varints (wire 0) arrive as `value`; fixed64 (1) and fixed32 (5) as
 * `bytes` of that length; length-delimited (2) as `bytes`. Gives false, and stops, when the bytes are no message.
 */
export function readMessage(bytes: Uint8Array, read: FieldReader): boolean {
  const fields = new Fields().open(bytes, 0, bytes.length);
  while (fields.next()) {
    const { field, wire, value, start, end } = fields;
    read(field, wire, value, wire === 0 ? NOTHING : bytes.subarray(start, end));
  }
  return fields.whole;
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
  const value = varint(bytes, at, bytes.length);
  return varintEnd < 0 ? undefined : { value, end: varintEnd };
}

/** Where the last varint ended; -1 when it was cut off. Kept outside to spare an object per field. */
let varintEnd = -1;

function varint(bytes: Uint8Array, start: number, limit: number): number {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 10; i++) {
    if (start + i >= limit) break;
    const byte = bytes[start + i]!;
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
