/** Polynomials in reversed bit order. */
const CASTAGNOLI = buildTable(0x82f63b78);
const IEEE = buildTable(0xedb88320);

function buildTable(polynomial: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    table[n] = crc >>> 0;
  }
  return table;
}

/** CRC-32C (Castagnoli) of the bytes from `start` to `end`, continuing from `previous`, the CRC of the bytes before them. */
export function crc32c(bytes: Uint8Array, previous = 0, start = 0, end = bytes.length): number {
  return crc(CASTAGNOLI, bytes, previous, start, end);
}

/** CRC-32 (that of zlib) of the bytes, continuing from `previous`. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  return crc(IEEE, bytes, previous, 0, bytes.length);
}

function crc(table: Uint32Array, bytes: Uint8Array, previous: number, start: number, end: number): number {
  let crc = ~previous;
  for (let i = start; i < end; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The form in which TFRecord stores a CRC, so that a CRC of data holding CRCs stays strong. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
