import type { Finding, SymptomId } from './diagnosis';
import type { RunView } from './pairing';
import { rateSweepOf } from './rateSweep';
import type { Detector } from './symptoms/detector';
import { detectDivergence } from './symptoms/divergence';
import { detectGeneralisationGap } from './symptoms/generalisationGap';
import { detectGradientExplosion, detectGradientVanishing } from './symptoms/gradients';
import { detectHighBias } from './symptoms/highBias';
import { detectLossSpike } from './symptoms/lossSpike';
import { detectMemorised } from './symptoms/memorised';
import { detectNeverLearned } from './symptoms/neverLearned';
import { detectNonFinite } from './symptoms/nonFinite';
import { detectOscillation } from './symptoms/oscillation';
import { detectOverconfidence } from './symptoms/overconfidence';
import { detectOverRegularised } from './symptoms/overRegularised';
import { detectPastTheOptimum } from './symptoms/pastTheOptimum';
import { detectPlateau } from './symptoms/plateau';
import { detectStillImproving } from './symptoms/stillImproving';
import { detectValidationTooGood } from './symptoms/validationTooGood';
import { detectValJitter } from './symptoms/valJitter';
import { detectValLossRising } from './symptoms/valLossRising';
import { detectWarmupMissing } from './symptoms/warmupMissing';

/** All detectors in the order of precedence: of findings of equal severity the first leads. */
export const detectors: Readonly<Record<SymptomId, Detector>> = {
  'non-finite': detectNonFinite,
  divergence: detectDivergence,
  'loss-spike': detectLossSpike,
  'warmup-missing': detectWarmupMissing,
  'never-learned': detectNeverLearned,
  'val-loss-rising': detectValLossRising,
  memorised: detectMemorised,
  'past-the-optimum': detectPastTheOptimum,
  'generalisation-gap': detectGeneralisationGap,
  overconfidence: detectOverconfidence,
  'validation-too-good': detectValidationTooGood,
  oscillation: detectOscillation,
  'gradient-explosion': detectGradientExplosion,
  'gradient-vanishing': detectGradientVanishing,
  'val-jitter': detectValJitter,
  plateau: detectPlateau,
  'high-bias': detectHighBias,
  'over-regularised': detectOverRegularised,
  'still-improving': detectStillImproving,
};

const precedence = Object.keys(detectors) as SymptomId[];
const weight = { error: 0, warning: 1, info: 2 };

/**
 * All findings of a run, the leading one first: errors and warnings by precedence of their symptom, then
 * information. Precedence beats severity between error and warning: a NaN outranks whatever came before it. None of a
 * learning-rate range test, which breaks its loss on purpose (`shortage` says what it is).
 */
export function detect(view: RunView): Finding[] {
  if (rateSweepOf(view)) return [];
  const found = precedence.map((id) => detectors[id](view)).filter((finding) => finding !== null);
  return withoutContradictions(found).sort(
    (a, b) =>
      Number(a.severity === 'info') - Number(b.severity === 'info') ||
      precedence.indexOf(a.id) - precedence.indexOf(b.id) ||
      weight[a.severity] - weight[b.severity],
  );
}

/** A flat loss is told once: as never learned when it never did, else as a plateau. */
function withoutContradictions(findings: Finding[]): Finding[] {
  const has = (id: SymptomId) => findings.some((f) => f.id === id && f.severity !== 'info');
  return findings.filter((f) => {
    if (f.id === 'plateau' || f.id === 'high-bias')
      return !has('never-learned') && !has('divergence') && !has('val-loss-rising');
    if (f.id === 'oscillation') return !has('divergence');
    if (f.id === 'never-learned') return !has('divergence');
    if (f.id === 'past-the-optimum' || f.id === 'generalisation-gap') return !has('val-loss-rising');
    return true;
  });
}
