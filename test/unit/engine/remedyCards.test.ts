import { expect, test } from 'vitest';
import type { Diagnosis, Finding, SymptomId } from '../../../src/analysis/diagnosis';
import { untold } from '../../../src/remedies/context';
import { assessedFor, remedyCards } from '../../../src/engine/remedyCards';
import type { Assessment } from '../../../src/protocol';
import type { RemedyContext } from '../../../src/remedies/remedy';

const context: RemedyContext = { kind: 'unknown', hasValidation: true };
const finding = (id: SymptomId, severity: Finding['severity'] = 'warning'): Finding => ({
  ...{ id, family: 'overfitting', severity, onset: null, evidence: {}, series: [0], message: '' },
});
const diagnosis: Diagnosis = {
  verdict: {
    label: 'overfitting',
    confidence: 1,
    probabilities: { healthy: 0, overfitting: 1, underfitting: 0, unstable: 0 },
    why: '',
  },
  findings: [finding('val-loss-rising', 'error'), finding('loss-spike'), finding('overconfidence', 'info')],
  incidents: [],
  stopping: null,
};
const assessment: Assessment = {
  diagnosis,
  notes: {},
  context,
  remedies: remedyCards(diagnosis, context),
  backend: null,
};
const first = (...dismissed: SymptomId[]): (string | undefined)[] => {
  const { remedies } = assessedFor(assessment, untold, new Set(dismissed));
  return remedies.slice(0, 2).map(({ technique }) => technique);
};

test('remedies are for what the user does not say is not so', () => {
  expect(first()).toEqual(['early-stopping', 'weight-decay']);
  expect(first('val-loss-rising')).toEqual(['gradient-clipping', 'lower-lr']);
  expect(first('loss-spike')).toEqual(['early-stopping', 'weight-decay']);
});

test('where only remarks are left there is nothing to do', () => {
  expect(first('val-loss-rising', 'loss-spike')).toEqual([]);
});

test('an assessment of which nothing was dismissed stays as it is', () => {
  expect(assessedFor(assessment, untold, new Set(['plateau']))).toBe(assessment);
  expect(assessedFor(assessment, untold, new Set(['loss-spike'])).diagnosis).toBe(diagnosis);
});
