/**
 * Dead from the start: the loss is where it began.
 *
 * Source: the progress guard of the symptom list (no new best for max(300 steps, 10 %) and best/first > 0.6; stronger
 * within 1 % of ln(classes)). Calibrated on generated runs: fine-tuning starts low and ends at 0.7 to 0.95 of its
 * first loss in good health, so the run must have gained less than 5 % *and* less than its noise explains. Silent
 * for a run that starts in the middle (resumed), and when an accuracy says that it knows its task already. Silent
 * too before 300 steps (20 evaluations where no steps are counted; 8 where loss and accuracy both stand at guessing)
 * and 10 % of a known plan, and until the learning
 * rate has been at its peak for a while: during warm-up nothing is learned by design. A loss below ln 2 is better than
 * guessing between two classes; unless an accuracy at chance level stands beside it, it is information.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import {
  endLevel,
  enough,
  firstLevel,
  hadTimeToLearn,
  isExcerpt,
  isPositive,
  spread,
  startLevel,
  warmsUp,
} from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent } from '../wording';

const MIN_GAIN = 0.05;
const UNMOVED = 0.01;
/** Above it the model knows the task, whatever the loss does. */
const KNOWS = 0.6;
const CHANCE_TOLERANCE = 0.01;
const AT_GUESSING = 0.003;
/** The loss of guessing between two classes, and the accuracy of it with some luck. */
const LN_2 = 0.98 * Math.LN2;
const GUESSING = 0.55;
/** An accuracy that no task with a loss at rest calls learned; it proves as much as the loss of guessing does. */
const HOPELESS = 0.2;
const MIN_POINTS = 20;
/** Enough where loss and accuracy both stand exactly at guessing: that is no noise. */
const MIN_PROVEN = 8;

/** Finds a training loss (without one, a validation loss) that never left its first level. */
export function detectNeverLearned(view: RunView): Finding | null {
  const curve = enough(view, view.train) ? view.train : view.val;
  if (view.kind !== 'supervised' || !enough(view, curve) || !isPositive(curve)) return null;
  if (isExcerpt(curve) || warmsUp(view)) return null;
  const guessing = atGuessing(view, curve);
  if (guessing) return guessing;
  const start = firstLevel(curve);
  const best = curve.smooth[curve.best]!;
  const end = endLevel(curve, 0.2);
  const gain = (start - Math.min(end, medianBest(curve))) / start;
  if (gain >= MIN_GAIN || end > (1 + MIN_GAIN) * start) return null;
  // Swings that large are another fault.
  if (curve.noise > 0.2 * end) return null;
  // A gain that stands out of the noise is learning, if slow: that is for `still-improving`.
  if (gain > 0.02 && start - end > 3 * curve.noise) return null;
  const accuracy = [view.trainQuality, view.valQuality].find((c) => c?.isFraction && c.y.length >= 3);
  const known = accuracy ? -accuracy.smooth[accuracy.best]! : null;
  if (known !== null && (known > KNOWS || climbs(accuracy!))) return null;
  const chance = chanceLevel(view, end);
  const guesses = known !== null && known <= GUESSING;
  const hopeless = known !== null && known < HOPELESS;
  const proven = ((chance !== null && guesses) || hopeless) && curve.y.length >= MIN_PROVEN;
  const early = !proven && !hadTimeToLearn(view, curve);
  if (early && (curve.y.length < MIN_PROVEN || gain > UNMOVED)) return null;
  // Only a loss of a classifier can be compared with guessing.
  const classifies = known !== null || view.run.context.has('num_classes');
  const low = classifies && chance === null && end < LN_2 && !guesses;
  // Fine-tuning gains its few per cent; without an accuracy only a loss that did not move at all is told aloud.
  const moved = chance === null && known === null && gain > UNMOVED;
  if (chance === null && known === null && gain + 2 * doubt(curve, start) >= MIN_GAIN) return null;
  if (chance === null && known === null && curve.y.length < MIN_POINTS && gain > 0.01) return null;
  return {
    id: 'never-learned',
    family: 'underfitting',
    severity: low || moved || early ? 'info' : chance !== null || hopeless || guesses ? 'error' : 'warning',
    onset: placeAt(curve, 0),
    evidence: {
      first: start,
      best,
      last: end,
      gain,
      ...(chance !== null ? { chanceLevel: chance } : {}),
      ...(known !== null ? { bestAccuracy: known } : {}),
    },
    series: [...curve.members, ...(accuracy?.members ?? [])],
    message: unmovedText(curve, { start, end, gain, chance, known }),
  };
}

