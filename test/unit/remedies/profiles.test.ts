import { describe, expect, it } from 'vitest';
import type { Diagnosis, SymptomId } from '../../../src/analysis/diagnosis';
import { catalogue } from '../../../src/remedies/catalogue';
import { agreed, contextOf, withTold } from '../../../src/remedies/context';
import { profiles } from '../../../src/remedies/profiles';
import { answers, rankRemedies } from '../../../src/remedies/rank';
import type { RankedRemedy, RemedyContext, TechniqueId, TrainingKind } from '../../../src/remedies/remedy';
import { RunBuilder } from '../../../src/runs/runBuilder';

const context: RemedyContext = { kind: 'unknown', hasValidation: true };
const probabilities = { healthy: 0, overfitting: 0, underfitting: 0, unstable: 0 };

function diagnosis(...ids: SymptomId[]): Diagnosis {
  const findings = ids.map((id) => ({
    ...{ id, family: 'overfitting' as const, severity: 'error' as const, onset: null },
    ...{ evidence: {}, series: [0], message: '' },
  }));
  const verdict = { label: 'overfitting' as const, confidence: 1, probabilities, why: '' };
  return { verdict, findings, incidents: [], stopping: null };
}

const ranked = (kind: TrainingKind, ...ids: SymptomId[]): RankedRemedy[] =>
  rankRemedies(diagnosis(...ids), { ...context, kind });
const suggested = (kind: TrainingKind, ...ids: SymptomId[]): TechniqueId[] =>
  ranked(kind, ...ids).map(({ technique }) => technique);
const why = (kind: TrainingKind, symptom: SymptomId, technique: TechniqueId): string =>
  ranked(kind, symptom).find((one) => one.technique === technique)!.why;
const all = Object.keys(answers) as SymptomId[];

describe('the profile of a kind of training', () => {
  it.each<[TrainingKind, TechniqueId[]]>([
    ['llm-pretraining', ['dropout', 'label-smoothing', 'data-augmentation', 'mixup', 'batch-norm']],
    ['fine-tuning', ['batch-norm', 'layer-norm', 'pre-norm', 'more-capacity']],
    ['vision-cnn', ['pre-norm', 'layer-norm']],
    ['vision-transformer', ['batch-norm']],
    ['gan', ['early-stopping', 'label-smoothing', 'mixup', 'dropout', 'weight-decay']],
    ['diffusion', ['label-smoothing', 'mixup']],
    ['recurrent', ['batch-norm', 'pre-norm']],
    ['tabular', ['cutmix', 'pre-norm']],
    ['reinforcement', ['early-stopping', 'weight-decay', 'label-smoothing', 'dropout', 'data-augmentation']],
  ])('%s: whatever the symptoms, never %j', (kind, never) => {
    const found = suggested(kind, ...all);
    expect(found.filter((id) => never.includes(id))).toEqual([]);
    expect(found.length).toBeGreaterThan(5);
  });

  it.each<[TrainingKind, SymptomId, TechniqueId[]]>([
    ['llm-pretraining', 'val-loss-rising', ['weight-decay', 'more-data', 'early-stopping']],
    ['llm-pretraining', 'loss-spike', ['gradient-clipping', 'lower-lr', 'longer-warmup']],
    ['fine-tuning', 'val-loss-rising', ['early-stopping', 'weight-decay', 'dropout']],
    ['vision-cnn', 'memorised', ['data-augmentation', 'weight-decay', 'dropout']],
    ['vision-cnn', 'never-learned', ['batch-norm', 'practical-advice', 'less-regularisation']],
    ['vision-transformer', 'val-loss-rising', ['data-augmentation', 'drop-path', 'early-stopping']],
    ['gan', 'divergence', ['spectral-norm', 'gradient-clipping', 'lower-lr']],
    ['diffusion', 'past-the-optimum', ['ema', 'early-stopping', 'weight-decay']],
    ['diffusion', 'val-jitter', ['ema', 'layer-norm', 'lower-lr']],
    ['recurrent', 'oscillation', ['gradient-clipping', 'lower-lr', 'longer-warmup']],
    ['recurrent', 'gradient-vanishing', ['layer-norm', 'practical-advice']],
    ['tabular', 'memorised', ['weight-decay', 'dropout', 'more-data']],
  ])('%s, %s: first %j', (kind, symptom, first) => {
    expect(suggested(kind, symptom).slice(0, 3)).toEqual(first);
  });

  it('puts the augmentation of tables last, with what it is there', () => {
    expect(suggested('tabular', 'generalisation-gap').slice(-2)).toEqual(['data-augmentation', 'mixup']);
    expect(why('tabular', 'memorised', 'data-augmentation')).toContain('SMOTE');
  });

  it('names the values of the seed document', () => {
    expect(why('llm-pretraining', 'memorised', 'weight-decay')).toContain(
      'Usual in language model pretraining: 0.1.',
    );
    expect(why('llm-pretraining', 'divergence', 'gradient-clipping')).toContain('pretraining: 1.0.');
    expect(why('reinforcement', 'divergence', 'gradient-clipping')).toContain('0.5');
    expect(why('diffusion', 'val-jitter', 'ema')).toContain('0.9999');
    expect(why('unknown', 'memorised', 'weight-decay')).not.toContain('Usual');
  });

  it('rules nothing out that it also puts first, and says only what the catalogue knows', () => {
    for (const { unfit, first = [], last = [], values = {} } of Object.values(profiles)) {
      expect([...first, ...last].filter((id) => unfit.includes(id))).toEqual([]);
      for (const id of [...first, ...Object.keys(values)]) expect(catalogue).toHaveProperty(id);
    }
  });
});

