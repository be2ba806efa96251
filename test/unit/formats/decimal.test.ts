import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalAt } from '../../../src/formats/decimal';

const read = (text: string): number | undefined => {
  const bytes = Buffer.from(`9${text}9`);
  return decimalAt(bytes, 1, bytes.length - 1);
};

describe('decimalAt gives the double that Number gives', () => {
  it('for doubles as they are printed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value))).toBe(Number(String(value)));
        expect(read(value.toPrecision(7))).toBe(Number(value.toPrecision(7)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('for any digits, point and exponent', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 22 }).map((list) => list.join(''));
    const exponent = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined });
    fc.assert(
      fc.property(fc.constantFrom('', '-', '+'), digits, digits, exponent, (sign, whole, fraction, power) => {
        fc.pre(whole + fraction !== '');
        const text = `${sign}${whole}.${fraction}${power === undefined ? '' : `e${power}`}`;
        expect(read(text)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('in the middle between two doubles, and next to it', () => {
    for (const text of [
      '9007199254740993',
      '9007199254740993.1',
      '1.00000000000000011102230246251565',
      '4503599627370497.5',
    ])
      expect(read(text)).toBe(Number(text));
  });

  it.each(['', '-', '.', 'e5', '1e', '1e+', '1.2.3', '1,2', '0x1', 'nan', ' 1', '1 '])('not for %j', (text) =>
    expect(read(text)).toBeUndefined(),
  );
});
