/**
 * What was really the matter with a recorded training, decided from what no log shows: the loss on a large test set and
 * on clean training data at each evaluation, and how both went on after the log ended. Never from a detector.
 *
 * A label needs the construction and the oracle to agree; what lies between is ambiguous and left out of training and of
 * the headline figures. The margins are wide on purpose (a tenth of test loss lost is overfitting, three hundredths is
 * not), so that the truth does not depend on where in between a line is drawn.
 */
import type { Label } from '../diagnosis';
import type { History, Oracle, Points } from './history';

export interface Truth {
  label: Exclude<Label, 'undetermined'>;
  /** The oracle does not decide, or contradicts the construction: of no use as an example. */
  ambiguous: boolean;
  /** Index of the evaluation with the best test loss so far: the checkpoint to keep. */
  best: number;
  /** Index of the evaluation since when it goes wrong; null for healthy and underfitting runs. */
  onset: number | null;
}

type Intent = Truth['label'];

const intents: Readonly<Record<string, Intent>> = {
  'few-data': 'overfitting',
  'label-noise': 'overfitting',
  'too-big': 'overfitting',
  'lr-tiny': 'underfitting',
  'net-tiny': 'underfitting',
  'over-regularised': 'underfitting',
  dead: 'underfitting',
  short: 'underfitting',
  'lr-high': 'unstable',
  'no-clip': 'unstable',
  'momentum-high': 'unstable',
  'bad-batches': 'unstable',
  overflow: 'unstable',
  'warmup-missing': 'unstable',
  'batch-norm-small-batch': 'unstable',
};

/** Test loss over its best: clearly worse, and as good as ever. */
const WORSE = 1.1;
const AS_GOOD = 1.03;
/** Share of the training loss that must have gone since the best, for "training goes on improving". */
const LEARNED_ON = 0.9;
/** Accuracy on training data over that on test data: a wide gap, and one that says nothing. */
const GAP = { wide: 0.15, none: 0.1 };
/** Share of its first level that a loss kept: never learned, poor at first sight, poor, good. */
const KEPT = { rising: 1.2, dead: 0.93, clearlyPoor: 0.75, poor: 0.5, good: 0.35 };
/** Accuracy below which a log that shows it shows a poor result. */
const POOR_ACCURACY = 0.6;
/** What a longer run would still have won of the test loss: stopped too early, or not. */
const MORE = { short: 0.85, done: 0.95 };
/** Share of all that was learned that an excursion of the training loss threw away. */
const THROWN = { clear: 0.5, small: 0.2 };

/** What is true of the first `seen` evaluations (whole by default) of a history. */
export function truthOf(history: History, seen = history.evaluations): Truth {
  const { oracle } = history;
  const intent = intents[history.recipe] ?? 'healthy';
  const whole = seen >= history.evaluations;
  const best = argmin(oracle.test, seen);
  const certain = (label: Intent, onset: number | null = null): Truth => ({
    label,
    ambiguous: false,
    best,
    onset,
  });
  const unsure = (label: Intent): Truth => ({ label, ambiguous: true, best, onset: null });

  const broken = brokenAt(history, seen);
  if (broken !== null) return certain('unstable', broken);
  const shaken = excursions(oracle.clean, seen);
  // Batch statistics make the loss in evaluation mode jump in a training that is fine: built to be unstable, or unsure.
  if (shaken.at !== null) return intent === 'unstable' ? certain('unstable', shaken.at) : unsure('unstable');
  if (best < 0) return unsure(intent);

  // With the best among the last three a curve that falls steeply has lost nothing.
  const lost = best >= seen - 3 ? 1 : median3(oracle.test, seen) / oracle.test[best]!;
  const learnedOn = median3(oracle.clean, seen) < LEARNED_ON * oracle.clean[best]!;
  if (!isPositive(oracle, seen)) return ofSigned(oracle, seen, intent, best);
  if (lost >= WORSE && learnedOn) {
    // Later in the longer run it gets better than ever: double descent, or grokking.
    if (Math.min(...finite(oracle.test.slice(seen))) < 0.98 * oracle.test[best]!)
      return unsure('overfitting');
    return seesValidation(history, seen) ? certain('overfitting', best) : unsure('overfitting');
  }
  const kept = median3(oracle.clean, seen) / firstLevel(history);
  // A network that comes trained gains little, and that is its health.
  const tuned = history.recipe === 'fine-tune';
  if (intent === 'underfitting' || (kept > KEPT.dead && !tuned))
    return underfitting(history, seen, whole, kept, best);
  const gap = gapAt(oracle, seen);
  // A gap under a test loss that still falls is that of a training in good health.
  const stale = best < 0.6 * seen;
  if ((gap >= GAP.none && stale) || lost > AS_GOOD) {
    const wide = gap >= GAP.wide && intent === 'overfitting' && stale && learnedOn;
    return wide && history.log.val_accuracy ? certain('overfitting', best) : unsure('overfitting');
  }
  // Stopped too early without being built to be: is it healthy? Nobody can say.
  const finished = whole && history.plan === history.evaluations;
  const more = Math.min(...finite(oracle.test.slice(seen))) / oracle.test[best]!;
  if (finished && !tuned && more < MORE.short) return unsure('underfitting');
  // The log's own validation set says otherwise, by chance: nobody who reads it could know.
  if (seesValidation(history, seen, WORSE)) return unsure('overfitting');
  if (shaken.largest > THROWN.small || (intent === 'unstable' && kept > KEPT.good)) return unsure('unstable');
  return certain('healthy');
}

