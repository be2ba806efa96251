/**
 * Jumps of a loss that somebody scheduled. They come at equal distances, counted from the start of the run: stages of a
 * curriculum, tasks of continual learning. Or only the total jumps and none of its parts: the weights of the parts were changed.
 */
import type { Curve } from '../curve';
import { isPerEpoch, startLevel } from '../measure';
import type { RunView } from '../pairing';
import { isLossLike } from '../roles';
import { median } from '../robust';
import { JUMP, SIGMA, spikesOf, type Spike } from './spikes';

/** Points by which a distance may differ, as a share of it; one point at least. */
const TOLERANCE = 0.02;
/** Two jumps at equal distances may be chance in a short log; three are not, nor are four without the start. */
const FAR_APART = 20;
/** Of shorter stages chance makes equal ones. */
const SHORTEST_STAGE = 5;
const MIN_STAGES = 3;
const PART_RISES = 1.2;
const AROUND = 5;
/** Points by which a smoothed curve may tell a jump too late. */
const LAG = 2;

/** True for two jumps or more at equal distances. @param jumps where each begins, as indices into the curve, rising */
export function areRegular(jumps: readonly number[]): boolean {
  const gaps = jumps.map((at, i) => at - (jumps[i - 1] ?? 0));
  if (gaps.length >= 4 && areEqual(gaps.slice(1))) return true;
  return gaps.length >= 2 && areEqual(gaps) && (gaps.length >= 3 || gaps[0]! >= FAR_APART);
}

/**
 * As {@link areRegular}, of the jumps of the training loss; or where each value is of an epoch, stages of one length: all its
 * steps up count, because what is soon learned is no spike.
 * @param spikes those of the training loss, if they are known
 */
export function jumpsRegularly({ train }: RunView, spikes?: readonly Spike[]): boolean {
  if (train === null) return false;
  const jumps = spikes ?? spikesOf(train, startLevel(train));
  return areRegular(jumps.map(({ at }) => at)) || (isPerEpoch(train) && areStages(stepsUp(train)));
}

/** Three steps up or more, each a stage of the same length after the one before, to the epoch, and the first after the start. */
function areStages(steps: readonly number[]): boolean {
  const length = steps[0] ?? 0;
  if (steps.length < MIN_STAGES || length < SHORTEST_STAGE) return false;
  return steps.every((at, i) => at === (i + 1) * length);
}

/** Where a value lies above the one before by more than the noise of six and a fifth of the level. Source: as of a spike. */
function stepsUp({ y, noise }: Curve): number[] {
  const steps: number[] = [];
  for (let i = 1; i < y.length; i++) {
    if (y[i]! - y[i - 1]! > SIGMA * noise && y[i]! > JUMP * y[i - 1]!) steps.push(i);
  }
  return steps;
}

function areEqual(gaps: readonly number[]): boolean {
  const middle = median(gaps);
  return gaps.every((gap) => Math.abs(gap - middle) <= Math.max(1, TOLERANCE * middle));
}

/** Averages rise too slowly to be seen, and auxiliary losses hold still while the one that is learned from, which is not logged, does not. */
const AVERAGE = /(?:^|[^a-z])(?:avg|average|mean|running|moving|ema|smooth(?:ed)?)(?:$|[^a-z])/i;
const AUXILIARY = /(?:^|[^a-z])(?:aux(?:iliary)?|z|balanc(?:e|ing)|router)(?:$|[^a-z])/i;

/**
 * True when the log has two parts of the loss or more, and none of them rises where the total does.
 * @param at where the total begins to rise @param high where it has risen, if that takes it a while; both are indices into the curve
 */
export function isReweighted({ run, train }: RunView, curve: Curve, at: number, high = at): boolean {
  if (curve !== train || train.members.length > 1) return false;
  const { series } = train;
  const parts = run.series.filter(
    (s) =>
      s !== series &&
      (s.split === series.split || s.split === null) &&
      s.length === series.length &&
      isLossLike(s) &&
      !AUXILIARY.test(s.key) &&
      (!AVERAGE.test(s.key) || AVERAGE.test(series.key)),
  );
  const [from, to] = [train.source[at]!, train.source[high]!];
  return (
    parts.length >= 2 &&
    parts.every(({ values }) => {
      const y = values.view();
      const before = median(y, Math.max(0, from - LAG - AROUND), from - LAG);
      return before > 0 && median(y, to, to + AROUND) < PART_RISES * before;
    })
  );
}