describe('boosted trees', () => {
  const kindOf = (...keys: string[]): TrainingKind => {
    const builder = new RunBuilder('a.log');
    const sink = builder.sink();
    sink.at(1, Number.NaN, Number.NaN, 1);
    for (const key of keys) sink.value(key, 1);
    return contextOf(builder).kind;
  };

  it('are known by the names of what they evaluate, and no network by those', () => {
    expect(kindOf('eval-logloss', 'train-logloss')).toBe('boosting');
    expect(kindOf("training's binary_logloss", "valid_1's binary_logloss")).toBe('boosting');
    expect(kindOf('train-accuracy', 'validation-accuracy', 'Train-rmse')).toBe('unknown');
    expect(kindOf('train/loss', 'eval_loss')).toBe('unknown');
  });

  it('are told nothing that is about a network', () => {
    expect(suggested('boosting', 'val-loss-rising', 'past-the-optimum')).toEqual([
      'early-stopping',
      'more-data',
    ]);
    const never = ['dropout', 'weight-decay', 'gradient-clipping', 'batch-norm', 'longer-warmup', 'ema'];
    expect(suggested('boosting', ...all).filter((id) => never.includes(id))).toEqual([]);
  });
});

describe('what script and config tell of a kind', () => {
  const after = (kind: TrainingKind, ...told: TrainingKind[]): TrainingKind =>
    withTold({ ...context, kind }, { kinds: told, script: null }).kind;

  it('makes an unknown kind known, the config before the script', () => {
    expect(after('unknown')).toBe('unknown');
    expect(after('unknown', 'recurrent')).toBe('recurrent');
    expect(after('unknown', 'fine-tuning', 'vision-cnn')).toBe('fine-tuning');
  });

  it('makes vision more exact', () => {
    expect(after('vision', 'vision-transformer')).toBe('vision-transformer');
    expect(after('unknown', 'vision', 'vision-cnn')).toBe('vision-cnn');
    expect(after('vision', 'tabular')).toBe('vision');
  });

  it('goes before a guess by the framework, which stands where nothing is told', () => {
    expect(after('fine-tuning', 'llm-pretraining')).toBe('llm-pretraining');
    expect(after('fine-tuning')).toBe('fine-tuning');
  });

  it('never contradicts the metrics of the log', () => {
    expect(after('gan', 'llm-pretraining')).toBe('gan');
    expect(after('reinforcement', 'vision-cnn', 'tabular')).toBe('reinforcement');
  });

  it('counts only where several agree', () => {
    expect(agreed([null, 'gan', 'gan'])).toEqual(['gan']);
    expect(agreed(['gan', 'tabular'])).toEqual([]);
    expect(agreed([null])).toEqual([]);
  });
});
