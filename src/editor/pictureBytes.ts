/** More than this is no picture of a chart (characters). */
export const MAX_PICTURE = 32 * 1024 * 1024;

const PNG = 'data:image/png;base64,';
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** A picture as a page sends it, as the bytes of its file; null for anything that is not one. */
export function pictureBytes(kind: 'png' | 'svg', data: string): Uint8Array | null {
  if (data.length > MAX_PICTURE) return null;
  if (kind === 'svg') return data.startsWith('<svg ') ? Buffer.from(data, 'utf8') : null;
  if (!data.startsWith(PNG)) return null;
  const bytes = Buffer.from(data.slice(PNG.length), 'base64');
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE) ? bytes : null;
}
