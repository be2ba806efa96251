import { describe, expect, it } from 'vitest';
import type { Diagnosis, Finding, SymptomId } from '../../../src/analysis/diagnosis';
import { canPlan } from '../../../src/python/plan';
import { catalogue } from '../../../src/remedies/catalogue';
import { answers, rankRemedies } from '../../../src/remedies/rank';
import type { RemedyContext, TechniqueId } from '../../../src/remedies/remedy';

const entries = Object.entries(catalogue);

describe('the catalogue', () => {
  it('holds every technique of the seed document under its own id', () => {
    const expected =
      'dropout dropconnect stochastic-depth drop-path batch-norm layer-norm rms-norm pre-norm weight-decay gradient-clipping label-smoothing early-stopping data-augmentation mixup cutmix knowledge-distillation ema swa spectral-norm weight-tying modern-recipe practical-advice more-data more-capacity less-regularisation lower-lr longer-warmup nan-filter';
    expect(entries.map(([id]) => id).sort()).toEqual(expected.split(' ').sort());
    for (const [id, technique] of entries) expect(technique.id).toBe(id);
  });

  it.each(entries)('%s has all its texts', (_id, technique) => {
    for (const text of [
      technique.title,
      technique.what,
      technique.notWhen,
      technique.section,
      technique.cost,
      technique.check,
    ]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(technique.helps.length).toBeGreaterThan(0);
    expect(technique.typical.length).toBeGreaterThan(0);
    expect(technique.cautions.length).toBeGreaterThan(0);
  });

  it('promises a Python fix exactly where there is a planner', () => {
    for (const [id, { fixes }] of entries) {
      expect([id, fixes.includes('python')]).toEqual([id, canPlan(id as TechniqueId)]);
    }
  });
});

describe('the ranking', () => {
  const context: RemedyContext = { kind: 'unknown', hasValidation: true };
  const finding = (id: SymptomId): Finding => ({
    id,
    family: 'overfitting',
    severity: 'error',
    onset: { step: 34, epoch: 34, line: null },
    best: { step: 12, epoch: 12 },
    evidence: {},
    series: [0],
    message: '',
  });
  const diagnosis = (label: Diagnosis['verdict']['label'], ...ids: SymptomId[]): Diagnosis => ({
    verdict: {
      label,
      confidence: 1,
      probabilities: { healthy: 0, overfitting: 0, underfitting: 0, unstable: 0 },
      why: '',
    },
    findings: ids.map(finding),
    incidents: [],
    stopping: null,
  });
  const ids = (...args: Parameters<typeof rankRemedies>): string[] =>
    rankRemedies(...args).map((r) => r.technique);

  it('answers every symptom, and each technique says which it answers', () => {
    for (const [symptom, techniques] of Object.entries(answers)) {
      expect(techniques.length, symptom).toBeGreaterThan(0);
      for (const id of techniques) expect(catalogue[id].helps, `${id}: ${symptom}`).toContain(symptom);
    }
  });

  it('has a first answer for every symptom that the seed document ties to it', () => {
    expect(ids(diagnosis('unstable', 'divergence'), context).slice(0, 3)).toEqual([
      'gradient-clipping',
      'lower-lr',
      'longer-warmup',
    ]);
    expect(ids(diagnosis('overfitting', 'val-loss-rising'), context)[0]).toBe('early-stopping');
    expect(ids(diagnosis('underfitting', 'plateau'), context).slice(0, 2)).toEqual([
      'less-regularisation',
      'more-capacity',
    ]);
  });

  it('counts ranks from 1 and names no technique twice', () => {
    const ranked = rankRemedies(diagnosis('overfitting', 'val-loss-rising', 'past-the-optimum'), context);
    expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, i) => i + 1));
    expect(new Set(ranked.map(({ technique }) => technique)).size).toBe(ranked.length);
    expect(ranked[0]!.why).toContain('epoch 34');
    expect(ranked[0]!.why).toContain('epoch 12');
  });

  it('suggests no dropout or label smoothing in language model pretraining', () => {
    const ranked = ids(diagnosis('overfitting', 'val-loss-rising'), { ...context, kind: 'llm-pretraining' });
    expect(ranked).not.toContain('dropout');
    expect(ranked).not.toContain('label-smoothing');
  });

  it('puts augmentation first in vision', () => {
    expect(ids(diagnosis('overfitting', 'val-loss-rising'), { ...context, kind: 'vision' })[0]).toBe(
      'data-augmentation',
    );
  });

  it('says nothing to a healthy run, whatever it remarks', () => {
    expect(ids(diagnosis('healthy', 'still-improving'), context)).toEqual([]);
    expect(ids(diagnosis('healthy'), context)).toEqual([]);
  });

  it('says nothing of a run that is not determined for remarks alone', () => {
    const remark = { ...diagnosis('undetermined', 'non-finite') };
    const quiet = remark.findings.map((one) => ({ ...one, severity: 'info' as const }));
    expect(ids({ ...remark, findings: quiet }, context)).toEqual([]);
    expect(ids(remark, context)[0]).toBe('gradient-clipping');
  });

  it.each<[SymptomId, TechniqueId, RegExp]>([
    ['plateau', 'lower-lr', /leaves/],
    ['past-the-optimum', 'early-stopping', /worse/],
    ['memorised', 'weight-decay', /rising/],
    ['generalisation-gap', 'dropout', /rising/],
    ['still-improving', 'less-regularisation', /does not drop|stays high/],
    ['over-regularised', 'less-regularisation', /does not drop|stays high/],
    ['over-regularised', 'more-capacity', /does not drop|stays high/],
    ['validation-too-good', 'practical-advice', /fall/],
  ])('gives a reason that is true of the symptom: %s, %s', (symptom, technique, untrue) => {
    const found = rankRemedies(diagnosis('undetermined', symptom), context);
    const { why } = found.find((one) => one.technique === technique)!;
    expect(why.split(' Here: ')[0]).not.toMatch(untrue);
    expect(why).not.toContain(catalogue[technique].what);
  });
});
