import { float32, float64, readMessage, readVarint } from './protobuf';

const FLOAT = 1;
const DOUBLE = 2;
const INT32 = 3;
const INT64 = 9;
const BFLOAT16 = 14;
const HALF = 19;

/** The number of a TensorProto that holds exactly one; undefined for text, histograms and other arrays. */
export function tensorScalar(tensor: Uint8Array): number | undefined {
  let type = 0;
  let elements = 1;
  let content: Uint8Array | undefined;
  let value: number | undefined;
  const whole = readMessage(tensor, (field, wire, number, bytes) => {
    if (field === 1) type = number;
    else if (field === 2) elements = elementsOf(bytes);
    else if (field === 4) content = bytes;
    else if (field === 5) value ??= bytes.length >= 4 ? float32(bytes) : undefined;
    else if (field === 6) value ??= bytes.length >= 8 ? float64(bytes) : undefined;
    else if (field === 7 || field === 10) value ??= wire === 0 ? number : readVarint(bytes, 0)?.value;
    else if (field === 13) {
      const bits = wire === 0 ? number : readVarint(bytes, 0)?.value;
      value ??= bits === undefined ? undefined : type === BFLOAT16 ? bfloat16(bits) : half(bits);
    }
  });
  if (!whole || elements !== 1) return undefined;
  return content === undefined || content.length === 0 ? value : contentValue(type, content);
}

function contentValue(type: number, bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { byteLength } = view;
  if (type === FLOAT && byteLength === 4) return view.getFloat32(0, true);
  if (type === DOUBLE && byteLength === 8) return view.getFloat64(0, true);
  if (type === INT32 && byteLength === 4) return view.getInt32(0, true);
  if (type === INT64 && byteLength === 8) return Number(view.getBigInt64(0, true));
  if (type === HALF && byteLength === 2) return half(view.getUint16(0, true));
  return type === BFLOAT16 && byteLength === 2 ? bfloat16(view.getUint16(0, true)) : undefined;
}

/** Number of elements of a TensorShapeProto; a scalar has no dimensions. */
function elementsOf(shape: Uint8Array): number {
  let elements = 1;
  readMessage(shape, (field, _wire, _value, dimension) => {
    if (field !== 2) return;
    let size = 0;
    readMessage(dimension, (inner, _w, number) => {
      if (inner === 1) size = number;
    });
    elements *= size;
  });
  return elements;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

function bfloat16(bits: number): number {
  return float32(Uint8Array.of(0, 0, bits & 0xff, (bits >> 8) & 0xff));
}
