import * as l10n from '@vscode/l10n';
import type { Series } from '../runs/series';
import type { Curve } from './curve';
import { endLevel, firstLevel, isExcerpt, isPositive, MIN_EVALUATIONS, MIN_PROGRESS } from './measure';
import type { RunView } from './pairing';
import { rateSweepOf, type RateSweep } from './rateSweep';
import { isLossLike, stem } from './roles';
import { number, percent, quoted, sentences } from './wording';

/** Healthy is said only of a run that had the time to go wrong: points of loss in all. */
const ENOUGH_FOR_HEALTHY = 8;
/** Fewer are enough where the network gives health this probability: of such runs eleven in twelve were healthy. */
const SURE_OF_HEALTH = 0.9;

/**
 * Why the run cannot be judged yet, in one sentence; null when it can.
 * @param faulty whether a detector found something: a fault needs less than health
 * @param healthy the network's probability of health; 0 without a network
 */
export function shortage(view: RunView, faulty: boolean, healthy: number): string | null {
  const curves = [view.train, view.val].filter((c) => c !== null);
  const quality = view.valQuality ?? view.trainQuality;
  if (curves.length === 0 && !(faulty && quality)) {
    const zero = view.run.series.find(isZeroLoss);
    if (zero)
      return l10n.t(
        '{0} is exactly 0 in all {1} points: it is not measured, or what writes the log hides that it is no number.',
        ...[quoted(zero.key), number(zero.length)],
      );
    const count = view.run.series.length;
    if (count === 0) return l10n.t('No metrics were found in the log so far.');
    if (count === 1) {
      return quality
        ? l10n.t('The only series of the log is a quality metric, no loss curve.')
        : l10n.t('The only series of the log is no loss curve.');
    }
    return quality
      ? l10n.t('No loss curve was found among the {0} series of the log, only a quality metric.', count)
      : l10n.t('No loss curve was found among the {0} series of the log.', count);
  }
  const sweep = rateSweepOf(view);
  if (sweep) return rangeTest(sweep);
  const most = Math.max(0, ...curves.map((c) => c.y.length), quality && faulty ? quality.y.length : 0);
  if (most === 1) {
    return l10n.t('Only 1 usable point of the loss; at least {0} are needed.', MIN_EVALUATIONS);
  }
  if (most < MIN_EVALUATIONS) {
    return l10n.t('Only {0} usable points of the loss; at least {1} are needed.', ...[most, MIN_EVALUATIONS]);
  }
  if (faulty) return null;
  if (view.kind !== 'supervised') {
    const { length } = view.run.series;
    return view.kind === 'adversarial'
      ? l10n.t(
          'This looks like adversarial training ({0} series), where the loss does not tell how well it goes.',
          length,
        )
      : l10n.t(
          'This looks like reinforcement learning ({0} series), where the loss does not tell how well it goes.',
          length,
        );
  }
  if (view.progress !== null && view.progress < MIN_PROGRESS) {
    return l10n.t(
      'Only {0} of the planned run is done; nothing is said before {1}.',
      ...[percent(view.progress), percent(MIN_PROGRESS)],
    );
  }
  const unsplit = view.val ? null : lossWithoutSplit(view);
  if (unsplit) {
    return l10n.t(
      '{0} has no split; beside {1} it may be the validation loss, so healthy is not said without knowing.',
      ...[quoted(unsplit.key), quoted(view.train!.series.key)],
    );
  }
  const unmoved = stillAtStart(view);
  if (unmoved) return unmoved;
  if (most < ENOUGH_FOR_HEALTHY && !(healthy >= SURE_OF_HEALTH)) {
    return l10n.t(
      'Only {0} points of the loss and no fault in them; healthy is not said before {1}.',
      ...[most, ENOUGH_FOR_HEALTHY],
    );
  }
  return null;
}

/** A loss by its name that is never anything but 0, as Hugging Face prints one that is NaN from the first step on. */
function isZeroLoss({ name, length, values }: Series): boolean {
  return name === 'loss' && length > 1 && values.view().every((value) => value === 0);
}

function rangeTest({ shape, from, to, steepest, lowest }: RateSweep): string {
  const rise = [number(from), number(to)];
  const test =
    shape === 'exponential'
      ? l10n.t(
          'The learning rate rises from {0} to {1} in equal ratios to the end of the log: this looks like a learning-rate range test, which says nothing of a training.',
          ...rise,
        )
      : l10n.t(
          'The learning rate rises from {0} to {1} in equal steps to the end of the log, where the loss leaves: this looks like a learning-rate range test, or a warm-up to a rate that is too high.',
          ...rise,
        );
  if (steepest === null || lowest === null) return test;
  const falls = l10n.t(
    'The loss falls fastest at a rate of {0} and is lowest at {1}.',
    ...[number(steepest), number(lowest)],
  );
  return sentences([test, falls]);
}

/** Parts of a total, other forms of one loss and averages of it: what stands beside a training loss by right. */
const BESIDE =
  /perplexity|ppl|nll|entropy|recon|kl|box|bbox|cls|obj|dfl|rpn|mask|reg|aux|ctc|att|distill|penalty|avg|average|mean|running|ema|smooth|total|_step$|_epoch$|(?:^|[^a-z])(?:b?ce|kd|hard|soft)(?:[^a-z]|$)/i;

/** A second loss that is neither of training nor of validation by name; null when the other losses explain it. */
function lossWithoutSplit(view: RunView): Series | null {
  const train = view.train?.series;
  if (!train || view.train.members.length > 1) return null;
  const others = view.run.series.filter(
    (s) => s !== train && s.split === null && s.length > 1 && isLossLike(s) && stem(s) !== stem(train),
  );
  const sum = others.reduce((total, s) => total + s.values.at(s.length - 1), 0);
  const last = train.values.at(train.length - 1);
  if (others.length > 1 && Math.abs(sum - last) < 0.05 * Math.abs(last)) return null;
  return others.find((s) => !BESIDE.test(s.key)) ?? null;
}

/**
 * Nothing was learned so far: no proof of a fault, but no health either. The loss must have come down by 2 % and out of
 * its noise, or a quality have risen; a model that came trained shows it by its quality or by a log that begins late.
 */
function stillAtStart(view: RunView): string | null {
  const curve = view.train ?? view.val!;
  if (!isPositive(curve) || isExcerpt(curve)) return null;
  const moved = (c: Curve | null, least: number): boolean =>
    c !== null && c.y.length >= 3 && firstLevel(c) - endLevel(c, 0.2) > Math.max(least, c.noise);
  if ([view.train, view.val].some((c) => moved(c, c ? 0.02 * firstLevel(c) : 0))) return null;
  if ([view.trainQuality, view.valQuality].some((c) => moved(c, c?.isFraction ? 0.02 : 0))) return null;
  const known = [view.trainQuality, view.valQuality].find((c) => c?.isFraction);
  if (known && -known.smooth[known.best]! > 0.6) return null;
  return l10n.t(
    '{0} has not come down from its first level {1} yet, and no detector can say why.',
    ...[quoted(curve.series.key), number(firstLevel(curve))],
  );
}
