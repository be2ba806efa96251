import { describe, expect, it } from 'vitest';
import { allennlpEpoch } from '../../../src/formats/allennlpEpoch';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { points } from './recording';

const document =
  '{"best_epoch": 0, "epoch": 3, "training_duration": "0:07:35", "training_cpu_memory_MB": 1580.6, "training_loss": 0.5, ' +
  '"validation_accuracy": 0.76, "validation_loss": NaN, "best_validation_loss": 0.4}';

describe('AllenNLP metrics', () => {
  it('are told by name and content', () => {
    const formatOf = (path: string, text = document) =>
      recogniseFormat(sampleOf(path, Buffer.from(text))).format?.id;
    expect(formatOf('out/metrics_epoch_3.json')).toBe('allennlp');
    expect(formatOf('out/metrics.json')).toBeUndefined();
    expect(formatOf('metrics_epoch_3.json', '{"epoch": 3}')).toBeUndefined();
  });

  it('give one point of each curve', () => {
    expect(points(allennlpEpoch, document)).toEqual([
      '-/3 training_loss=0.5',
      '-/3 validation_accuracy=0.76',
      '-/3 validation_loss=NaN',
    ]);
  });
});