function underfitting(history: History, seen: number, whole: boolean, kept: number, best: number): Truth {
  const { oracle, recipe } = history;
  const more = Math.min(...finite(oracle.test.slice(seen))) / oracle.test[best]!;
  const label = 'underfitting' as const;
  const truth = (ambiguous: boolean): Truth => ({ label, ambiguous, best, onset: null });
  // In a run that goes on, "not there yet" is no fault; what stays dead shows after half of it.
  if (!whole && (recipe === 'short' || recipe === 'fine-tune' || seen < 0.5 * history.evaluations))
    return truth(true);
  const intended = intents[recipe] === 'underfitting';
  if (recipe === 'short') {
    return truth(!(more < MORE.short && history.plan === history.evaluations));
  }
  // Going up is a fault of another kind.
  if (kept > KEPT.rising) return truth(true);
  if (kept > KEPT.dead) return truth(!intended && !(recipe.startsWith('lr-') || recipe === 'momentum-high'));
  // A loss at rest above zero may be the floor of its task, and of the next letter few can be known: what no reader of
  // the log could tell is no example.
  const tells = history.task !== 'language' && (kept > KEPT.clearlyPoor || saysPoor(history, seen));
  if (kept > KEPT.poor && intended) return truth(!tells);
  if (kept < KEPT.good && more > MORE.done && gapAt(oracle, seen) < GAP.none) {
    return { label: 'healthy', ambiguous: recipe !== 'net-tiny', best, onset: null };
  }
  return truth(true);
}

/** Losses below zero have no ratios: the range of the test loss is the unit, and only clear cases are decided. */
function ofSigned(oracle: Oracle, seen: number, intent: Intent, best: number): Truth {
  const values = finite(oracle.test.slice(0, seen));
  const range = Math.max(...values) - Math.min(...values) || 1;
  const lost = (median3(oracle.test, seen) - oracle.test[best]!) / range;
  const truth = (label: Intent, ambiguous: boolean, onset: number | null = null): Truth => ({
    label,
    ambiguous,
    best,
    onset,
  });
  if (lost > 0.2 && median3(oracle.clean, seen) < oracle.clean[best]!)
    return truth('overfitting', false, best);
  return truth(intent, !(intent === 'healthy' && lost < 0.03));
}

