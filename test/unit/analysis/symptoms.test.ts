import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/analysis/detect';
import type { Finding, SymptomId } from '../../../src/analysis/diagnosis';
import { viewRun } from '../../../src/analysis/pairing';
import { curveOf, makeRun, type RunParts } from './makeRun';

const find = (id: SymptomId, parts: RunParts): Finding | undefined =>
  detect(viewRun(makeRun(parts))).find((finding) => finding.id === id);
const by = (count: number, f: (i: number) => number) => Array.from({ length: count }, (_, i) => f(i));
/** White noise of about one unit that is the same in every run. */
const noisy = (i: number) => 1.7 * Math.sin(i * i * 12.9898 + i);
const falling = (count: number, to = 0.2) => curveOf(count, (t) => to + (2 - to) * Math.exp(-6 * t));
const climbing = (count: number, top: number) => curveOf(count, (t) => top * (1 - Math.exp(-15 * t)));

describe('generalisation-gap', () => {
  test('of accuracies is information, and a warning where a quarter of the answers are lost', () => {
    const parts = (top: number) => ({
      loss: falling(40, 0.02),
      accuracy: climbing(40, 0.99),
      val_accuracy: climbing(40, top),
    });
    expect(find('generalisation-gap', parts(0.85))).toMatchObject({
      severity: 'info',
      family: 'overfitting',
    });
    expect(find('generalisation-gap', parts(0.7))).toMatchObject({ severity: 'warning' });
    expect(find('generalisation-gap', parts(0.95))).toBeUndefined();
  });

  test('is none while validation gains, or of losses that were apart from the start', () => {
    const val = by(40, (i) => 0.3 + 0.01 * i);
    expect(
      find('generalisation-gap', { loss: falling(40), accuracy: climbing(40, 0.99), val_accuracy: val }),
    ).toBeUndefined();
    const summed = falling(40).map((value) => value / 30);
    expect(find('generalisation-gap', { loss: summed, val_loss: falling(40, 0.5) })).toBeUndefined();
    expect(
      find('generalisation-gap', {
        loss: falling(40, 0.01),
        val_loss: by(40, (i) => 0.5 + 1.5 * Math.exp(-i / 3)),
      }),
    ).toBeDefined();
  });
});

test('overconfidence: the loss rises under an accuracy that holds', () => {
  const turning = curveOf(40, (t) => (t < 0.3 ? 2 - 4 * t : 0.8 + 0.9 * (t - 0.3)));
  const parts = { loss: falling(40, 0.05), val_loss: turning };
  const finding = find('overconfidence', {
    ...parts,
    val_accuracy: curveOf(40, (t) => 0.9 - 0.5 * Math.exp(-20 * t)),
  });
  expect(finding).toMatchObject({ severity: 'info', series: [1, 2] });
  expect(finding!.message).toContain('too sure where it is wrong');
  expect(
    find('overconfidence', { ...parts, val_accuracy: curveOf(40, (t) => 0.9 - 0.3 * t) }),
  ).toBeUndefined();
  expect(find('overconfidence', parts)).toBeUndefined();
});

describe('memorised', () => {
  test('by an accuracy of one and a gap; a warning where the validation loss has risen too', () => {
    const parts = { loss: falling(40, 0.001), accuracy: climbing(40, 1), val_accuracy: climbing(40, 0.88) };
    expect(find('memorised', parts)).toMatchObject({ severity: 'info' });
    const risen = curveOf(40, (t) => (t < 0.3 ? 2 - 4 * t : 0.8 + 0.2 * (t - 0.3)));
    expect(find('memorised', { ...parts, val_loss: risen })).toMatchObject({ severity: 'warning' });
    expect(find('memorised', { ...parts, val_accuracy: climbing(40, 0.97) })).toBeUndefined();
  });

  test('by a loss of next to nothing, in any unit', () => {
    const loss = curveOf(60, (t) => 2 * Math.exp(-13 * t));
    for (const unit of [1e-3, 1, 1e3]) {
      const finding = find('memorised', {
        loss: loss.map((value) => unit * value),
        val_loss: curveOf(60, (t) => unit * (0.5 + 1.5 * Math.exp(-20 * t) + 0.1 * t)),
      });
      expect(finding, `${unit}`).toMatchObject({ family: 'overfitting' });
    }
  });
});

