import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Condenser } from '../../../src/streams/condense';
import { text as textFormat } from '../../../src/formats/text';
import { points } from '../formats/recording';

const condense = (...parts: string[]): string => {
  const condenser = new Condenser();
  return parts.map((part) => condenser.push(part)).join('') + condenser.end();
};

describe('what is kept of a terminal', () => {
  it.each([
    ['a\r\nb\r\n', 'a\nb\n'],
    ['\u001b]633;C\u0007a\r\n', 'a\n'],
    ['  1%\r  2%\r  3%\r\nnext', '  1%\r  3%\nnext'],
    ['x\b\b\by 1/9\b\b\by 2/9\n', 'x\ry 2/9\n'],
    ['a 98%\ra 99%\ra 100%\r        \rb 0%\rb 1%\r\n', 'a 98%\ra 100%\rb 1%\n'],
    ['Epoch 0: 98%\rEpoch 0: 100%\rEpoch 1: 0%\rEpoch 1: 1%', 'Epoch 0: 98%\rEpoch 0: 100%\rEpoch 1: 1%'],
    ['head\rno numbers\rmore words\r5 %', 'head\rno numbers\rmore words\r5 %'],
  ])('%j', (given, kept) => expect(condense(given)).toBe(kept));

  it('knows a line end that came in two pieces', () => {
    expect(condense('a\r', '\nb\r', 'c')).toBe('a\nb\rc');
  });
});

/** Three epochs of a tqdm bar with its losses, as a terminal gets it. */
const bars = [0, 1, 2]
  .map((epoch) => {
    const redraws = Array.from({ length: 21 }, (_, i) => {
      const share = `${String(i * 5).padStart(3)}%|${'█'.repeat(i).padEnd(20)}| ${i}/20`;
      return `\rEpoch ${epoch}: ${share} [00:0${i % 10}<00:10, 4.30it/s, loss=${(2 / (epoch + 1) - i / 100).toFixed(3)}]`;
    });
    return `${redraws.join('')}\r\nEpoch ${epoch} val_loss: ${(1 / (epoch + 1)).toFixed(3)}\r\n`;
  })
  .join('');

describe('a progress bar', () => {
  it('tells the same curves, however its output was split', () => {
    const whole = points(textFormat, bars);
    expect(whole.length).toBeGreaterThanOrEqual(6);
    fc.assert(
      fc.property(fc.array(fc.nat(bars.length), { maxLength: 30 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bars.length];
        const parts = places.slice(1).map((end, i) => bars.slice(places[i], end));
        expect(points(textFormat, condense(...parts))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('that is drawn for an hour takes little room', () => {
    const redraws = Array.from({ length: 20_000 }, (_, i) => `\r ${i}/20000 loss ${i}`);
    expect(condense(redraws.join('')).length).toBeLessThan(100);
  });
});
