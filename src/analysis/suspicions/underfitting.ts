/**
 * Why the curves look like underfitting, where no detector is certain of it: how little of the first level was lost.
 *
 * The detectors' definitions must hold by themselves and are narrow; here the network has spoken first (`verdict.ts`), so
 * a wider one is enough to say why: an accuracy below 0.7 beside a loss that kept half. Calibration: of the recorded
 * trainings that no network had learned from, see `promotions` in `model/train.ts`.
 */
import * as l10n from '@vscode/l10n';
import type { Finding, SymptomId } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import {
  endLevel,
  enough,
  firstLevel,
  flatSince,
  hadTimeToLearn,
  isExcerpt,
  isFlat,
  isPositive,
  warmsUp,
} from '../measure';
import type { RunView } from '../pairing';
import { nameOf, number, percent, valueOf, where } from '../wording';

const KEPT = 0.5;
/** A loss that still falls must have kept more: on the way down every training passes the half. */
const KEPT_FALLING = 0.8;
/** A loss that hardly moved says it whatever the accuracy did. */
const UNMOVED = 0.95;
const POOR_ACCURACY = 0.7;
/** An accuracy that no task calls learned, whatever the loss did. */
const HOPELESS = 0.2;
/** More right than wrong may be what a network knew before its fine-tuning. */
const MORE_WRONG = 0.5;
/** One that began above this share of its end belongs to a network that came trained. */
const CAME_FROM = 0.85;
const FLAT_SHARE = 0.4;
/** Fewer evaluations are the beginning of any training. */
const MIN_POINTS = 8;

/** A loss that kept most of its first level, as the finding that its shape comes nearest to; null where it did not. */
export function suspectUnderfitting(view: RunView): Finding | null {
  const curve = enough(view, view.train) ? view.train : view.val;
  if (!enough(view, curve) || curve.y.length < MIN_POINTS || !isPositive(curve)) return null;
  if (isExcerpt(curve) || warmsUp(view)) return null;
  const first = firstLevel(curve);
  const last = endLevel(curve, 0.2);
  const kept = last / first;
  const quality = [view.trainQuality, view.valQuality].find((c) => c?.isFraction && c.y.length >= 3) ?? null;
  // A loss alone proves nothing: a fine-tuning in good health keeps 0.7 to 0.99 of its first loss.
  if (quality === null || !isPoor(quality, kept)) return null;
  const flat = isFlat(curve, Math.round(curve.y.length * (1 - FLAT_SHARE)));
  const ended = view.run.status === 'finished' || view.run.status === 'crashed';
  // A run that goes on may get there: it must have come to rest, and have had its time.
  if (ended ? !flat && kept < KEPT_FALLING : !flat || !hadTimeToLearn(view, curve)) return null;
  const onset = flat ? flatSince(curve) : 0;
  const level = [nameOf(curve), number(last), percent(kept), number(first)];
  return {
    id: symptom(kept, flat, view.val !== null),
    family: 'underfitting',
    severity: 'warning',
    onset: placeAt(curve, onset),
    evidence: {
      first,
      last,
      kept,
      accuracy: -endLevel(quality, 0.2),
    },
    series: [...curve.members, ...quality.members],
    message: flat
      ? l10n.t(
          '{0} is at {1}, {2} of its first level {3}, and flat since {4}, with {5} at {6}: the curves look like those of models that learn too little.',
          ...[...level, where(curve, onset), nameOf(quality), endOf(quality)],
        )
      : l10n.t(
          '{0} is at {1}, {2} of its first level {3}, after {4} points, with {5} at {6}: the curves look like those of models that learn too little.',
          ...[...level, curve.points, nameOf(quality), endOf(quality)],
        ),
  };
}

/** Of the next letter four answers in ten are good: there the loss must have kept much, and the accuracy have risen. */
function isPoor(quality: Curve, kept: number): boolean {
  const end = -endLevel(quality, 0.2);
  if (end < HOPELESS) return true;
  if (end > POOR_ACCURACY || kept < KEPT) return false;
  return (kept > UNMOVED && end < MORE_WRONG) || -firstLevel(quality) < CAME_FROM * end;
}

function symptom(kept: number, flat: boolean, validated: boolean): SymptomId {
  if (kept > UNMOVED) return 'never-learned';
  if (!flat) return 'still-improving';
  return validated ? 'high-bias' : 'plateau';
}

function endOf(quality: Curve): string {
  return valueOf(quality, endLevel(quality, 0.2));
}