test('validation-too-good is information, and silent where the log explains it', () => {
  const parts = { loss: falling(40), accuracy: climbing(40, 0.8), val_accuracy: climbing(40, 0.9) };
  expect(find('validation-too-good', parts)).toMatchObject({ severity: 'info' });
  expect(find('validation-too-good', { ...parts, context: { dropout: 0.5 } })).toBeUndefined();
  // An accuracy that is averaged over an epoch in which it still climbs lags behind.
  const lagging = by(40, (i) => 0.02 * i);
  expect(
    find('validation-too-good', { ...parts, accuracy: lagging, val_accuracy: lagging.map((a) => a + 0.06) }),
  ).toBeUndefined();
});

describe('high-bias', () => {
  const level = (offset: number) => by(40, (i) => 1.8 + 0.4 * Math.exp(-i / 3) + offset + 0.002 * noisy(i));
  const parts = {
    loss: level(0),
    val_loss: level(0.02),
    accuracy: by(40, (i) => 0.35 * (1 - Math.exp(-i / 3))),
    learning_rate: by(40, () => 1e-3),
  };

  test('is a warning at a high rate, information without one', () => {
    expect(find('high-bias', parts)).toMatchObject({ severity: 'warning', family: 'underfitting' });
    const { loss, val_loss, accuracy } = parts;
    expect(find('high-bias', { loss, val_loss, accuracy })).toMatchObject({ severity: 'info' });
  });

  test('depends on the target where one is set', () => {
    const good = { ...parts, accuracy: by(40, (i) => 0.8 * (1 - Math.exp(-i / 3))) };
    expect(find('high-bias', good)).toBeUndefined();
    expect(find('high-bias', { ...good, context: { target_accuracy: 0.95 } })).toMatchObject({
      severity: 'warning',
    });
  });
});

test('over-regularised is information, unless the result is poor as well', () => {
  const val = falling(40, 0.5);
  const held = val.map((value) => 1.4 * value);
  expect(find('over-regularised', { loss: held, val_loss: val })).toMatchObject({ severity: 'info' });
  const poor = { accuracy: climbing(40, 0.25), val_accuracy: climbing(40, 0.45) };
  expect(find('over-regularised', { loss: held, val_loss: val, ...poor })).toMatchObject({
    severity: 'warning',
  });
  expect(find('over-regularised', { loss: val, val_loss: held })).toBeUndefined();
});

describe('oscillation', () => {
  const swinging = by(60, (i) => 2.2 * Math.exp(-i / 5) + (i % 2 === 0 ? 0.5 : 1.6) + 0.05 * noisy(i));

  test('of training and validation is a warning', () => {
    expect(find('oscillation', { loss: swinging, val_loss: swinging.map((v) => v * 1.1) })).toMatchObject({
      severity: 'warning',
      family: 'unstable',
    });
    expect(find('oscillation', { loss: swinging })).toBeDefined();
  });

  test('is none where only one of the two swings, or where the swings are small', () => {
    expect(find('oscillation', { loss: swinging, val_loss: falling(60) })).toBeUndefined();
    expect(find('oscillation', { loss: falling(60), val_loss: swinging })).toBeUndefined();
    const small = by(60, (i) => 2 * Math.exp(-i / 5) + 0.5 + 0.02 * noisy(i));
    expect(find('oscillation', { loss: small, val_loss: small })).toBeUndefined();
  });

  test('of minibatches around a flat mean is none', () => {
    const steps = by(600, (i) => i);
    const loss = by(600, (i) => 2 * Math.exp(-i / 40) + 0.5 + 0.15 * noisy(i));
    const valSteps = by(30, (i) => 20 * (i + 1));
    const val = by(30, (i) => 2 * Math.exp(-i / 2) + 0.5 + 0.01 * noisy(i));
    expect(find('oscillation', { loss, steps, val_loss: val, valSteps })).toBeUndefined();
  });
});

test('val-jitter: validation jumps while training is smooth', () => {
  const smooth = by(40, (i) => 0.5 + 1.5 * Math.exp(-i / 4));
  const jumping = by(40, (i) => 0.5 + 1.5 * Math.exp(-i / 4) + 0.2 * noisy(i) ** 2);
  expect(find('val-jitter', { loss: smooth, val_loss: jumping })).toMatchObject({ family: 'unstable' });
  expect(find('val-jitter', { loss: jumping, val_loss: jumping })).toBeUndefined();
});

