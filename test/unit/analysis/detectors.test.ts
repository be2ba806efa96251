import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/analysis/detect';
import type { Finding } from '../../../src/analysis/diagnosis';
import { notFaults } from '../../../src/analysis/model/notFaults';
import { simulate } from '../../../src/analysis/model/simulate';
import { viewRun } from '../../../src/analysis/pairing';
import { curveOf, makeRun, makeSeries, type RunParts } from './makeRun';

const find = (parts: RunParts): Finding[] => detect(viewRun(makeRun(parts)));
const falling = (count: number, to = 0.2) => curveOf(count, (t) => to + (2 - to) * Math.exp(-6 * t));
const turning = curveOf(40, (t) => (t < 0.3 ? 2 - 4 * t : 0.8 + 0.9 * (t - 0.3)));
const wobble = (i: number) => 1 + 0.03 * Math.sin(i * 12.9898);

describe('each detector fires on its construct', () => {
  test('val-loss-rising', () => {
    const [lead] = find({ loss: falling(40, 0.05), val_loss: turning });
    expect(lead).toMatchObject({
      id: 'val-loss-rising',
      severity: 'error',
      family: 'overfitting',
      best: { step: 13 },
    });
    expect(lead?.onset?.step).toBeGreaterThanOrEqual(12);
    expect(lead?.message).toMatch(/^"val_loss" rose \d+ % from its best/);
    expect(lead?.series).toEqual([1, 0]);
  });

  test('val-loss-rising tells the rise between the two values that it tells', () => {
    const spiked = turning.with(12, 0.4);
    const [lead] = find({ loss: falling(40, 0.05), val_loss: spiked });
    const [, share, best, end] = /rose (\d+) % from its best (\S+) at .* to ([\d.]+),/.exec(lead!.message)!;
    expect(Number(best)).toBe(0.4);
    expect(Number(share) / 100).toBeCloseTo(Number(end) / Number(best) - 1, 1);
  });

  test('val-loss-rising tells the training loss at the checkpoint that it tells', () => {
    const loss = curveOf(20, (t, i) => [0.455, 0.2135][i] ?? 0.12 * Math.exp(-4 * t));
    const val = curveOf(20, (t, i) => [0.41, 0.274, 0.54, 0.43][i] ?? 0.5 + 0.4 * t);
    const [lead] = find({ loss, val_loss: val });
    expect(lead?.message).toMatch(/best 0.274 at epoch 2 .* fell from 0.213 to/);
  });

  test('val-loss-rising is milder where the accuracy holds, and says so', () => {
    const accuracy = curveOf(40, (t) => 0.9 - 0.5 * Math.exp(-20 * t));
    const [lead] = find({ loss: falling(40, 0.05), val_loss: turning, val_accuracy: accuracy });
    expect(lead).toMatchObject({ id: 'val-loss-rising', severity: 'warning' });
    expect(lead?.message).toContain('has not fallen');
  });

  test('val-loss-rising tells a falling accuracy where no validation loss is logged', () => {
    const accuracy = curveOf(40, (t) => (t < 0.3 ? 2 * t + 0.2 : 0.8 - 0.3 * (t - 0.3)));
    expect(find({ loss: falling(40, 0.05), val_accuracy: accuracy })[0]?.id).toBe('val-loss-rising');
  });

  test('divergence after the last evaluation: what validation said before it is no excuse, what it says since is', () => {
    const steps = curveOf(1_000, (_, i) => i);
    const loss = curveOf(
      1_000,
      (t, i) => (t < 0.93 ? 0.5 + 3 * Math.exp(-6 * t) : 3 + 4 * (t - 0.93)) * wobble(i),
    );
    const evaluated = (every: number) => {
      const valSteps = steps.filter((step) => step % every === 0 && step > 0);
      return {
        loss,
        steps,
        valSteps,
        val_loss: valSteps.map((step) => 0.6 + 3 * Math.exp((-6 * step) / 1_000)),
      };
    };
    expect(find(evaluated(100))[0]).toMatchObject({ id: 'divergence', onset: { step: 930 } });
    expect(find(evaluated(99)).map(({ id }) => id)).not.toContain('divergence');
  });

  test('past-the-optimum names the checkpoint', () => {
    const val = curveOf(40, (t) => (t < 0.25 ? 2 - 5 * t : 0.75 * (1 + 0.05 * (t - 0.25))));
    const train = curveOf(40, (t) => 2 * Math.exp(-5 * t));
    const found = find({ loss: train, val_loss: val }).find((f) => f.id === 'past-the-optimum');
    expect(found).toMatchObject({ severity: 'warning', best: { step: 11 } });
  });

  test.each([
    ['to the end', [2, 1.5, 1, Number.NaN, Number.NaN, Number.NaN], 'error'],
    ['for one point', [2, 1.5, Number.NaN, 1, 0.9, 0.8, 0.7], 'warning'],
    ['all', [Number.NaN, Number.NaN, Number.NaN], 'error'],
    ['as 1e308', [2, 1.5, 1e308, 1e308, 1e308], 'error'],
  ])('non-finite %s', (_, loss, severity) => {
    expect(find({ loss })[0]).toMatchObject({ id: 'non-finite', severity });
  });

  test('non-finite masked as a loss of exactly 0', () => {
    const loss = [2, 1.5, 1.2, 0, 0, 0];
    const norm = [1, 1, 1, Number.NaN, Number.NaN, Number.NaN];
    const [lead] = find({ loss, grad_norm: norm });
    expect(lead).toMatchObject({ id: 'non-finite', severity: 'error', onset: { line: 4 } });
    expect(find({ loss, grad_norm: [1, 1, 1, 1, 1, 1] }).map((f) => f.id)).not.toContain('non-finite');
  });

  test('a gradient norm that never was a number has not left anything', () => {
    const [lead] = find({ loss: Array<number>(13).fill(0), grad_norm: Array<number>(13).fill(Number.NaN) });
    expect(lead?.message).toMatch(
      /^"grad_norm" has never been a number: all 13 values are NaN or infinite\. Where it begins so, look at the data/,
    );
  });

  test('a best at the very start is told with the training loss that stands beside it', () => {
    const loss = curveOf(24, (t) => 0.16 * Math.exp(-5 * t));
    const [lead] = find({ loss, val_loss: curveOf(24, (t) => 0.42 + 0.5 * t) });
    expect(lead?.message).toContain('from its best 0.42 at epoch 1 to');
    expect(lead?.message).toContain('while "loss" fell from 0.16 to');
  });

  test('a divergence begins where the loss jumps, not where a smoothed one is seen to have', () => {
    const loss = curveOf(400, (t, i) => (i < 300 ? (2.5 - 2 * t) * wobble(i) : 115));
    const [lead] = find({ loss });
    expect(lead).toMatchObject({ id: 'divergence', onset: { epoch: 301 } });
    expect(lead?.message).toContain('at epoch 301 and stands at 115');
  });

  test('a rise begins after the best that is told', () => {
    // The lowest value, at epoch 11, comes after the best of the smoothed curve.
    const bent = Array.from({ length: 30 }, (_, i) => (i < 8 ? 2 - 0.1 * i : 1.3 + 0.04 * (i - 8)));
    const lead = find({ loss: falling(30), val_loss: bent.with(10, 1.25) })[0];
    expect(lead).toMatchObject({ id: 'val-loss-rising', best: { epoch: 11 }, onset: { epoch: 12 } });
  });

  test('non-finite as the floor of Caffe', () => {
    expect(find({ loss: [2, 1.5, 87.3365, 87.3365, 87.3365] })[0]?.id).toBe('non-finite');
  });

  test('divergence', () => {
    const loss = curveOf(60, (t) => (t < 0.5 ? 2 - 3 * t : 0.5 + 8 * (t - 0.5)));
    const [lead] = find({ loss });
    expect(lead).toMatchObject({ id: 'divergence', severity: 'error' });
    expect(lead?.onset?.step).toBeGreaterThan(29);
  });

  test('loss-spike: several high ones are a warning, one is information unless it cost half of what was learned', () => {
    const with_ = (spikes: number[], height = 4) =>
      curveOf(800, (t, i) => {
        const bump = spikes.reduce((sum, at) => sum + (i >= at ? height * Math.exp(-(i - at) / 15) : 0), 0);
        return (0.5 + 2 * Math.exp(-8 * t) + bump) * wobble(i);
      });
    expect(find({ loss: with_([300, 450, 600]) })[0]).toMatchObject({
      id: 'loss-spike',
      severity: 'warning',
    });
    expect(find({ loss: with_([300]) })[0]).toMatchObject({ id: 'loss-spike', severity: 'warning' });
    expect(find({ loss: with_([300], 0.8) })[0]).toMatchObject({ id: 'loss-spike', severity: 'info' });
  });

  test('never-learned, surer at chance level', () => {
    const loss = curveOf(60, (_, i) => Math.log(10) * (1 + 0.002 * Math.sin(i * 7.1)));
    expect(find({ loss })[0]).toMatchObject({ id: 'never-learned', severity: 'error' });
    expect(find({ loss: loss.map((v) => v * 2.2) })[0]).toMatchObject({
      id: 'never-learned',
      severity: 'warning',
    });
  });

  test('never-learned counts the points that it saw, not those that are no number', () => {
    const loss = curveOf(100, (_, i) => (i < 8 ? Math.log(10) * wobble(i) : Number.NaN));
    const found = find({ loss, steps: loss.map((_, i) => 50 * (i + 1)) });
    expect(found.find(({ id }) => id === 'never-learned')?.message).toContain('after 8 points');
  });

  test('plateau', () => {
    const loss = curveOf(80, (t, i) => (1.9 + 0.4 * Math.exp(-20 * t)) * (1 + 0.003 * Math.sin(i * 7.1)));
    const accuracy = curveOf(80, (t) => 0.3 - 0.2 * Math.exp(-20 * t));
    expect(find({ loss, accuracy })[0]).toMatchObject({ id: 'plateau', severity: 'warning' });
    const decayed = curveOf(80, (t) => 0.1 * (1 - t) + 1e-5);
    expect(find({ loss, accuracy, learning_rate: decayed })).toEqual([]);
    const good = curveOf(80, () => 0.9);
    expect(find({ loss, accuracy: good })).toEqual([]);
  });

  test('still-improving only once the run is over', () => {
    const loss = curveOf(30, (t) => 2 - 1.2 * t);
    expect(find({ loss, val_loss: loss })[0]).toMatchObject({ id: 'still-improving', severity: 'warning' });
    expect(find({ loss, val_loss: loss, status: 'running' })).toEqual([]);
  });
});

