import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/formats/csv';
import type { LogFormat } from '../../../src/formats/format';
import { hfTrainerState } from '../../../src/formats/hfTrainerState';
import { jsonl } from '../../../src/formats/jsonl';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { text } from '../../../src/formats/text';
import { tfevents } from '../../../src/formats/tfevents';
import { event, simpleValue, versionRecord } from './eventFile';
import { points } from './recording';

/** What every object of JavaScript has already. */
const KEYS = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
const HEADER = ['epoch', 'loss', ...KEYS].join(',');
const OBJECT = `{"epoch": 1, "step": 1, "loss": 0.5, ${KEYS.map((key) => `"${key}": 0.25`).join(', ')}}`;

/** A log of two records that hold a loss and all the keys. */
const logs: readonly (readonly [LogFormat, string, Uint8Array])[] = [
  [csv, 'log.csv', Buffer.from(`${HEADER}\n${[1, 2].map((epoch) => `${epoch},0.5${',0.25'.repeat(KEYS.length)}\n`).join('')}`)],
  [jsonl, 'log.jsonl', Buffer.from(`${OBJECT}\n${OBJECT.replace('1', '2')}\n`)],
  [hfTrainerState, 'trainer_state.json', Buffer.from(`{"epoch": 1.0, "global_step": 2, "log_history": [${OBJECT}, ${OBJECT.replace('1', '2')}], "max_steps": 2}`)],
  [tfevents, 'events.out.tfevents.1', Buffer.concat([versionRecord(), ...[1, 2].flatMap((step) => ['loss', ...KEYS].map((key) => event(step, 1.6e9, simpleValue(key, 0.25))))])],
  [text, 'train.log', Buffer.from([1, 2].map((epoch) => `epoch ${epoch} loss: 0.5 ${KEYS.map((key) => `${key}: 0.25`).join(' ')}\n`).join(''))],
  [text, 'train.log', Buffer.from([1, 2].map((epoch) => `{'loss': 0.5, ${KEYS.map((key) => `'${key}': 0.25`).join(', ')}, 'epoch': ${epoch}}\n`).join(''))],
]; // prettier-ignore

describe('keys that every object has', () => {
  it.each(logs)('$id reads them as any other key', (format, path, bytes) => {
    const recognised = recogniseFormat(sampleOf(path, bytes));
    expect(recognised.format?.id).toBe(format.id);
    const read = points(format, bytes);
    expect(read.filter((point) => / loss=/.test(point))).toHaveLength(2);
    const pairs = format.id === 'text' && read.length === 2;
    for (const key of KEYS)
      expect(read.filter((point) => point.includes(` ${key}=0.25`))).toHaveLength(pairs ? 0 : 2);
  });

  // A name in a table begins with a letter.
  it.each(KEYS.slice(0, 4))('%s may stand in a table', (key) => {
    expect(points(text, `| epoch | ${key} | loss |\n|---|---|---|\n| 1 | 0.25 | 0.5 |\n`)).toEqual([
      `-/1 ${key}=0.25`,
      '-/1 loss=0.5',
    ]);
  });
});
