import { describe, expect, it } from 'vitest';
import type { Diagnosis, Finding } from '../../../src/analysis/diagnosis';
import { lensText } from '../../../src/editor/scripts/lensText';
import { placedFindings } from '../../../src/editor/scripts/runFindings';
import type { Assessment } from '../../../src/protocol';
import { nowhere } from '../../../src/python/places/places';
import { makeLost, makeSummary } from './makeSummary';

const finding: Finding = {
  ...{ id: 'divergence', family: 'unstable', severity: 'error', onset: null, evidence: {}, series: [] },
  message: 'The loss is at 12.',
};
const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 4 } });
const places = { ...nowhere, step: at(7), optimizer: at(3), training: at(5) };

function assessed(findings: Finding[] = [finding], confidence = 0.9): Assessment {
  const remedies = ['early-stopping', 'gradient-clipping', 'lower-lr', 'more-data'].map((technique) => ({
    technique,
    fixes: technique === 'more-data' ? [] : ['python'],
  }));
  const verdict = { label: 'unstable', confidence } as Diagnosis['verdict'];
  return { diagnosis: { verdict, findings }, remedies } as unknown as Assessment;
}

describe('findings of a run in its script', () => {
  it('stand where they can be mended, with the remedies that answer them', () => {
    expect(placedFindings(makeLost(), assessed(), places)).toEqual([
      { finding, range: at(7), remedies: ['gradient-clipping', 'lower-lr'] },
    ]);
    const [placed] = placedFindings(makeLost(), assessed(), { ...places, step: null });
    expect(placed!.range).toEqual(at(3));
  });

  it.each([
    ['a verdict that is not sure', makeLost(), assessed([finding], 0.79)],
    ['a healthy run', makeSummary(), assessed()],
    ['another verdict than that of the list', makeLost({ label: 'overfitting' }), assessed()],
    ['a dismissed finding', makeLost({ symptoms: [] }), assessed()],
    ['what is only worth a thought', makeLost(), assessed([{ ...finding, severity: 'info' }])],
    ['what is not behind the verdict', makeLost(), assessed([{ ...finding, family: 'overfitting' }])],
  ])('are none of %s', (_, run, assessment) => {
    expect(placedFindings(run, assessment, places)).toEqual([]);
  });

  it('are none where the script has no place for them', () => {
    expect(placedFindings(makeLost(), assessed(), nowhere)).toEqual([]);
  });
});

describe('the line above the training loop', () => {
  it('has the verdict in a few words', () => {
    expect(lensText(makeLost())).toBe('$(error)\u00a0Last run: unstable since step 40');
    expect(lensText(makeSummary())).toBe('$(pass)\u00a0Last run: healthy');
    expect(lensText(makeSummary({ state: 'crashed' }))).toBe('$(circle-slash)\u00a0Last run: crashed');
    expect(lensText(makeSummary({ label: null, dismissed: 1 }))).toContain('no open finding');
    expect(lensText(makeSummary({ label: null }))).toBeNull();
  });
});