describe('not faults', () => {
  const families = ['power', 'exponential', 'stretched'] as const;
  test.each(Object.keys(notFaults))('%s raises no alarm', (recipe) => {
    const alarms: string[] = [];
    for (let seed = 1; seed <= 30; seed++) {
      for (const family of families) {
        const { run } = simulate({ seed, family, label: 'healthy', recipe });
        const loud = detect(viewRun(run)).filter((f) => f.severity !== 'info');
        alarms.push(...loud.map((f) => `${family} ${seed} ${f.id}: ${f.message}`));
      }
    }
    // 90 runs each: the published rate over all of them stands in the model's card.
    expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(1);
  });

  test('losses of GAN and RL runs are not judged', () => {
    const up = curveOf(60, (t) => 0.2 + 3 * t);
    const loss = (key: string) =>
      makeSeries(key, { name: 'loss', split: 'train', direction: 'lower', unit: null }, up);
    expect(find({ extra: [loss('loss_G'), loss('loss_D')] })).toEqual([]);
    expect(find({ extra: [loss('train/policy_loss'), loss('train/value_loss')] })).toEqual([]);
  });

  test('sentinels are no divergence: NaN rewards, NaN of one class, an mAP of -1', () => {
    const nan = curveOf(20, () => Number.NaN);
    const higher = { split: 'val', direction: 'higher', unit: null } as const;
    const extra = [
      makeSeries('rollout/ep_rew_mean', { name: 'reward', ...higher, split: 'train' }, nan),
      makeSeries('AP/person', { name: 'AP/person', ...higher }, nan),
      makeSeries(
        'bbox_mAP_s',
        { name: 'bbox_mAP_s', ...higher },
        curveOf(20, () => -1),
      ),
    ];
    expect(find({ loss: falling(60), extra })).toEqual([]);
  });

  test('infinite gradient norms of mixed precision are information, a norm that never is a number too', () => {
    const norm = curveOf(60, (_, i) => (i < 3 ? Number.POSITIVE_INFINITY : 1));
    expect(find({ loss: falling(60), grad_norm: norm }).map((f) => f.severity)).toEqual(['info']);
    expect(find({ loss: falling(60), grad_norm: norm.map(() => Number.NaN) }).map((f) => f.severity)).toEqual(
      ['info'],
    );
  });

  test('nothing fires early, except non-finite', () => {
    const context = { total_epochs: 1000 };
    expect(find({ loss: falling(40, 0.05), val_loss: turning, context })).toEqual([]);
    expect(find({ loss: [1, Number.NaN], context })[0]?.id).toBe('non-finite');
    expect(find({ loss: [2, 1, 0.5, 0.2], val_loss: [1, 2, 3, 4] })).toEqual([]);
  });
});
