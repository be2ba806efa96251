import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/remedies/textEdit';

const at = (line: number, from: number, to = from) => ({
  start: { line, character: from },
  end: { line, character: to },
});

describe('applyEdits', () => {
  it('applies edits in any order, over all line ends', () => {
    const edits = [
      { range: at(2, 0), newText: 'X' },
      { range: at(0, 1, 2), newText: '' },
      { range: at(1, 0), newText: 'n\r\n' },
    ];
    expect(applyEdits('ab\r\ncd\nef', edits)).toBe('a\r\nn\r\ncd\nXef');
  });

  it('refuses overlapping edits', () => {
    const edits = [
      { range: at(0, 0, 2), newText: 'x' },
      { range: at(0, 1, 2), newText: 'y' },
    ];
    expect(() => applyEdits('abc', edits)).toThrow(RangeError);
  });
});
