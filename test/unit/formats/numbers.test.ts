import { describe, expect, it } from 'vitest';
import { parseLooseJson } from '../../../src/formats/looseJson';
import { parseNumber, parsePercent } from '../../../src/formats/numbers';

describe('parseNumber', () => {
  const numbers: readonly (readonly [string, number])[] = [
    ['0', 0],
    ['-0.75', -0.75],
    ['+3.', 3],
    ['.5', 0.5],
    ['4.6988e-04', 4.6988e-4],
    ['1E3', 1000],
    [' 12.5 ', 12.5],
    ['11,047', 11047],
    ['1,014.13', 1014.13],
    ['nan', Number.NaN],
    ['NaN', Number.NaN],
    ['-nan', Number.NaN],
    ['-nan(ind)', Number.NaN],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['INF', Infinity],
  ];
  it.each(numbers)('%s', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each([
    '',
    ' ',
    '-',
    '.',
    'abc',
    '0x10',
    '1,5',
    '1.2.3',
    '20ms',
    '97.5%',
    '1e',
    '--1',
    '2024-01-02',
    'info',
    '1 2',
  ])('refuses %j', (text) => expect(parseNumber(text)).toBeUndefined());

  it('lets a percent sign follow where one is expected', () => {
    expect(parsePercent('97.52%')).toBe(97.52);
    expect(parsePercent('97.52 GB')).toBeUndefined();
  });
});

describe('parseLooseJson', () => {
  it('reads the tokens that Python writes', () => {
    expect(parseLooseJson('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \\" Infinity"}')).toEqual({
      a: Number.NaN,
      b: [-Infinity, Infinity],
      c: 'NaN " Infinity',
    });
  });

  it.each(['', '{', '{"a": NaN', 'NaN NaN', '{"a": nan}'])('gives undefined for %j', (text) => {
    expect(parseLooseJson(text)).toBeUndefined();
  });
});
