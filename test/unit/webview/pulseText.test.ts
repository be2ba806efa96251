import { expect, test } from 'vitest';
import type { RunSummary } from '../../../src/protocol';
import { pulseText } from '../../../webview/pulseText';

const told = (about: Partial<RunSummary>, since = 0): string =>
  pulseText({ quiet: 2_000, progress: null, beginning: null, ...about } as RunSummary, since);

test('how far, how long still, and how long ago', () => {
  const progress = { unit: 'epoch', done: 12, total: 40, left: 65 * 60_000 } as const;
  expect(told({ progress })).toBe('epoch 12 of 40 · about 1:05 h left · last point 2 s ago');
  expect(told({ progress: { ...progress, left: null } }, 3_000)).toBe('epoch 12 of 40 · last point 5 s ago');
  expect(told({ progress: { ...progress, done: 40, left: 0 } })).toBe('epoch 40 of 40 · last point 2 s ago');
  expect(told({ quiet: 3 * 60_000 })).toBe('last point 3 min ago');
});
