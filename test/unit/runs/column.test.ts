import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column } from '../../../src/runs/column';

describe('Column', () => {
  it('holds what was pushed, in order, whatever it is', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.constant(Number.NaN)), { maxLength: 500 });
    fc.assert(
      fc.property(values, fc.nat(600), (pushed, from) => {
        const column = Column.from(pushed);
        expect(column.length).toBe(pushed.length);
        expect([...column.view()]).toEqual(pushed);
        expect([...column.view(from)]).toEqual(pushed.slice(from));
        expect(column.at(-1)).toEqual(pushed.at(-1) ?? Number.NaN);
        expect(column.at(from)).toEqual(pushed[from] ?? Number.NaN);
      }),
    );
  });

  it('holds a leading run of NaN and what comes after it', () => {
    const column = Column.from([...Array.from({ length: 200 }, () => Number.NaN), 1, 2]);
    expect([column.length, column.at(0), column.at(200), column.at(-1)]).toEqual([202, Number.NaN, 1, 2]);
  });
});
