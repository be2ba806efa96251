import { describe, expect, it } from 'vitest';
import type { LogFormat, PointSink } from '../../../src/formats/format';
import { formats, recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { samples } from './samples';

/** Inputs for each format; all together more than 100,000. */
const INPUTS = 22_000;
/** The largest input in bytes. */
const LARGEST = 2_048;

/** A small generator with a seed (mulberry32): a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ODD = [
  'NaN',
  '-inf',
  '1e999',
  '\r',
  '\r\n',
  '\u0000',
  '{"',
  "{'",
  '%|',
  ':::MLP',
  '|',
  '---------- ',
  '\uFEFF',
  '"',
  '\\',
  '[',
  '9'.repeat(40),
];

/** Bytes of a real log with pieces taken out, doubled, exchanged and made odd; or no log at all. */
function input(seeds: readonly Buffer[], next: () => number): Buffer {
  const below = (n: number): number => Math.floor(next() * n);
  if (next() < 0.15) return Buffer.from(Array.from({ length: below(300) }, () => below(256)));
  const seed = seeds[below(seeds.length)]!;
  const start = next() < 0.5 ? 0 : below(seed.length);
  let bytes = Buffer.from(seed.subarray(start, start + LARGEST));
  for (let changes = below(6); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    const length = below(40);
    const kind = below(5);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 1)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
    else if (kind === 2)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(ODD[below(ODD.length)]!),
        bytes.subarray(at),
      ]);
    else if (kind === 3 && at < bytes.length) bytes[at] = below(256);
    else bytes = bytes.subarray(0, at);
  }
  return bytes;
}

/** What a format reads, given its bytes in pieces of any size: the calls, joined. */
function read(format: LogFormat, bytes: Buffer, next: (() => number) | null): string {
  const calls: string[] = [];
  const sink: PointSink = {
    at: (...of) => void calls.push(`at ${of.join()}`),
    value: (...of) => void calls.push(`value ${of.join()}`),
    skip: (...of) => void calls.push(`skip ${of.join()}`),
    context: (...of) => void calls.push(`context ${of.join()}`),
    ended: (...of) => void calls.push(`ended ${of.join()}`),
  };
  const parser = format.createParser(sink);
  for (let at = 0; at < bytes.length;) {
    const size = next ? 1 + Math.floor(next() * 200) : bytes.length;
    // A copy: the caller may use its buffer again.
    parser.push(Uint8Array.from(bytes.subarray(at, at + size)));
    at += size;
  }
  parser.end();
  // A line gives no more than it has characters for: memory stays in step with the input.
  expect(calls.length).toBeLessThanOrEqual(50 + bytes.length);
  return calls.join('\n');
}

describe('any bytes whatever', () => {
  const all = Object.values(samples)
    .flat()
    .map((bytes) => Buffer.from(bytes));
  const seedsOf = (id: string): Buffer[] => (samples[id] ?? []).map((bytes) => Buffer.from(bytes));

  it.each(formats.map((format) => [format.id, format] as const))(
    '%s: is read without a crash, and in pieces as in one',
    { timeout: 300_000 },
    (id, format) => {
      const next = random([...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
      for (let i = 0; i < INPUTS; i++) {
        const bytes = input(i % 3 === 0 ? all : seedsOf(id), next);
        const whole = read(format, bytes, null);
        if (i % 8 === 0)
          expect([id, bytes.toString('base64'), read(format, bytes, next)]).toEqual([
            id,
            bytes.toString('base64'),
            whole,
          ]);
      }
    },
  );

  it('are recognised as something or nothing', { timeout: 300_000 }, () => {
    const next = random(11);
    for (let i = 0; i < INPUTS / 4; i++) {
      const { tried } = recogniseFormat(
        sampleOf(`/a/${i % 2 ? 'train.log' : 'metrics.csv'}`, input(all, next)),
      );
      expect(tried.length).toBeGreaterThan(0);
    }
  });
});
