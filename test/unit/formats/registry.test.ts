import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatById, formats, recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { samples } from './samples';

const folder = new URL('../../fixtures/logs/', import.meta.url);

describe('registry', () => {
  it('finds formats by id', () => {
    expect(formats.map(({ id }) => formatById(id)?.id)).toEqual([
      'tfevents',
      'wandb',
      'mlflow',
      'mlflow-db',
      'hf-trainer-state',
      'allennlp',
      'monitor-csv',
      'kaldi',
      'jsonl',
      'json-history',
      'csv',
      'text',
    ]);
    expect(formatById('nothing')).toBeUndefined();
  });

  it.each(readdirSync(folder))('recognises the fixture %s', (name) => {
    const found = recogniseFormat(sampleOf(name, readFileSync(new URL(name, folder))));
    expect(found.format?.id ?? 'none').toBe(name.split('.')[0]);
  });

  it('recognises what it can of the parser samples', () => {
    const found = Object.keys(samples).map(
      (id) =>
        recogniseFormat(sampleOf(id === 'allennlp' ? 'metrics_epoch_3.json' : 'x', samples[id]![0]!)).format
          ?.id,
    );
    expect(found).toEqual(Object.keys(samples));
  });

  it('says why for every format', () => {
    const found = recogniseFormat(sampleOf('a.txt', Buffer.from('hello\nworld\n')));
    expect(found.format).toBeNull();
    expect(found.tried.map(({ id }) => id)).toEqual(formats.map(({ id }) => id));
    expect(found.tried.every(({ why }) => why.length > 3)).toBe(true);
  });

  it('says that a Git LFS pointer is one', () => {
    const found = recogniseFormat(
      sampleOf('metrics.csv', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n')),
    );
    expect(found.format).toBeNull();
    expect(found.tried[0]!.why).toContain('Git LFS pointer');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        (bytes) => recogniseFormat(sampleOf('x', bytes)).tried.length > 0,
      ),
    );
  });

  it('takes empty files', () => {
    expect(recogniseFormat(sampleOf('x', new Uint8Array(0))).format).toBeNull();
  });
});