function unmovedText(
  curve: Curve,
  about: { start: number; end: number; gain: number; chance: number | null; known: number | null },
): string {
  const { start, end, gain, chance, known } = about;
  const moved = l10n.t(
    '{0} started at {1} and is at {2} after {3} points: it gained {4} in the whole run',
    ...[nameOf(curve), number(start), number(end), curve.y.length, percent(Math.max(0, gain))],
  );
  if (chance !== null && known !== null)
    return l10n.t(
      '{0}, and {1} is what guessing gives, with an accuracy of at most {2}.',
      ...[moved, number(chance), percent(known)],
    );
  if (chance !== null) return l10n.t('{0}, and {1} is what guessing gives.', moved, number(chance));
  return known !== null
    ? l10n.t('{0}, with an accuracy of at most {1}.', moved, percent(known))
    : l10n.t('{0}.', moved);
}

/**
 * Training and validation both rest on ln(K) to three thousandths for the second half of the log: the network answers
 * with the frequencies of the classes, whatever it did before.
 */
function atGuessing(view: RunView, curve: Curve): Finding | null {
  const { train, val } = view;
  if (!enough(view, train) || !enough(view, val)) return null;
  const [a, b] = [train, val].map((c) => median(c.y, Math.floor(c.y.length / 2))) as [number, number];
  const level = guessingLevels(view).find((ln) => [a, b].every((x) => Math.abs(x / ln - 1) < AT_GUESSING));
  if (level === undefined || val.noise > AT_GUESSING * level) return null;
  const quality = [view.trainQuality, view.valQuality].find((c) => c?.isFraction);
  if (quality && -quality.smooth[quality.best]! > KNOWS) return null;
  return {
    id: 'never-learned',
    family: 'underfitting',
    severity: 'error',
    onset: placeAt(curve, 0),
    evidence: { first: curve.y[0]!, lastTrain: a, lastVal: b, chanceLevel: level },
    series: [...train.members, ...val.members],
    message: l10n.t(
      '{0} ({1}) and {2} ({3}) have come to rest on {4}, which is what guessing between {5} classes gives: nothing was learned.',
      ...[nameOf(train), number(a), nameOf(val), number(b), number(level), Math.round(Math.exp(level))],
    ),
  };
}

/** Standard error of the gain: of a median of the first points against one of the last fifth, as a share of the start. */
function doubt(curve: Curve, start: number): number {
  const head = Math.max(3, Math.round(curve.y.length / 100));
  return (1.25 * curve.noise * Math.sqrt(1 / head + 5 / curve.y.length)) / start;
}

function medianBest(curve: Curve): number {
  const at = curve.best;
  return median(curve.y, Math.max(0, at - 2), at + 3);
}

/** ln(K) where the loss is at it; null elsewhere. */
function chanceLevel(view: RunView, loss: number): number | null {
  return guessingLevels(view).find((ln) => Math.abs(loss / ln - 1) < CHANCE_TOLERANCE) ?? null;
}

/** ln(K) for the known number of classes, else for the commonest. */
function guessingLevels({ run }: RunView): number[] {
  const known = Number(run.context.get('num_classes') ?? Number.NaN);
  return (Number.isFinite(known) && known > 1 ? [known] : [2, 10, 100, 1000]).map(Math.log);
}

function climbs(accuracy: Curve): boolean {
  return (
    startLevel(accuracy) - endLevel(accuracy, 0.2) >
    Math.max(0.05, 0.5 * spread(accuracy), 3 * accuracy.noise)
  );
}
