import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogFormat } from '../../../src/formats/format';
import { formatById } from '../../../src/formats/registry';
import { samples } from './samples';

/** What the parser said of `pending`, and whether `end` then reported something. */
function ask(format: LogFormat, bytes: Uint8Array): { pending: boolean; reported: boolean } {
  let calls = 0;
  const count = (): void => void calls++;
  const sink = { at: () => undefined, value: count, skip: count, context: count, ended: count };
  const parser = format.createParser(sink);
  parser.push(bytes);
  const before = calls;
  const { pending } = parser;
  expect(calls).toBe(before);
  parser.end();
  return { pending, reported: calls > before };
}

describe('pending is true exactly when the end would report something', () => {
  for (const [id, files] of Object.entries(samples)) {
    it(id, () => {
      fc.assert(
        fc.property(fc.constantFrom(...files), fc.nat(), (bytes, cut) => {
          const { pending, reported } = ask(formatById(id)!, bytes.subarray(0, cut % (bytes.length + 1)));
          expect(pending).toBe(reported);
        }),
        { numRuns: 400 },
      );
    });
  }

  it.each([
    ['text', 'epoch 1 loss: 0.5\nSaving the mod', false],
    ['text', 'epoch 1 loss: 0.5\nepoch 2 loss: 0.4', true],
    ['text', 'Epoch 1/2\n5/5 [====] - 1s - loss: 0.8\n', true],
    ['text', 'Epoch 1/2\n5/5 [====] - 1s - loss: 0.8 - val_loss: 0.7\n5/5 [====] - 1s - loss: 0.9\n', false],
    ['csv', 'epoch,loss', false],
    ['csv', 'epoch,loss\n1,2', true],
    ['csv', 'n,loss\n1,2\n', true],
    ['jsonl', '{"step": 1, "loss": 2}\n<<<<', false],
  ])('%s %j: %s', (id, text, expected) => {
    for (const bytes of [Buffer.from(text), Buffer.from(`${'\n'.repeat(64)}${text}`)])
      expect(ask(formatById(id)!, bytes)).toEqual({ pending: expected, reported: expected });
  });
});
