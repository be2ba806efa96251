import { open } from 'node:fs/promises';
import type { Sample } from '../formats/format';
import { readFailure } from './humanError';

const HEAD = 192 * 1024;
const TAIL = 64 * 1024;

/**
 * The part of a file that recognition looks at: at most 256 KB however large it is.
 * @throws HumanError when the file can't be read
 */
export async function readSample(path: string): Promise<Sample> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
      const head = await readAt(file, 0, Math.min(stat.size, HEAD));
      const rest = stat.size - head.length;
      const tailLength = Math.min(Math.max(rest, 0), TAIL);
      const tail = await readAt(file, stat.size - tailLength, tailLength);
      return { path: path.replace(/\\/g, '/'), head, tail, size: stat.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readFailure(path, error);
  }
}

async function readAt(
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
