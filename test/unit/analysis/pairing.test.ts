import { describe, expect, test } from 'vitest';
import type { MetricIdentity } from '../../../src/formats/metricName';
import { viewRun } from '../../../src/analysis/pairing';
import { Series } from '../../../src/runs/series';
import { curveOf, makeRun, makeSeries } from './makeRun';

const lower = (name: string, split: MetricIdentity['split']): MetricIdentity => ({
  name,
  split,
  direction: 'lower',
  unit: null,
});

describe('viewRun', () => {
  test('prefers the per-epoch variant', () => {
    const run = makeRun({
      extra: [
        makeSeries(
          'train_loss_step',
          lower('loss', 'train'),
          curveOf(200, (t) => 2 - t),
        ),
        makeSeries(
          'train_loss_epoch',
          lower('loss', 'train'),
          curveOf(10, (t) => 2 - t),
        ),
      ],
    });
    expect(viewRun(run).train?.series.key).toBe('train_loss_epoch');
  });

  test('a mean over the whole run is no curve', () => {
    const run = makeRun({
      loss: curveOf(20, (t) => 2 - t),
      extra: [makeSeries('train_loss', lower('loss', 'train'), [0.6])],
    });
    expect(viewRun(run).train?.series.key).toBe('loss');
  });

  test('adds up the parts of a detector loss that has no total', () => {
    const extra = (['train', 'val'] as const).flatMap((split) =>
      ['box_loss', 'cls_loss'].map((part) =>
        makeSeries(
          `${split}/${part}`,
          lower(part, split),
          curveOf(10, (t) => 2 - t),
        ),
      ),
    );
    const view = viewRun(makeRun({ extra }));
    expect(view.train?.members).toEqual([0, 1]);
    expect(view.val?.members).toEqual([2, 3]);
    expect(view.train?.y[0]).toBe(4);
  });

  test.each([
    ['adversarial', ['loss_G', 'loss_D']],
    ['adversarial', ['generator_loss', 'discriminator_loss']],
    ['adversarial', ['G_GAN', 'G_L1', 'D_real', 'D_fake']],
    ['adversarial', ['dis_loss', 'gen_loss']],
    ['adversarial', ['d_loss', 'adv_loss']],
    ['reinforcement', ['train/policy_loss', 'train/value_loss']],
    ['reinforcement', ['loss', 'charts/episodic_return']],
    ['reinforcement', ['Loss', 'Return']],
    ['supervised', ['loss', 'adv_loss', 'clean_loss', 'distance_loss']],
    ['supervised', ['loss', 'loss_dfl', 'loss_giou']],
    ['supervised', ['loss', 'rewards/chosen', 'Train reward margins']],
  ] as const)('%s: %j', (kind, keys) => {
    const extra = keys.map((key) =>
      makeSeries(key, lower(/reward/.test(key) ? key : 'loss', 'train'), [1, 2, 3]),
    );
    expect(viewRun(makeRun({ extra })).kind).toBe(kind);
  });

  test('a "return" in the source that a log begins with makes no agent of it', () => {
    const loss = Array.from({ length: 400 }, (_, i) => 5 / (i + 1));
    const extra = [makeSeries('return', lower('return', 'train'), [1, 2, 1, 0])];
    expect(viewRun(makeRun({ loss, extra })).kind).toBe('supervised');
  });

  test('aligns evaluations by epoch with a training loss by step', () => {
    const train = new Series('loss', lower('loss', 'train'));
    for (let i = 0; i < 100; i++) train.append(i * 1000, 10 - i / 10, (i + 1) / 10, Number.NaN, i);
    const val = makeSeries(
      'val_loss',
      lower('loss', 'val'),
      curveOf(10, () => 5),
    );
    const view = viewRun(makeRun({ extra: [train, val] }));
    expect(view.trainAtVal?.[9]).toBeCloseTo(10 - 94.5 / 10, 5);
  });

  test('evaluations of an earlier run in the file are left out', () => {
    const train = new Series('loss', lower('loss', 'train'));
    const val = new Series('val_loss', lower('loss', 'val'));
    let line = 1;
    for (let run = 0; run < 2; run++) {
      for (let i = 0; i < 20; i++) {
        train.append(i, run, Number.NaN, Number.NaN, line++);
        if (i % 2 === 1 && (run === 0 || i < 6)) val.append(i, run, Number.NaN, Number.NaN, line++);
      }
    }
    expect([...(viewRun(makeRun({ extra: [train, val] })).val?.y ?? [])]).toEqual([1, 1, 1]);
  });

  test('a column of zeros is no curve', () => {
    expect(viewRun(makeRun({ loss: curveOf(20, () => 0) })).train).toBeNull();
  });
});
