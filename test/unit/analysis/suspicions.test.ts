import { describe, expect, test } from 'vitest';
import type { Probabilities } from '../../../src/analysis/classifier';
import { detect } from '../../../src/analysis/detect';
import { diagnose } from '../../../src/analysis/diagnose';
import { viewRun } from '../../../src/analysis/pairing';
import { suspect } from '../../../src/analysis/suspicions/suspect';
import { decide } from '../../../src/analysis/verdict';
import { curveOf, makeRun, type RunParts } from './makeRun';

const by = curveOf;
const view = (parts: RunParts) => viewRun(makeRun(parts));
const sure = (family: keyof Probabilities, p = 0.97): Probabilities => {
  const rest = (1 - p) / 3;
  return { healthy: rest, overfitting: rest, underfitting: rest, unstable: rest, [family]: p };
};

/** Learns a little, slowly: no detector is certain of it. */
const slow = {
  loss: by(40, (t) => 2 - 0.3 * t),
  val_loss: by(40, (t) => 2.05 - 0.28 * t),
  accuracy: by(40, (t) => 0.15 + 0.25 * t),
};
/** Validation past its best by 4 %, training still falling: too little for a detector. */
const past = {
  loss: by(40, (t) => 2 * Math.exp(-2 * t)),
  val_loss: by(40, (t) => (t < 0.5 ? 2 - 2 * t : 1 + 0.08 * (t - 0.5))),
};
/** Lost a third of what it had gained, and came back. */
const shaken = { loss: by(40, (t, i) => 2 * Math.exp(-2 * t) + (i > 15 && i < 21 ? 0.45 : 0)) };
const good = {
  loss: by(40, (t) => 0.1 + 2 * Math.exp(-6 * t)),
  val_loss: by(40, (t) => 0.2 + 2 * Math.exp(-6 * t)),
};

describe('a suspicion', () => {
  test('says with numbers what comes nearest to the family', () => {
    expect(suspect(view(slow), 'underfitting')).toMatchObject({ id: 'still-improving', severity: 'warning' });
    expect(suspect(view(slow), 'underfitting')!.message).toMatch(
      /"loss" is at 1\.7.*, 86 % of its first level 2/,
    );
    expect(suspect(view(past), 'overfitting')).toMatchObject({ id: 'past-the-optimum', best: { epoch: 21 } });
    expect(suspect(view(shaken), 'unstable')).toMatchObject({ id: 'loss-spike', onset: { epoch: 18 } });
  });

  test('of overfitting tells the checkpoint to keep, and counts from there', () => {
    const lucky = { ...past, val_loss: past.val_loss.map((v, i) => (i === 28 ? 0.9 : v)) };
    const { best, evidence, message } = suspect(view(lucky), 'overfitting')!;
    expect(best).toMatchObject({ epoch: 29 });
    expect(evidence).toMatchObject({ bestVal: 0.9, evaluationsSince: 11 });
    expect(message).toMatch(/ was best at epoch 29 \(0\.9\) and is 15 % above that 11 evaluations later, /);
  });

  test('of overfitting is none where single evaluations jump as far', () => {
    const loss = by(50, (t) => 0.2 + 1.8 * Math.exp(-3 * t));
    const jumps = (i: number) => 0.12 * Math.sin(i * i * 12.9898 + i);
    // A lucky stretch of a small set, about as deep as one evaluation is noisy.
    const lucky = (i: number) => (i > 27 && i < 34 ? 0.15 : 0);
    const tiny = by(50, (t, i) => 0.4 + 0.8 * Math.exp(-9 * t) + jumps(i) - lucky(i));
    expect(detect(view({ loss, val_loss: tiny })).map(({ id }) => id)).toContain('val-jitter');
    expect(suspect(view({ loss, val_loss: tiny }), 'overfitting')).toBeNull();
    const rising = tiny.map((v, i) => v + Math.max(0, i - 20) * 0.03);
    expect(suspect(view({ loss, val_loss: rising }), 'overfitting')?.id).toBe('past-the-optimum');
  });

  test('of instability measures what was lost against all that was gained, that of the first epoch as well', () => {
    // A network that is fine-tuned: one epoch takes most of the loss, and layers that are unfrozen shake it for another.
    const tuned = by(30, (_, i) => (i === 0 ? 0.9 : 0.01 + 0.14 * Math.exp(-i / 4) + (i === 12 ? 0.4 : 0)));
    const eased = tuned.map((v, i) => (i === 13 || i === 14 ? v + 0.05 : v));
    expect(suspect(view({ loss: eased, val_loss: eased.map((v) => 1.1 * v) }), 'unstable')).toBeNull();
    const steps = eased.map((_, i) => 10 * i);
    expect(suspect(view({ loss: eased, steps }), 'unstable')).not.toBeNull();
  });

  test('is none where the curves show nothing of the kind', () => {
    for (const family of ['overfitting', 'underfitting', 'unstable'] as const) {
      expect(suspect(view(good), family)).toBeNull();
    }
    expect(suspect(view({ ...slow, accuracy: by(40, () => 0.95) }), 'underfitting')).toBeNull();
    expect(suspect(view({ loss: [1, Number.NaN] }), 'unstable')).toBeNull();
    // It goes on and still falls.
    expect(suspect(view({ ...slow, status: 'running' }), 'underfitting')).toBeNull();
    // A fine-tuning: its loss alone proves nothing, and its accuracy was there from the start.
    const { loss } = slow;
    expect(suspect(view({ loss }), 'underfitting')).toBeNull();
    expect(suspect(view({ loss, accuracy: by(40, (t) => 0.4 + 0.05 * t) }), 'underfitting')).toBeNull();
  });

  test.each([
    ['underfitting', slow],
    ['overfitting', past],
    ['unstable', shaken],
  ] as const)('of %s becomes the verdict where the network is sure, and only there', (family, parts) => {
    const run = view(parts);
    const findings = detect(run);
    const { verdict, lead } = decide(run, findings, sure(family));
    expect(verdict).toMatchObject({ label: family, why: lead!.message });
    expect(verdict.confidence).toBeGreaterThan(0.6);
    expect(decide(run, findings, sure(family, 0.7)).lead).toBeNull();
    expect(decide(run, findings, null).verdict.label).not.toBe(family);
  });

  test('without one the verdict stays open, however sure the network is', () => {
    expect(decide(view(good), detect(view(good)), sure('unstable')).verdict.label).toBe('undetermined');
  });

  test('leads the findings of the diagnosis, and speaks for its symptom alone', async () => {
    const classifier = {
      info: { name: 'cpu', device: 'cpu', version: '0' },
      passedOver: [],
      predict: () => Promise.resolve([sure('unstable')]),
      dispose: () => undefined,
    } as const;
    const { findings, verdict } = await diagnose(makeRun(shaken), classifier);
    expect(findings[0]!.message).toBe(verdict.why);
    expect(findings.filter(({ id }) => id === 'loss-spike')).toHaveLength(1);
  });
});
