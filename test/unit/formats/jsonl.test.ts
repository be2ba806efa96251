import { describe, expect, it } from 'vitest';
import { jsonl } from '../../../src/formats/jsonl';
import { sampleOf } from '../../../src/formats/registry';
import { points, recordText } from './recording';

describe('jsonl parser', () => {
  it('flattens, reads numbers in strings and NaN tokens, and takes the most trustworthy step', () => {
    const text =
      '{"_step": 9, "iteration": 20, "train": {"loss": "1.5", "deep": {"acc": [0.5]}}, "lr": NaN, "name": "x", "l": [1, 2]}\n';
    expect(points(jsonl, text)).toEqual(['20/- train/loss=1.5', '20/- train/deep/acc=0.5', '20/- lr=NaN']);
  });

  it('passes over the settings in each record, and counts images where nothing else is counted', () => {
    expect(points(jsonl, '{"training_iteration": 1, "loss": 2, "config": {"lr": 0.1, "loss": 3}}\n')).toEqual(
      ['1/- loss=2'],
    );
    expect(points(jsonl, '{"Loss/G/loss": {"mean": 0.7}, "Progress/kimg": {"mean": 4}}\n')).toEqual([
      '4/- Loss/G/loss/mean=0.7',
    ]);
  });

  it('takes the split from a field', () => {
    expect(points(jsonl, '{"phase": "validation", "epoch": 1, "loss": 2, "lr": 0.1}\n')).toEqual([
      '-/1 loss=2 val',
      '-/1 lr=0.1',
    ]);
  });

  it('reads a step that is printed with its total', () => {
    expect(recordText(jsonl, '{"loss": 1, "global_step/max_steps": "10/438"}\n')).toEqual([
      'context total_steps = 438',
      'at step=10 epoch=NaN time=NaN line=1',
      'loss = 1',
    ]);
  });

  it('lays MMDetection epochs end to end, and validation at the end of its epoch', () => {
    const text =
      '{"mode": "train", "epoch": 1, "iter": 50, "loss": 3}\n{"mode": "train", "epoch": 1, "iter": 100, "loss": 2}\n' +
      '{"mode": "val", "epoch": 1, "iter": 14659, "bbox_mAP": 0.2}\n{"mode": "train", "epoch": 2, "iter": 50, "loss": 1}\n';
    expect(points(jsonl, text)).toEqual([
      '50/1 loss=3 train',
      '100/1 loss=2 train',
      '100/1 bbox_mAP=0.2 val',
      '150/2 loss=1 train',
    ]);
  });

  it('sees that the step of an MMEngine validation is its epoch', () => {
    const text = '{"loss": 3, "epoch": 1, "step": 100}\n{"accuracy/top1": 4.8, "step": 1}\n';
    expect(points(jsonl, text)).toEqual(['100/1 loss=3', '-/1 accuracy/top1=4.8']);
  });

  it('skips what is no JSON: prose silently, a broken object with its line', () => {
    expect(recordText(jsonl, '<<<<<<< HEAD\n{"loss": 1, "step": \n{"loss": 2, "step": 3}')).toEqual([
      'skip 2: not a whole JSON object',
      'at step=3 epoch=NaN time=NaN line=3',
      'loss = 2',
    ]);
  });

  it('passes hostile keys through as text', () => {
    expect(points(jsonl, '{"<img src=x onerror=alert(1)>": 1, "__proto__": 2}\n')).toEqual([
      '-/- <img src=x onerror=alert(1)>=1',
      '-/- __proto__=2',
    ]);
  });
});

describe('jsonl recognition', () => {
  const confidence = (text: string): number =>
    jsonl.recognise(sampleOf('x.json', Buffer.from(text))).confidence;

  it('wants two metrics at rising positions', () => {
    expect(confidence('{"step": 1, "loss": 2}\n{"step": 2, "loss": 1}\n')).toBeGreaterThan(0.9);
    expect(confidence('{"step": 1, "loss": 2}\n')).toBe(0);
    expect(confidence('{"step": 9, "score": 2}\n{"step": 2, "score": 1}\n')).toBe(0);
    expect(confidence('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n')).toBe(0);
  });
});
