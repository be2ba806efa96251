import { createHash } from 'node:crypto';
import type { Applied } from './entry';

/** A text by its content: 32 hexadecimal digits. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * The remedies that are still there in a file. Where it has the text that it had before one of them, that one was undone, and what was
 * written into the file after it.
 * @param applied the oldest first
 * @param file address of the file @param hash of its text as it stands now
 */
export function stillWritten(applied: readonly Applied[], file: string, hash: string): readonly Applied[] {
  const own = applied.filter(({ into }) => into?.file === file);
  const first = own.findIndex(({ into }) => into?.without === hash);
  const undone = new Set(first < 0 ? [] : own.slice(first));
  return applied.filter((one) => !undone.has(one));
}
