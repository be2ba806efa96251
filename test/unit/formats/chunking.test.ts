import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatById, formats } from '../../../src/formats/registry';
import { record } from './recording';
import { samples } from './samples';

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

describe('any split of the bytes gives the same calls', () => {
  it('has samples for every format', () => {
    expect(Object.keys(samples).sort()).toEqual(formats.map(({ id }) => id).sort());
  });

  for (const [id, files] of Object.entries(samples)) {
    const format = formatById(id)!;
    files.forEach((bytes, index) => {
      const whole = record(format, [bytes]);

      it(`${id} ${index}: at random places`, () => {
        expect(whole.length).toBeGreaterThan(1);
        fc.assert(
          fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
            expect(record(format, split(bytes, cuts))).toEqual(whole);
          }),
          { numRuns: 150 },
        );
      });

      it(`${id} ${index}: byte by byte`, () => {
        const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
        expect(record(format, single)).toEqual(whole);
      });
    });

    it(`${id}: random bytes do not throw`, () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 400 }),
          fc.array(fc.nat(), { maxLength: 4 }),
          (bytes, cuts) => {
            expect(record(format, split(bytes, cuts))).toEqual(record(format, [bytes]));
          },
        ),
      );
    });

    it(`${id}: lines of random pieces`, () => {
      const piece = fc.constantFrom(
        'epoch', ' ', '1', '0.5', ',', 'loss', ':', '=', '\r', '\n', '\b', '\u001b[0m', '{"', '"}', "{'", "'}", '[', ']', '|', '%|',
        '/', '(', ')', 'nan', '-', 'é', '\t', 'val_loss', '2/2 [==] - 1s - loss: 0.5', 'Epoch 1/3\n', '\0',
      ); // prettier-ignore
      fc.assert(
        fc.property(
          fc.array(piece, { maxLength: 60 }),
          fc.array(fc.nat(), { maxLength: 6 }),
          (pieces, cuts) => {
            const bytes = Buffer.from(pieces.join(''));
            expect(record(format, split(bytes, cuts))).toEqual(record(format, [bytes]));
          },
        ),
        { numRuns: 300 },
      );
    });
  }
});
