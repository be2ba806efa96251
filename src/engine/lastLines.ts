import { open } from 'node:fs/promises';
import { stripAnsi } from '../formats/ansi';

/** The end of a file that is looked at (bytes), the lines shown of it, and how much of each (characters). */
const TAIL = 16 * 1024;
const LINES = 12;
const LONGEST = 300;

/**
 * The last lines of a text file, as a person would read them in a terminal: without colour codes, of a line that was
 * redrawn what stood there last. Nothing for a binary file, or one that can't be read.
 */
export async function lastLines(path: string): Promise<string[]> {
  const end = await endOf(path).catch(() => null);
  if (end === null || end.text.includes('\0')) return [];
  const lines = end.text
    .split(/\r?\n/)
    .map((line) => stripAnsi(line.slice(line.lastIndexOf('\r') + 1)).trimEnd());
  // The first is cut somewhere, unless the file is that short.
  const whole = end.cut ? lines.slice(1) : lines;
  const last = whole.findLastIndex((line) => line !== '');
  return whole
    .slice(Math.max(0, last + 1 - LINES), last + 1)
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line));
}

async function endOf(path: string): Promise<{ text: string; cut: boolean }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return { text: buffer.toString('utf8', 0, bytesRead), cut: from > 0 };
  } finally {
    await file.close();
  }
}
