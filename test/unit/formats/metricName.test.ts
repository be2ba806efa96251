import { describe, expect, it } from 'vitest';
import { identifyMetric, isMetricWord, useOwnNames } from '../../../src/formats/metricName';
import { ownNames } from '../../../src/formats/ownNames';

/** key, name, split, direction: conventions of real tools. */
const table: readonly (readonly [string, string, string | null, string])[] = [
  ['loss', 'loss', null, 'lower'],
  ['tr_loss', 'loss', 'train', 'lower'],
  ['train/loss', 'loss', 'train', 'lower'],
  ['Loss/train', 'loss', 'train', 'lower'],
  ['loss_train', 'loss', 'train', 'lower'],
  ['epoch_loss', 'loss', null, 'lower'],
  ['lm loss', 'loss', null, 'lower'],
  ['trl', 'loss', 'train', 'lower'],
  ['tel', 'loss', 'val', 'lower'],
  ['train_loss_step', 'loss', 'train', 'lower'],
  ['train_loss_epoch', 'loss', 'train', 'lower'],
  ['The loss', 'loss', null, 'lower'],
  ['The training loss', 'loss', 'train', 'lower'],
  ['the validation loss', 'loss', 'val', 'lower'],
  ['Training... loss', 'loss', 'train', 'lower'],
  ['trainLoss', 'loss', 'train', 'lower'],
  ['TrLoss', 'loss', 'train', 'lower'],
  ['VaLoss', 'loss', 'val', 'lower'],
  ['VaAcc', 'accuracy', 'val', 'higher'],
  ['lossTrain', 'loss', 'train', 'lower'],
  ['LossVal', 'loss', 'val', 'lower'],
  ['accTest', 'accuracy', 'test', 'higher'],
  ['vl_loss', 'loss', 'val', 'lower'],
  ['va_acc', 'accuracy', 'val', 'higher'],
  ['vloss', 'loss', 'val', 'lower'],
  ['valset_loss', 'loss', 'val', 'lower'],
  ['trainset loss', 'loss', 'train', 'lower'],
  ['train_set_loss', 'loss', 'train', 'lower'],
  ['value_loss', 'value_loss', null, 'lower'],
  ['TrueLoss', 'TrueLoss', null, 'lower'],
  ['loss/train/total', 'loss', 'train', 'lower'],
  ['moving ave loss', 'loss', null, 'lower'],
  ['测试集上的Loss', 'loss', 'test', 'lower'],
  ['val/box_loss', 'box_loss', 'val', 'lower'],
  ['train/CrossEntropyLoss', 'CrossEntropyLoss', 'train', 'lower'],
  ["valid_0's binary_logloss", 'binary_logloss', 'val', 'lower'],
  ['eval-logloss', 'logloss', 'val', 'lower'],
  ['validation_1-rmse', 'rmse', 'val', 'lower'],
  ['MultiClass', 'MultiClass', null, 'lower'],
  ['val_acc', 'accuracy', 'val', 'higher'],
  ['Acc@1', 'accuracy', null, 'higher'],
  ['Acc@5', 'Acc@5', null, 'higher'],
  ['accuracy/top1', 'accuracy', null, 'higher'],
  ['test_acc1', 'accuracy', 'test', 'higher'],
  ['metrics/mAP50-95(B)', 'metrics/mAP50-95(B)', null, 'higher'],
  ['rollout/ep_rew_mean', 'rollout/ep_rew_mean', null, 'higher'],
  ['dev_f1', 'f1', 'val', 'higher'],
  ['val_dice_coef', 'dice_coef', 'val', 'higher'],
  ['ppl', 'perplexity', null, 'lower'],
  ['lr', 'learning_rate', null, 'none'],
  ['lr-AdamW', 'learning_rate', null, 'none'],
  ['lr/pg0', 'learning_rate', null, 'none'],
  ['gnorm', 'grad_norm', null, 'none'],
  ['optim/total_grad_norm', 'grad_norm', null, 'none'],
  ['loss scale', 'loss scale', null, 'none'],
  ['eval_runtime', 'runtime', 'val', 'none'],
  ['train_samples_per_second', 'samples_per_second', 'train', 'none'],
  ['weight', 'weight', null, 'none'],
  ['acceleration', 'acceleration', null, 'none'],
  ['time/fps', 'time/fps', null, 'none'],
  ['latest', 'latest', null, 'none'],
  ['train_elbo', 'elbo', 'train', 'higher'],
  ['val_neg_elbo', 'neg_elbo', 'val', 'lower'],
  ['-ELBO', '-ELBO', null, 'lower'],
  ['val_log_likelihood', 'log_likelihood', 'val', 'higher'],
  ['test negative log-likelihood', 'negative log-likelihood', 'test', 'lower'],
  ['val_bits_per_dim', 'bits_per_dim', 'val', 'lower'],
  ['bits per second', 'bits per second', null, 'none'],
];

describe('identifyMetric', () => {
  it.each(table)('%s', (key, name, split, direction) => {
    expect(identifyMetric(key)).toMatchObject({ name, split, direction });
  });

  it('takes the unit from the name', () => {
    expect(identifyMetric('acc%')).toMatchObject({ name: 'accuracy', unit: '%' });
    expect(identifyMetric('acc').unit).toBeNull();
  });

  it('leaves hostile names as text', () => {
    const key = '<img src=x onerror=alert(1)>';
    expect(identifyMetric(key).name).toBe(key);
  });

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])(
    'takes %s for an unknown name',
    (key) => expect(identifyMetric(key)).toEqual({ name: key, split: null, direction: 'none', unit: null }),
  );

  it('stays quick for long names', () => {
    expect(identifyMetric('val_'.repeat(100_000)).direction).toBe('none');
  });
});

describe('isMetricWord', () => {
  it.each(['loss', 'val_acc', 'lr', 'grad norm'])('%s is one', (name) =>
    expect(isMetricWord(name)).toBe(true),
  );
  it.each(['time', 'batch size', 'epoch', 'weight'])('%s is none', (name) =>
    expect(isMetricWord(name)).toBe(false),
  );
});

describe('what the user says of a name', () => {
  const identity = (key: string): string => {
    const { name, split, direction } = identifyMetric(key);
    return `${name} ${split} ${direction}`;
  };

  it('is stronger than any convention, and is gone when it is taken back', () => {
    const before = identity('holdout_nll');
    const { known, problems } = ownNames({
      holdout_nll: 'val loss',
      train_x: 'val',
      'my score': 'f1',
      constructor: 'test accuracy',
    });
    expect(problems).toEqual([]);
    useOwnNames(known);
    expect(identity('holdout_nll')).toBe('loss val lower');
    expect(identity('train_x')).toMatch(/ val /);
    expect(identity('my score')).toBe('f1 null higher');
    expect(identity('constructor')).toBe('accuracy test higher');
    expect(identity('loss')).toBe('loss null lower');
    useOwnNames(new Map());
    expect(identity('holdout_nll')).toBe(before);
  });

  it.each([3, '', 'banana', 'constructor', '__proto__', 'val <img>', null])(
    'is told where it is no meaning: %j',
    (meaning) => {
      const { known, problems } = ownNames({ x: meaning });
      expect(known.size).toBe(0);
      expect(problems[0]).toMatch(/^The meaning of the metric "x"/);
    },
  );
});
