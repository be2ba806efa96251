/**
 * Why the curves look unstable, where no detector is certain of it: how much of what was learned was lost on the way.
 *
 * The detectors' definitions must hold by themselves and are narrow; here the network has spoken first (`verdict.ts`), so
 * a wider one is enough to say why: a quarter of all that was gained lost for two evaluations or more. Not where training was
 * only made harder.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import { endLevel, enough, firstLevel, isPerEpoch, onlyTrainingRose, startLevel } from '../measure';
import type { RunView } from '../pairing';
import { isReweighted, jumpsRegularly } from '../symptoms/scheduled';
import { nameOf, number, percent, where } from '../wording';

const LOST = 0.25;
/** A validation loss alone may be bad for that many evaluations: batch statistics that have not settled. */
const BAD_EVALUATIONS = 2;
/** Times the noise that an excursion must have. */
const OUT_OF_NOISE = 4;

interface Excursion {
  curve: Curve;
  /** Index since which the curve lies that far above. */
  at: number;
  /** Index of its highest point. */
  peak: number;
  low: number;
  high: number;
  share: number;
}

/** The largest excursion of a loss above its best so far; null where none is large. */
export function suspectInstability(view: RunView): Finding | null {
  const largest = [view.train, view.val]
    .map((curve) =>
      enough(view, curve) ? excursion(curve, curve === view.train ? 0 : BAD_EVALUATIONS) : null,
    )
    .reduce((a, b) => ((b?.share ?? 0) > (a?.share ?? 0) ? b : a), null);
  if (!largest || largest.share < LOST) return null;
  const { curve, at, peak, low, high, share } = largest;
  if (isReweighted(view, curve, at, Math.max(at, peak - 5)) || jumpsRegularly(view)) return null;
  if (curve === view.train && onlyTrainingRose(view, low + LOST * (endLevel(curve) - low))) return null;
  if (high - low < OUT_OF_NOISE * curve.noise) return null;
  return {
    id: 'loss-spike',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(curve, at),
    evidence: { low, high, share },
    series: [...curve.members],
    message: l10n.t(
      '{0} rose from {1} to {2} around {3}, {4} of all that it had gained by then: the curves look like those of trainings that lose their footing.',
      ...[nameOf(curve), number(low), number(high), where(curve, at), percent(share)],
    ),
  };
}

/** On the smoothed curve, from its fourth point on: the first ones have no best to be measured against. */
function excursion(curve: Curve, more: number): Excursion | null {
  // A value of each epoch holds most of what is gained in its first: the median of three would leave that out.
  const start = isPerEpoch(curve) ? firstLevel(curve) : startLevel(curve);
  let low = Math.min(start, curve.smooth[0]!);
  let largest: Excursion | null = null;
  let since = 0;
  for (let i = 1; i < curve.smooth.length; i++) {
    const value = curve.smooth[i]!;
    const share = start > low ? (value - low) / (start - low) : 0;
    if (share < LOST) since = i + 1;
    if (i > 3 && i - since >= more && share > (largest?.share ?? 0))
      largest = { curve, at: Math.min(since, i), peak: i, low, high: value, share };
    low = Math.min(low, value);
  }
  return largest;
}
