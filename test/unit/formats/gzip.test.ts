import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { record } from './recording';

const CSV = `epoch,loss,val_loss\n${Array.from({ length: 300 }, (_, i) => `${i},${1 / (i + 1)},${2 / (i + 1)}\n`).join('')}`;
const formatOf = (bytes: Uint8Array, path = 'log.csv.gz') => recogniseFormat(sampleOf(path, bytes)).format!;

describe('logs that are compressed with gzip', () => {
  it('are told by what is in them', () => {
    const format = formatOf(gzipSync(CSV));
    expect(format.id).toBe('csv');
    expect(formatOf(gzipSync(`${CSV}300,1,1\n`))).toBe(format);
    expect(recogniseFormat(sampleOf('log.csv.gz', gzipSync('Dear diary,\nnothing.\n'))).format).toBeNull();
    expect(
      recogniseFormat(sampleOf('log.csv.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))).format,
    ).toBeNull();
  });

  it('give the same as unpacked, however the bytes arrive and of however many members they are', () => {
    const plain = record(formatOf(Buffer.from(CSV), 'log.csv'), [Buffer.from(CSV)]);
    const bytes = Buffer.concat([gzipSync(CSV.slice(0, 1000)), gzipSync(CSV.slice(1000))]);
    const format = formatOf(bytes);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        expect(record(format, pieces)).toEqual(plain);
      }),
    );
    expect(plain.length).toBeGreaterThan(600);
  });

  it('are read as far as they go', () => {
    const bytes = gzipSync(CSV);
    const format = formatOf(bytes);
    const cut = record(format, [bytes.subarray(0, bytes.length - 500)]);
    expect(cut.length).toBeGreaterThan(300);
    const spoilt = Buffer.concat([bytes.subarray(0, 2500), Buffer.alloc(900, 0xff)]);
    expect(
      record(format, [spoilt])
        .filter((call) => call.startsWith('skip'))
        .join(),
    ).toContain("can't be unpacked");
  });

  it('are not read on when they unpack to a thousand times as much', () => {
    const bytes = gzipSync(Buffer.concat([Buffer.from(CSV), Buffer.alloc(120 * 1024 * 1024, 0x0a)]));
    const said = record(formatOf(bytes), [bytes]);
    expect(said.at(-1)).toContain('unpacks to more than 200 times its size');
    expect(said.filter((call) => call.startsWith('loss'))).toHaveLength(300);
  });
});
