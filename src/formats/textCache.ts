/** Texts that are kept; a file has a few names, a hostile one any number. */
const KEPT = 4096;

/** Decodes short texts that come again and again: what was decoded before is found by its bytes. */
export class TextCache {
  private byHash = new Map<number, { readonly bytes: Uint8Array; readonly text: string }>();

  /** The UTF-8 text from `start` to `end`. */
  text(bytes: Uint8Array, start: number, end: number): string {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const known = this.byHash.get(hash);
    if (known && isSame(known.bytes, bytes, start, end)) return known.text;
    const own = Uint8Array.from(bytes.subarray(start, end));
    const text = Buffer.from(own).toString('utf8');
    if (this.byHash.size >= KEPT) this.byHash.clear();
    this.byHash.set(hash, { bytes: own, text });
    return text;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
