/**
 * A learning-rate range test: the rate rises from far too low to far too high on purpose, so the loss falls and then
 * blows up, and neither says anything of a training.
 *
 * Source: Smith, "Cyclical Learning Rates for Training Neural Networks" (a linear rise); the finders of fastai, Lightning
 * and Keras courses rise exponentially, by one and a half decades and more. No schedule of a training rises exponentially
 * to its very end. A linear rise to the end may as well be a warm-up that is under way: it is a range test only in a log
 * that goes on no more, over two decades and up to 1, with a loss that fell and then left its best.
 */
import type { Curve } from './curve';
import { endLevel, startLevel } from './measure';
import type { RunView } from './pairing';
import { slope } from './robust';

const MIN_POINTS = 15;
const TIMES = { exponential: 30, linear: 100 };
/** Warm-ups stay below: where a rate rises linearly to less, a loss that leaves is a fault. */
const MIN_PEAK = 1;
/** Share of the variance that the straight line explains. Staircases of ten steps have 0.99. */
const STRAIGHT = 0.98;
/** Of all that was gained: what the loss of a linear test must have lost again. */
const LOST = 0.25;
/** Half the stretch, as a share of the curve, over which a descent is measured. */
const REACH = 0.05;

export interface RateSweep {
  shape: 'exponential' | 'linear';
  /** First and last learning rate. */
  from: number;
  to: number;
  /** The rates of the steepest descent (by the logarithm of the rate) and of the lowest loss; null where it never fell. */
  steepest: number | null;
  lowest: number | null;
}

/** The range test that this run is; null where it is none, or where no learning rate is logged. */
export function rateSweepOf(view: RunView): RateSweep | null {
  const { train, lrAtTrain: rates } = view;
  if (!train || !rates) return null;
  const shape = riseOf(rates);
  if (!shape || (shape === 'linear' && !(rates.at(-1)! >= MIN_PEAK && endedHigh(view, train)))) return null;
  return { shape, from: rates[0]!, to: rates.at(-1)!, ...descentOf(train, rates) };
}

/** How learning rates rise from the first to the last, without a step back, by enough for a range test; null if they don't. */
export function riseOf(rates: Float64Array): RateSweep['shape'] | null {
  const times = rates.at(-1)! / rates[0]!;
  if (rates.length < MIN_POINTS || !(rates[0]! > 0) || !(times >= TIMES.exponential)) return null;
  for (let i = 1; i < rates.length; i++) if (rates[i]! < rates[i - 1]!) return null;
  const [straight, logarithmic] = [straightness(rates), straightness(rates.map(Math.log))];
  if (logarithmic >= STRAIGHT && logarithmic > straight) return 'exponential';
  return straight >= STRAIGHT && times >= TIMES.linear ? 'linear' : null;
}

/** The log has ended, not in the middle of its plan, with a loss that fell and left. */
function endedHigh(view: RunView, train: Curve): boolean {
  if (view.run.status === 'running' || (view.progress ?? 1) < 0.95) return false;
  const best = train.smooth[train.best]!;
  const gained = startLevel(train) - best;
  return gained > 3 * train.noise && endLevel(train) - best > LOST * gained;
}

/** Share of the variance that a straight line explains. */
function straightness(values: Float64Array): number {
  const { perPoint } = slope(values);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = (values.length - 1) / 2;
  let rest = 0;
  let all = 0;
  values.forEach((value, i) => {
    rest += (value - mean - perPoint * (i - middle)) ** 2;
    all += (value - mean) ** 2;
  });
  return all > 0 ? 1 - rest / all : 0;
}

function descentOf({ smooth, best }: Curve, rates: Float64Array): Pick<RateSweep, 'steepest' | 'lowest'> {
  const reach = Math.max(2, Math.round(REACH * smooth.length));
  let steepest: number | null = null;
  let most = 0;
  for (let i = reach; i + reach <= best; i++) {
    const width = Math.log(rates[i + reach]! / rates[i - reach]!);
    const descent = width > 0 ? (smooth[i - reach]! - smooth[i + reach]!) / width : 0;
    if (descent > most) [most, steepest] = [descent, rates[i]!];
  }
  return { steepest, lowest: steepest === null ? null : rates[best]! };
}
