import { expect, it } from 'vitest';
import { readMessage } from '../../../src/editor/fromPage';

it.each([
  { type: 'learn', technique: 'dropout' },
  { type: 'fix', technique: 'ema', kind: 'python' },
  { type: 'preview', technique: 'ema', kind: 'config' },
  { type: 'reveal', line: 3, id: 'a', file: null },
])('takes $type as it is', (message) => expect(readMessage({ ...message, more: 1 })).toEqual(message));

it.each([
  { type: 'learn', technique: '../../package' },
  { type: 'learn', technique: 'constructor' },
  { type: 'learn' },
  { type: 'fix', technique: 'toString', kind: 'python' },
  { type: 'fix', technique: 'ema', kind: 'shell' },
  { type: 'preview', technique: 'ema', kind: 'shell' },
  { type: 'preview', technique: '__proto__', kind: 'python' },
  { type: 'reveal', line: 0 },
])('ignores %j', (message) => expect(readMessage(message)).toBeNull());
