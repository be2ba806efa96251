import { expect, it } from 'vitest';
import { readMessage } from '../../../src/editor/fromPage';

const part = { series: [0, 2], axis: 'step', min: 1, max: 9, log: true, columns: 800 };

it.each([
  { type: 'detail', id: 'a', request: 3, part },
  { type: 'learn', technique: 'dropout' },
  { type: 'fix', technique: 'ema', kind: 'python' },
  { type: 'preview', technique: 'ema', kind: 'config' },
  { type: 'reveal', line: 3, id: 'a', file: null },
])('takes $type as it is', (message) => expect(readMessage({ ...message, more: 1 })).toEqual(message));

it.each([
  { type: 'detail', id: 'a', request: 3, part: { ...part, columns: 1e9 } },
  { type: 'detail', id: 'a', request: 3, part: { ...part, min: 10 } },
  { type: 'detail', id: 'a', request: 3, part: { ...part, min: 0 } },
  { type: 'detail', id: 'a', request: 3, part: { ...part, max: Number.NaN } },
  { type: 'detail', id: 'a', request: 3, part: { ...part, series: [-1] } },
  { type: 'detail', id: 'a', request: 3 },
  { type: 'learn', technique: '../../package' },
  { type: 'learn', technique: 'constructor' },
  { type: 'learn' },
  { type: 'fix', technique: 'toString', kind: 'python' },
  { type: 'fix', technique: 'ema', kind: 'shell' },
  { type: 'preview', technique: 'ema', kind: 'shell' },
  { type: 'preview', technique: '__proto__', kind: 'python' },
  { type: 'reveal', line: 0 },
])('ignores %j', (message) => expect(readMessage(message)).toBeNull());
