/**
 * Stopped while still falling: more epochs (or a higher learning rate) would have helped.
 *
 * Source: AUTOTRAINER's slow convergence. Starting value: extrapolated gain over the next fifth of the run > 5 %.
 * Calibrated on generated runs: the extrapolation is geometric (each fifth gains a constant ratio of the one before,
 * never more), which over-estimates power laws little; information from 5 %, a warning from 10 % with at least ten
 * points. Silent while the run goes on, and when the learning rate has decayed: the schedule ended it.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt, type Curve } from '../curve';
import { enough, firstLevel, isPositive, lrShare } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent } from '../wording';

const NEXT = 0.2;
const GAIN = { info: 0.05, warning: 0.1 };
/** Share of the gain so far: a converged power law has 1 to 3 % to come, a run cut short 8 % and more. */
const MIN_FURTHER = 0.05;
const DECAYED = 0.1;

/** Finds a validation (without one, a training) loss that was still falling when the run ended. */
export function detectStillImproving(view: RunView): Finding | null {
  const curve = enough(view, view.val) ? view.val : view.train;
  if (view.kind !== 'supervised' || !enough(view, curve) || !isPositive(curve)) return null;
  if (
    view.run.status === 'running' ||
    (view.progress !== null && view.progress < 0.95 && view.run.status === 'unknown')
  ) {
    return null;
  }
  const lr = lrShare(view);
  if (lr !== null && lr <= DECAYED) return null;
  const fifths = levels(curve);
  if (!fifths) return null;
  const [a, b, c] = fifths;
  const gained = b - c;
  const before = a - b;
  // Three falling levels in a row, each step well out of the noise, and the best is now.
  if (gained <= 3 * curve.noise || before <= 3 * curve.noise || curve.best < 0.9 * (curve.y.length - 1))
    return null;
  if (rateFell(view) || inOneDrop(curve)) return null;
  const gain = (gained * Math.min(1, gained / before)) / c;
  // Near zero any loss halves again and again: what is to come must also count against what was gained so far.
  const further = (gain * c) / Math.max(firstLevel(curve) - c, Number.MIN_VALUE);
  if (!(gain > GAIN.info) || further < MIN_FURTHER) return null;
  const quality = view.valQuality;
  // An accuracy above 0.9 leaves little to win, whatever the loss says.
  const good = Boolean(
    quality?.isFraction && quality.series.name === 'accuracy' && -quality.smooth.at(-1)! > 0.9,
  );
  // Most logs do not say whether their training has ended; one that goes on has nothing wrong with it.
  const ended = view.run.status === 'finished' || view.run.status === 'crashed';
  const from = Math.round(curve.y.length * (1 - 2 * NEXT));
  return {
    id: 'still-improving',
    family: 'underfitting',
    // A training loss alone goes on falling while a model overfits: only a validation loss makes it a warning.
    severity:
      ended && curve === view.val && gain > GAIN.warning && curve.y.length >= 10 && !good
        ? 'warning'
        : 'info',
    onset: placeAt(curve, Math.min(from, curve.y.length - 1)),
    best: bestOf(curve),
    evidence: { last: c, gainLastFifth: gained, gainNextFifth: gain },
    series: [...curve.members],
    message: l10n.t(
      '{0} was still falling when the run stopped: from {1} to {2} over its last {3}, and about {4} more could be expected from as much again.',
      ...[nameOf(curve), number(b), number(c), percent(NEXT), percent(gain)],
    ),
  };
}

/** The learning rate fell to less than half in the stretch that is looked at: the schedule made the gain. */
function rateFell(view: RunView): boolean {
  const lr = view.lr?.y;
  if (!lr || lr.length < 3) return false;
  return lr.at(-1)! < 0.5 * lr[Math.floor(lr.length * (1 - 2 * NEXT))]!;
}

/** Half of the late gain came within a tenth of the run: a step (a decayed rate), no trend to go on. */
function inOneDrop(curve: Curve): boolean {
  const count = curve.smooth.length;
  const from = Math.floor(count * (1 - 2.5 * NEXT));
  const reach = Math.max(1, Math.round(0.1 * count));
  const total = curve.smooth[from]! - curve.smooth[count - 1]!;
  for (let i = from; i + reach < count; i++) {
    if (curve.smooth[i]! - curve.smooth[i + reach]! > 0.5 * total) return true;
  }
  return false;
}

/** Median levels around 60 %, 80 % and 100 % of the curve; null when it is too short for three levels. */
function levels(curve: Curve): [number, number, number] | null {
  const count = curve.y.length;
  if (count < 6) return null;
  const half = Math.max(1, Math.round(0.05 * count));
  const at = (share: number) => {
    const centre = Math.round(share * (count - 1));
    return median(curve.y, Math.max(0, centre - half), centre + half + 1);
  };
  return [at(1 - 2 * NEXT), at(1 - NEXT), median(curve.y, count - Math.max(2, half))];
}