describe('gradients', () => {
  const norm = (from: number, to: number, factor: number) =>
    by(100, (i) => (i >= from && i < to ? factor : 1) * (1 + 0.1 * noisy(i) ** 2));

  test('an explosion that the loss feels is a warning, one that it does not is information', () => {
    const hurt = by(100, (i) => (i < 60 ? 1 : 1.6));
    expect(find('gradient-explosion', { loss: hurt, grad_norm: norm(60, 100, 40) })).toMatchObject({
      severity: 'warning',
      onset: { epoch: 61 },
    });
    expect(find('gradient-explosion', { loss: falling(100), grad_norm: norm(60, 70, 40) })).toMatchObject({
      severity: 'info',
    });
    expect(find('gradient-explosion', { loss: falling(100), grad_norm: norm(60, 63, 40) })).toBeUndefined();
    expect(find('gradient-explosion', { loss: falling(100), grad_norm: norm(60, 100, 5) })).toBeUndefined();
  });

  test('vanishing needs a loss that was not learned', () => {
    const vanishing = by(100, (i) => Math.exp(-i / 8));
    const stuck = by(100, (i) => 2 + 0.3 * Math.exp(-i / 4));
    expect(find('gradient-vanishing', { loss: stuck, grad_norm: vanishing })).toMatchObject({
      severity: 'warning',
    });
    expect(find('gradient-vanishing', { loss: falling(100, 0.001), grad_norm: vanishing })).toBeUndefined();
  });
});

test('warmup-missing: a blow-up at once, at a rate that starts at its peak', () => {
  const steps = by(400, (i) => i);
  const loss = (after: number) =>
    by(400, (i) => (i < 3 ? 4 : i < (after > 4 ? 30 : 12) ? 7 : after + Math.exp(-(i - 30) / 100)));
  const flat = by(400, () => 1e-3);
  const rising = by(400, (i) => 1e-3 * Math.min(1, (i + 1) / 50));
  expect(find('warmup-missing', { steps, loss: loss(5), learning_rate: flat })).toMatchObject({
    severity: 'warning',
  });
  expect(find('warmup-missing', { steps, loss: loss(1), learning_rate: flat })).toMatchObject({
    severity: 'info',
  });
  expect(find('warmup-missing', { steps, loss: loss(5), learning_rate: rising })).toBeUndefined();
  expect(find('warmup-missing', { steps, loss: falling(400), learning_rate: flat })).toBeUndefined();
  expect(find('warmup-missing', { steps, loss: loss(5) })).toBeUndefined();
});

describe('loss-spike at the scale of evaluations', () => {
  const falls = (t: number) => 0.4 + 2 * Math.exp(-5 * t);
  const spike = (from: number, to: number, height: number) =>
    curveOf(60, (t, i) => falls(t) + (i >= from && i < to ? height : 0));
  const find = (parts: RunParts) => detect(viewRun(makeRun(parts))).find(({ id }) => id === 'loss-spike');

  test('half of what was learned thrown away for three evaluations is a warning, though it was won back', () => {
    const loss = spike(35, 40, 1.3);
    const found = find({ loss, val_loss: loss.map((v) => v + 0.05) });
    expect(found).toMatchObject({ severity: 'warning', onset: { epoch: 36 } });
    expect(found!.message).toMatch(
      /"loss" rose from 0\.\d+ to 1\.\d+ at epoch 36, \d\d % of all that it had gained/,
    );
    expect(find({ loss })?.severity).toBe('warning');
  });

  test('not what validation does not show, one bad evaluation, an early storm, or a raised rate', () => {
    const loss = spike(35, 40, 1.3);
    const loud = (parts: RunParts) => (find(parts)?.severity ?? 'info') !== 'info';
    expect(loud({ loss, val_loss: spike(0, 0, 0) })).toBe(false);
    const one = spike(35, 36, 1.3);
    expect(loud({ loss: one, val_loss: one })).toBe(false);
    const early = spike(8, 12, 1.9);
    expect(loud({ loss: early, val_loss: early })).toBe(false);
    const learning_rate = curveOf(60, (_, i) => (i < 34 ? 0.001 : 0.01));
    expect(loud({ loss, val_loss: loss, learning_rate })).toBe(false);
  });
});
