import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from './generate.mjs';

/** Writes a TensorBoard event file of about `bytes` bytes; `crc` are the project's own checksum functions. */
export function writeEvents(path, bytes, { crc32c, maskCrc }) {
  const random = seeded(3);
  const file = openSync(path, 'w');
  let written = 0;
  let block = [frame(Buffer.concat([fixed64(0x09, 1.6e9), text(0x1a, 'brain.Event:2')]))];
  let size = 0;
  for (let step = 0; written + size < bytes; step++) {
    const value = Buffer.concat([text(0x0a, step % 2 ? 'loss/val' : 'loss/train'), float(0x15, random())]);
    const head = Buffer.concat([fixed64(0x09, 1.6e9 + step), Buffer.of(0x10), varint(step)]);
    const record = frame(Buffer.concat([head, sized(0x2a, sized(0x0a, value))]));
    block.push(record);
    size += record.length;
    if (size < 1 << 20) continue;
    written += writeSync(file, Buffer.concat(block));
    block = [];
    size = 0;
  }
  written += writeSync(file, Buffer.concat(block));
  closeSync(file);
  return written;

  function frame(data) {
    const length = Buffer.alloc(12);
    length.writeUInt32LE(data.length, 0);
    length.writeUInt32LE(maskCrc(crc32c(length.subarray(0, 8))), 8);
    const check = Buffer.alloc(4);
    check.writeUInt32LE(maskCrc(crc32c(data)), 0);
    return Buffer.concat([length, data, check]);
  }
}

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

function sized(tag, bytes) {
  return Buffer.concat([Buffer.of(tag), varint(bytes.length), bytes]);
}

function text(tag, value) {
  return sized(tag, Buffer.from(value));
}

function fixed64(tag, value) {
  const bytes = Buffer.alloc(9);
  bytes[0] = tag;
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function float(tag, value) {
  const bytes = Buffer.alloc(5);
  bytes[0] = tag;
  bytes.writeFloatLE(value, 1);
  return bytes;
}
