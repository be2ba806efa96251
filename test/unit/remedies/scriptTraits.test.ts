import { describe, expect, it } from 'vitest';
import type { Diagnosis, SymptomId } from '../../../src/analysis/diagnosis';
import { withTold } from '../../../src/remedies/context';
import { profiles } from '../../../src/remedies/profiles';
import { rankRemedies } from '../../../src/remedies/rank';
import type { ScriptTraits, TechniqueId, TrainingKind } from '../../../src/remedies/remedy';

const probabilities = { healthy: 0, overfitting: 0, underfitting: 1, unstable: 0 };

function diagnosis(...ids: SymptomId[]): Diagnosis {
  const findings = ids.map((id) => ({
    ...{ id, family: 'underfitting' as const, severity: 'error' as const, onset: null },
    ...{ evidence: {}, series: [0], message: '' },
  }));
  const verdict = { label: 'underfitting' as const, confidence: 1, probabilities, why: '' };
  return { verdict, findings, incidents: [], stopping: null };
}

function suggested(kind: TrainingKind, script: ScriptTraits | undefined, ...ids: SymptomId[]): TechniqueId[] {
  const context = { kind, hasValidation: true, ...(script && { script }) };
  return rankRemedies(diagnosis(...ids), context).map(({ technique }) => technique);
}

const bare: ScriptTraits = { regularised: false, norm: 'batch-norm' };
const linear: ScriptTraits = { regularised: false, norm: 'layer-norm' };
const held: ScriptTraits = { regularised: true, norm: null };

describe('the script of a run decides', () => {
  it.each<[string, ScriptTraits | undefined, SymptomId, TechniqueId[]]>([
    ['not known', undefined, 'never-learned', ['practical-advice', 'less-regularisation', 'more-capacity']],
    ['regularised', held, 'never-learned', ['practical-advice', 'less-regularisation', 'more-capacity']],
    ['bare', bare, 'never-learned', ['practical-advice', 'batch-norm', 'more-capacity', 'longer-warmup']],
    ['of linear layers', linear, 'never-learned', ['practical-advice', 'layer-norm', 'more-capacity']],
    [
      'regularised without norms',
      { ...bare, regularised: true },
      'never-learned',
      ['practical-advice', 'less-regularisation', 'batch-norm', 'more-capacity'],
    ],
    ['of linear layers', linear, 'gradient-vanishing', ['layer-norm', 'batch-norm', 'pre-norm']],
    ['bare', bare, 'high-bias', ['more-capacity', 'practical-advice', 'less-regularisation']],
    ['bare', bare, 'still-improving', ['less-regularisation']],
  ])('%s, %#: %s', (_name, script, symptom, first) => {
    expect(suggested('unknown', script, symptom).slice(0, first.length)).toEqual(first);
  });

  it('takes nothing away where there is nothing, whatever else was found', () => {
    const found = suggested('unknown', bare, 'plateau', 'never-learned', 'high-bias');
    expect(found.at(-1)).toBe('less-regularisation');
    expect(found).toContain('more-capacity');
  });

  it.each(Object.keys(profiles) as TrainingKind[])('%s: nothing that its kind rules out', (kind) => {
    for (const script of [bare, linear]) {
      for (const symptom of ['never-learned', 'gradient-vanishing'] as const) {
        const found = suggested(kind, script, symptom);
        expect(found.filter((id) => profiles[kind].unfit.includes(id))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
        // The same techniques, but for the norm.
        const usual = suggested(kind, undefined, symptom);
        expect(found.filter((id) => id !== script.norm).sort()).toEqual(
          usual.filter((id) => id !== script.norm).sort(),
        );
      }
    }
  });

  it.each<TrainingKind>([
    ...([
      'gan',
      'llm-pretraining',
      'fine-tuning',
      'diffusion',
      'reinforcement',
      'vision-transformer',
    ] as const),
  ])('%s: no norm comes forward, its recipe says where they stand', (kind) => {
    for (const script of [bare, linear])
      for (const symptom of ['never-learned', 'gradient-vanishing'] as const)
        expect(suggested(kind, script, symptom).filter((id) => id !== 'less-regularisation')).toEqual(
          suggested(kind, undefined, symptom).filter((id) => id !== 'less-regularisation'),
        );
  });

  it('numbers them as they stand, each with its own reason', () => {
    const context = { kind: 'unknown' as const, hasValidation: true };
    const ranked = (script?: ScriptTraits) =>
      rankRemedies(diagnosis('never-learned'), { ...context, ...(script && { script }) });
    expect(ranked(bare).map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    const why = (of: ReturnType<typeof ranked>) => new Map(of.map((one) => [one.technique, one.why]));
    expect(why(ranked(bare))).toEqual(why(ranked()));
  });

  it('beside the kind that is told', () => {
    const context = { kind: 'unknown' as const, hasValidation: true };
    expect(withTold(context, { kinds: [], script: bare })).toEqual({ ...context, script: bare });
    expect(withTold(context, { kinds: ['tabular'], script: null })).toEqual({ ...context, kind: 'tabular' });
    expect(withTold(context, { kinds: [], script: null })).toBe(context);
  });
});