/** Index of the first evaluation with a value that is not finite, in the log or in the oracle; null without one. */
function brokenAt({ log, oracle }: History, seen: number): number | null {
  const end = seen >= oracle.x.length ? Number.POSITIVE_INFINITY : oracle.x[seen - 1]!;
  for (let i = 0; i < Math.min(seen, oracle.x.length); i++) {
    if (!Number.isFinite(oracle.clean[i]!) || !Number.isFinite(oracle.test[i]!)) return i;
  }
  const train = log.train;
  const first = train ? train.y.findIndex((y, i) => !Number.isFinite(y) && train.x[i]! <= end) : -1;
  if (first < 0) return null;
  return Math.max(
    0,
    oracle.x.findIndex((x) => x >= train!.x[first]!),
  );
}

/**
 * Excursions of the clean training loss above its best so far, in shares of all that was learned by then: where the
 * first clear one begins (three evaluations above, or the end of the run), and how large the largest was.
 */
function excursions(clean: readonly number[], seen: number): { at: number | null; largest: number } {
  let low = clean[0]!;
  let top = clean[0]!;
  let largest = 0;
  let at: number | null = null;
  let above = 0;
  for (let i = 1; i < Math.min(seen, clean.length); i++) {
    low = Math.min(low, clean[i]!);
    const share = top > low ? (clean[i]! - low) / (top - low) : 0;
    // A first level above chance must not be the measure of what was learned.
    const counts = top - low > 0.2 * Math.abs(top) && clean[i]! > 1.3 * low;
    if (counts && i > 2) largest = Math.max(largest, share);
    above = counts && share >= THROWN.clear ? above + 1 : 0;
    if (at === null && (above >= 3 || (above >= 1 && share > 1.5))) at = i - above + 1;
    if (i < 3) top = Math.min(top, Math.max(clean[0]!, clean[i]!));
  }
  return { at, largest };
}

/** The log holds an accuracy, and it is poor. */
function saysPoor({ log, oracle }: History, seen: number): boolean {
  const shown = log.train_accuracy ?? log.val_accuracy;
  const accuracy = oracle.test_accuracy;
  return Boolean(shown && accuracy?.length) && median3(accuracy!, seen) < POOR_ACCURACY;
}

/** Where the loss began: the first value of the log where it lies above the first evaluation, which comes later. */
function firstLevel({ log, oracle, recipe }: History): number {
  const first = log.train?.y[0] ?? Number.NaN;
  // A running average that starts at zero has no first level.
  return first > oracle.clean[0]! && recipe !== 'from-zero' ? first : oracle.clean[0]!;
}

/**
 * The log's own validation set, which may be small and lucky, shows the loss of quality as well. What no reader of the
 * log could see is no example.
 */
function seesValidation({ log, oracle }: History, seen: number, factor = AS_GOOD): boolean {
  const end = oracle.x[seen - 1]!;
  const upTo = ({ x, y }: Points): number[] => y.filter((_, i) => x[i]! <= end);
  const loss = log.val ? upTo(log.val) : [];
  if (loss.length >= 6) {
    return median3(loss, loss.length) > factor * Math.min(...finite(loss.slice(0, -3)));
  }
  const accuracy = log.val_accuracy ? upTo(log.val_accuracy) : [];
  return accuracy.length >= 6 && median3(accuracy, accuracy.length) < Math.max(...finite(accuracy)) - 0.02;
}

function gapAt({ test_accuracy: test, clean_accuracy: clean }: Oracle, seen: number): number {
  if (!test?.length || !clean?.length) return 0;
  return median3(clean, seen) - median3(test, seen);
}

function isPositive({ test, clean }: Oracle, seen: number): boolean {
  return [test, clean].every((values) => values.slice(0, seen).every((value) => value > 0));
}

/** Median of the last three of the first `seen`. */
function median3(values: readonly number[], seen: number): number {
  const last = values.slice(Math.max(0, seen - 3), seen).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)]!;
}

function argmin(values: readonly number[], seen: number): number {
  let best = -1;
  for (let i = 0; i < Math.min(seen, values.length); i++) {
    if (Number.isFinite(values[i]!) && (best < 0 || values[i]! < values[best]!)) best = i;
  }
  return best;
}

function finite(values: readonly number[]): number[] {
  const result = values.filter((value) => Number.isFinite(value));
  return result.length > 0 ? result : [Number.POSITIVE_INFINITY];
}
