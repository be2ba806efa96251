import { describe, expect, it } from 'vitest';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { wandb } from '../../../src/formats/wandb';
import { points, record } from './recording';
import { config, exit, history, output, runRecord, wandbFile } from './wandbFile';

describe('W&B run files', () => {
  it('are told by their first bytes', () => {
    const file = wandbFile(exit(0));
    expect(recogniseFormat(sampleOf('x', file)).format?.id).toBe('wandb');
    expect(recogniseFormat(sampleOf('run-1.wandb', file.subarray(1))).format).toBeNull();
  });

  it('give the history, the settings and the end', () => {
    const calls = record(wandb, [
      wandbFile(
        runRecord('digits', 'lively-sun-1', {
          lr: 0.001,
          tags: ['a'],
          _wandb: { cli: 1 },
          optim: { name: 'adam' },
        }),
        history({ loss: 2.5, _runtime: 3, _timestamp: 1.7e9, _step: 0 }),
        output('epoch 1 loss: 9\n'),
        config({ dropout: 0.2 }),
        history({ val_loss: Number.NaN, _step: 1 }),
        exit(1),
      ),
    ]);
    expect(calls).toEqual([
      'context project = digits',
      'context lr = 0.001',
      'context optim/name = adam',
      'context run_name = lively-sun-1',
      'at step=0 epoch=NaN time=1700000000000 line=NaN',
      'loss = 2.5',
      'context dropout = 0.2',
      'at step=1 epoch=NaN time=NaN line=NaN',
      'val_loss = NaN',
      'ended crashed at NaN: exit code 1',
    ]);
  });

  it('put the step of the script before the count of calls, and a count within the epoch after it', () => {
    const file = wandbFile(
      history({ loss: 1, iter: 250, _step: 1 }),
      history({ loss: 1, batch: 3, epoch: 2, _step: 40 }),
      history({ loss: 1, 'trainer/global_step': 99, epoch: 2, _step: 41 }),
      history({ loss: 1 }, 42),
      history({ loss: 1 }, 0),
    );
    expect(points(wandb, file)).toEqual([
      '250/- loss=1',
      '40/2 loss=1',
      '99/2 loss=1',
      '42/- loss=1',
      '0/- loss=1',
    ]);
  });

  it('read nested keys, and no numbers out of media', () => {
    const histogram = { _type: 'histogram', packedBins: { min: 0, size: 0.1, count: 64 } };
    const file = wandbFile(
      history({ 'train/loss': 2, 'grads/w': histogram, _step: 3 }, 3, true),
      history({ losses: { val: 1.5, sample: { _type: 'image-file', width: 28 } }, note: 'warm', _step: 4 }),
    );
    expect(points(wandb, file)).toEqual(['3/- train/loss=2', '4/- losses/val=1.5']);
  });

  it('join what a block cuts in two, and pass over records of output that are huge', () => {
    const rows = Array.from({ length: 900 }, (_, i) =>
      history({ loss: 1 / (i + 1), pad: 'x'.repeat(i % 90), _step: i }),
    );
    const huge = output('y'.repeat(1_300_000));
    const file = wandbFile(...rows, huge, history({ loss: 0.25, _step: 900 }));
    const read = points(wandb, file);
    expect(read).toHaveLength(901);
    expect(read.at(-1)).toBe('900/- loss=0.25');
  });

  it('wait for the rest of the last record', () => {
    const file = wandbFile(history({ loss: 3, _step: 0 }), history({ loss: 2, _step: 1 }));
    for (let cut = file.length - 20; cut < file.length; cut++) {
      expect(record(wandb, [file.subarray(0, cut)])).toHaveLength(2);
      expect(record(wandb, [file.subarray(0, cut), file.subarray(cut)])).toHaveLength(4);
    }
    expect(record(wandb, [Buffer.concat([file, Buffer.alloc(4096)])])).toHaveLength(4);
  });

  it('go on with the next block after a damaged one, and say so', () => {
    const rows = Array.from({ length: 900 }, (_, i) => history({ loss: 1, pad: 'x'.repeat(90), _step: i }));
    const file = wandbFile(...rows);
    file[40_000] = file[40_000]! ^ 1;
    const calls = record(wandb, [file]);
    const skips = calls.filter((call) => call.startsWith('skip'));
    expect(skips).toHaveLength(1);
    expect(skips[0]).toMatch(/byte \d+: a checksum is wrong/);
    expect(calls.at(-2)).toContain('step=899');
  });
});
