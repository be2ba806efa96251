import { describe, expect, it } from 'vitest';
import { age, plainMessage } from '../../../src/editor/words';

describe('plainMessage', () => {
  it('breaks up links that a metric name or a path would smuggle into a notification', () => {
    const text = plainMessage('"loss [Click](command:workbench.action.quit)" is NaN');
    expect(text).not.toMatch(/\]\(/);
    expect(text.replaceAll('\u200b', '')).toBe('"loss [Click](command:workbench.action.quit)" is NaN');
  });

  it('leaves control characters out and everything else as it is', () => {
    expect(plainMessage('a\u0007\nb')).toBe('a b');
    expect(plainMessage('runs/träning [1] (2).csv')).toBe('runs/träning [1] (2).csv');
  });
});

describe('age', () => {
  it.each([
    [0, 'now'],
    [5, '5 min'],
    [60 * 3, '3 h'],
    [60 * 24 * 3, '3 d'],
  ])('%i minutes ago is %j', (minutes, word) => {
    expect(age(0, minutes * 60_000)).toBe(word);
  });
});
