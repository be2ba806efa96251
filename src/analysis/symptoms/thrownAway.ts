/**
 * Half of all that was learned thrown away in one excursion, whether it was won back or not.
 *
 * The rule of `lossSpike` needs a hundred points around a spike and lets a rise that falls back slowly pass for new data.
 * At the scale of evaluations (the median training loss between two of them, three of these in a row) a rise of half of
 * what was gained so far, in validation too, has no such excuse: OLMo's spikes take back a tenth or a fifth. The margins are those of the
 * oracle that labels the recorded trainings (`model/oracleCurves.ts`). Early ones that were made good are the storm before
 * a training settles, and those at a raised learning rate are meant.
 */
import type { Curve } from '../curve';
import { isPerEpoch, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { median, noise } from '../robust';

const HALF = 0.5;
/** Evaluations in a row; one is enough for a loss far above where it began. */
const PERSISTS = 3;
const FAR = 1.5;
/** Of the first level must have been gained before anything can be thrown away, and the rise be a third of the level. */
const GAINED = 0.2;
const RISE = 1.3;
const OUT_OF_NOISE = 6;
/** Share of the run before which a storm that passed is none. */
const EARLY = 0.35;
const MADE_GOOD = 1.05;
/** Times that the loss is up, and share of the time, from which on that is no accident. */
const TURNS = 3;
const OFTEN = 0.1;
const MIN_POINTS = 12;

export interface Excursion {
  /** The curve that `at` counts, and the index with which it begins. */
  axis: Curve;
  at: number;
  before: number;
  peak: number;
  after: number;
  /** Of all that had been gained. */
  share: number;
}

/** The first such excursion of the training loss, as far as it is no early storm; null without one. */
export function thrownAway(view: RunView): Excursion | null {
  const levels = levelsOf(view);
  if (!levels) return null;
  const { axis, curves } = levels;
  const [train] = curves as [Level, ...Level[]];
  const count = axis.y.length;
  let found: Excursion | null = null;
  let above = 0;
  let last = -1;
  let times = 0;
  let high = 0;
  for (let i = 1; i < count; i++) {
    const share = Math.min(...curves.map((level) => shareOf(level, i)));
    above = share >= HALF ? above + 1 : 0;
    if (above > 0) last = i;
    if (above === PERSISTS) times++;
    if (above > 0) high++;
    if (!found && i > PERSISTS && (above >= PERSISTS || share > FAR)) {
      const at = i - above + 1;
      found = { axis, at, before: train.lows[at]!, peak: train.values[i]!, after: 0, share };
    }
    if (found && above > 0 && train.values[i]! > found.peak) {
      found = { ...found, peak: train.values[i]!, share: shareOf(train, i) };
    }
  }
  // Tasks that take turns in one column are up as a matter of course.
  if (!found || (times >= TURNS && high > OFTEN * (count - found.at))) return null;
  const after = median(train.values, count - 3);
  if (last < EARLY * count && after < MADE_GOOD * train.lows.at(-1)!) return null;
  return { ...found, after };
}

/** A curve at each evaluation, and the lowest before it. */
interface Level {
  values: Float64Array;
  lows: Float64Array;
  start: number;
}

function shareOf({ values, lows, start }: Level, i: number): number {
  const gained = start - lows[i]!;
  return gained > GAINED * start && values[i]! > RISE * lows[i]! ? (values[i]! - lows[i]!) / gained : 0;
}

/**
 * Training and validation, which must both show it: of minibatches alone the level jumps in good health. Where nothing is
 * validated, a training loss with a value each epoch. Null where there are too few evaluations, or they swing widely.
 */
function levelsOf({ train, val, trainAtVal }: RunView): { axis: Curve; curves: Level[] } | null {
  if (!train || !isPositive(train)) return null;
  if (val && trainAtVal && val.y.length >= MIN_POINTS)
    return isPositive(val) ? calm(val, [trainAtVal, val.y]) : null;
  return !val && train.y.length >= MIN_POINTS && isPerEpoch(train) ? calm(train, [train.y]) : null;
}

function calm(axis: Curve, all: readonly Float64Array[]): { axis: Curve; curves: Level[] } | null {
  const curves = all.map(levelOf);
  const steady = curves.every(({ values, lows, start }) => {
    return HALF * (start - lows.at(-1)!) > OUT_OF_NOISE * noise(values);
  });
  return steady ? { axis, curves } : null;
}

/** Medians of three, so that one bad evaluation is none. */
function levelOf(raw: Float64Array): Level {
  const values = raw.map((value, i) => (i === 0 ? value : median(raw, i - 1, Math.min(raw.length, i + 2))));
  const start = median(raw, 0, 3);
  let low = Math.min(start, values[0]!);
  const lows = values.map((value) => {
    const before = low;
    low = Math.min(low, value);
    return before;
  });
  return { values, lows, start };
}
