/**
 * What was really the matter with a recorded training, decided from what no log shows: the loss on a large test set and
 * on clean training data at each evaluation, and how both went on after the log ended. Never from a detector.
 *
 * A label needs the construction and the oracle to agree, and a log in which it can be seen; what lies between is
 * ambiguous and left out of training and of the headline figures. The margins are wide on purpose (a tenth of test loss
 * lost is overfitting, three hundredths is not), so that the truth does not depend on where in between a line is drawn.
 */
import type { Label } from '../diagnosis';
import type { History, Oracle } from './history';
import {
  argmin,
  brokenAt,
  excursions,
  beganAboveGuessing,
  finite,
  firstLevel,
  gapAt,
  isPositive,
  median3,
  stillFalls,
  THROWN,
  type Excursions,
} from './oracleCurves';
import { showsEnd, showsExcursion, showsGood, showsPoor, showsRangeTest, showsRise } from './shown';

export interface Truth {
  label: Exclude<Label, 'undetermined'>;
  /** The oracle does not decide, contradicts the construction, or the log shows nothing of it: no example. */
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
  'rate-jump': 'unstable',
  'rate-edge': 'unstable',
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
/** Share of its first level that a loss kept: rose, never learned, poor at first sight, poor, good. */
const KEPT = { rising: 1.2, dead: 0.93, clearlyPoor: 0.75, poor: 0.5, good: 0.35 };
/** What a longer run would still have won of the test loss: stopped too early, or not. */
const MORE = { short: 0.85, done: 0.95 };
/** An excursion that ended before this share of the run, with nothing lost at the end, is a storm that passed. */
const PASSED = 0.35;

/** What is true of the first `seen` evaluations (whole by default) of a history. */
export function truthOf(history: History, seen = history.evaluations): Truth {
  const truth = trueOf(history, seen);
  // Nobody who reads the log can tell it from a range test, in which nothing is a fault.
  return showsRangeTest(history, seen) ? { ...truth, ambiguous: true } : truth;
}

function trueOf(history: History, seen: number): Truth {
  const { oracle } = history;
  const intent = intents[history.recipe] ?? 'healthy';
  const best = argmin(oracle.test, seen);
  const truth = (label: Intent, ambiguous: boolean, onset: number | null = null): Truth => ({
    label,
    ambiguous,
    best,
    onset,
  });

  const broken = brokenAt(history, seen);
  if (broken !== null) return truth('unstable', false, broken);
  const shaken = excursions(oracle.clean, seen);
  if (shaken.at !== null) {
    const certain = intent === 'unstable' && !passed(oracle, shaken, seen) && showsExcursion(history, seen);
    return truth('unstable', !certain, shaken.at);
  }
  if (best < 0) return truth(intent, true);

  // With the best among the last three a curve that falls steeply has lost nothing.
  const lost = best >= seen - 3 ? 1 : median3(oracle.test, seen) / oracle.test[best]!;
  const learnedOn = median3(oracle.clean, seen) < LEARNED_ON * oracle.clean[best]!;
  if (!isPositive(oracle, seen)) return ofSigned(oracle, seen, intent, best);
  if (lost >= WORSE && learnedOn) {
    // Later in the longer run it gets better than ever: double descent, or grokking.
    const descends = Math.min(...finite(oracle.test.slice(seen))) < 0.98 * oracle.test[best]!;
    return truth('overfitting', descends || !showsRise(history, seen, AS_GOOD), best);
  }
  const kept = median3(oracle.clean, seen) / firstLevel(history);
  // A network that comes trained gains little, and that is its health.
  const tuned = history.recipe === 'fine-tune';
  if (intent === 'underfitting' || (kept > KEPT.dead && !tuned)) {
    return truth(...underfitting(history, seen, kept, best));
  }
  const gap = gapAt(oracle, seen);
  // A gap under a test loss that still falls is that of a training in good health.
  const stale = best < 0.6 * seen;
  if ((gap >= GAP.none && stale) || lost > AS_GOOD) {
    const wide = gap >= GAP.wide && intent === 'overfitting' && stale && learnedOn;
    return truth('overfitting', !(wide && history.log.val_accuracy), best);
  }
  // Stopped too early without being built to be: is it healthy? Nobody can say.
  const finished = seen >= history.evaluations && history.plan === history.evaluations;
  const more = Math.min(...finite(oracle.test.slice(seen))) / oracle.test[best]!;
  if (finished && !tuned && more < MORE.short) return truth('underfitting', true);
  // The log's own validation set says otherwise, by chance: nobody who reads it could know.
  if (showsRise(history, seen, WORSE)) return truth('overfitting', true);
  if (shaken.largest > THROWN.small || (intent === 'unstable' && kept > KEPT.good)) {
    return truth('unstable', true);
  }
  // A good training of a hard task looks like a poor one of an easy task, and a fine-tuning like one that never learned.
  // While it goes on and still falls, "not there yet" is no fault.
  if (!showsEnd(history, seen) && stillFalls(oracle.clean, seen)) return truth('healthy', false);
  const doubtful = looksPoor(history, seen, kept) && !(tuned && showsGood(history, seen));
  return truth('healthy', doubtful);
}

/** Label and whether it is ambiguous, of a run that was built to learn little, or that learned nothing. */
function underfitting(history: History, seen: number, kept: number, best: number): [Intent, boolean] {
  const { oracle, recipe } = history;
  const whole = seen >= history.evaluations;
  const more = Math.min(...finite(oracle.test.slice(seen))) / oracle.test[best]!;
  // In a run that goes on, "not there yet" is no fault; what stays dead shows after half of it.
  if (!whole && (recipe === 'short' || recipe === 'fine-tune' || seen < 0.5 * history.evaluations))
    return ['underfitting', true];
  const intended = intents[recipe] === 'underfitting';
  if (recipe === 'short') return ['underfitting', !(more < MORE.short && showsEnd(history, seen))];
  // Going up is a fault of another kind.
  if (kept > KEPT.rising) return ['underfitting', true];
  if (kept > KEPT.dead) {
    // That a loss came down to guessing, and not to the floor of its task, only an accuracy tells.
    if (beganAboveGuessing(history) && !showsPoor(history, seen)) return ['underfitting', true];
    return ['underfitting', !intended && !(recipe.startsWith('lr-') || recipe === 'momentum-high')];
  }
  if (kept > KEPT.poor && intended) {
    // Of the next letter few can be known, so a loss at rest may be the floor; one that still falls may get there.
    const mayBeFine =
      history.task === 'language' || (!showsEnd(history, seen) && stillFalls(oracle.clean, seen));
    return ['underfitting', mayBeFine || !looksPoor(history, seen, kept)];
  }
  if (kept < KEPT.good && more > MORE.done && gapAt(oracle, seen) < GAP.none) {
    return ['healthy', recipe !== 'net-tiny'];
  }
  return ['underfitting', true];
}

/** The log shows that little was learned: of the loss, or by a poor accuracy. */
function looksPoor(history: History, seen: number, kept: number): boolean {
  return kept > KEPT.clearlyPoor || (kept > KEPT.poor && showsPoor(history, seen));
}

/** Early, over, and made good: whether that was a fault is a matter of taste. */
function passed({ clean }: Oracle, { last }: Excursions, seen: number): boolean {
  return last < PASSED * seen && median3(clean, seen) < AS_GOOD * Math.min(...finite(clean.slice(0, seen)));
}

/** Losses below zero have no ratios: the range of the test loss is the unit, and only clear cases are decided. */
function ofSigned(oracle: Oracle, seen: number, intent: Intent, best: number): Truth {
  const values = finite(oracle.test.slice(0, seen));
  const range = Math.max(...values) - Math.min(...values) || 1;
  const lost = (median3(oracle.test, seen) - oracle.test[best]!) / range;
  if (lost > 0.2 && median3(oracle.clean, seen) < oracle.clean[best]!) {
    return { label: 'overfitting', ambiguous: false, best, onset: best };
  }
  return { label: intent, ambiguous: !(intent === 'healthy' && lost < 0.03), best, onset: null };
}
