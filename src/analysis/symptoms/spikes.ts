/** Jumps of a loss that stay up for a while: where each begins, how high it goes, and what became of it. */
import type { Curve } from '../curve';
import { isPositive, spread } from '../measure';
import { median, noise, RunningMedian, slope } from '../robust';

const WINDOW = 128;
export const SIGMA = 6;
/** Noise of a median of five is 0.56 of that of one value; five times that, because batch losses have heavy tails. */
const SIGMA_OF_FIVE = 3;
export const JUMP = 1.2;
const PERSISTS = 5;
/** Of its height a spike has left after half a window, when it falls too fast for a loss that learns new data. */
const QUICK = 0.55;
/** Times the level before: a loss that stays there after such a spike lost what it had learned. */
const STUCK = 1.5;
/** Of the level before: the height from which on a jump that falls back slowly is no new data mix. */
const HIGH = 0.6;

export interface Spike {
  at: number;
  before: number;
  peak: number;
  /** Level after it; the run's end may cut it short. */
  after: number;
  state: 'recovered' | 'lingering' | 'shift';
}

/** All confirmed jumps, in order. */
export function spikesOf(curve: Curve, start: number): Spike[] {
  const { y } = curve;
  const window = Math.min(WINDOW, Math.max(10, Math.floor(y.length / 8)));
  const spikes: Spike[] = [];
  const unit = isPositive(curve) ? null : spread(curve);
  const level = new RunningMedian(window);
  let seen = 0;
  let i = window;
  while (i + PERSISTS <= y.length) {
    while (seen < i) level.push(y[seen++]!);
    const before = level.value;
    const jump = unit === null ? before * JUMP : before + (JUMP - 1) * unit;
    // The cheap tests first: a million-point run must not sort a window at each point.
    if (y[i]! <= jump || median(y, i, i + PERSISTS) <= jump || !standsOut(y, i, before, window)) {
      i++;
      continue;
    }
    const spike = measure(y, i, before, start, window);
    spikes.push(spike.spike);
    i = spike.end + PERSISTS;
    // Its own tail is no second spike.
    while (i < spike.end + window && y[i]! > jump) i++;
  }
  return spikes;
}

/** Both the value and the median of five stand out of the noise before: batches of one to four samples swing widely. */
function standsOut(y: Float64Array, at: number, before: number, window: number): boolean {
  const s = noise(y, at - window, at);
  return y[at]! > before + SIGMA * s && median(y, at, at + PERSISTS) > before + SIGMA_OF_FIVE * s;
}

function measure(
  y: Float64Array,
  at: number,
  before: number,
  start: number,
  window: number,
): { spike: Spike; end: number } {
  let peak = at;
  let end = at;
  // The spike ends at the first 5 points whose median is within 5 % (or a tenth of the jump) of the level before.
  for (; end + PERSISTS <= y.length; end++) {
    const top = median(y, end, end + PERSISTS);
    if (y[end]! > y[peak]!) peak = end;
    if (end > at && top <= before + Math.max(0.05 * Math.abs(before), 0.1 * (y[peak]! - before))) break;
    if (end - at >= 2 * window) break;
  }
  const height = median(y, Math.max(at, peak - 2), peak + 3) - before;
  const after = median(y, Math.min(end, y.length - PERSISTS), Math.min(y.length, end + PERSISTS));
  const rest = slope(y, at + PERSISTS, Math.min(y.length, end + window));
  const lost = height >= 0.5 * Math.max(start - before, 0) && rest.perPoint >= -2 * rest.error;
  let state: Spike['state'] = 'lingering';
  const time = y.length - at;
  const soon = (median(y, at + Math.floor(window / 4), at + Math.ceil(window / 2) + 1) - before) / height;
  if (after <= before + 0.25 * height && soon < 0.75) state = 'recovered';
  // Where it goes needs time to be seen.
  else if (time < 2 * window) state = 'shift';
  else if (!lost && !(soon < QUICK && after > STUCK * before && before > 0)) {
    state = time >= 3 * window && fallsBack(y, at, before, height) ? 'lingering' : 'shift';
  }
  return { spike: { at, before, peak: y[peak]!, after, state }, end };
}

/**
 * True when the level to which the loss falls after a high jump is, within a sixth of the jump, the level before. New
 * data that cost half more than the old, or less, fall back like that too.
 */
function fallsBack(y: Float64Array, at: number, before: number, height: number): boolean {
  const third = Math.floor((y.length - at) / 3);
  if (!(before > 0) || height < HIGH * before) return false;
  const [a, b, c] = [0, 1, 2].map((i) => median(y, at + i * third, at + (i + 1) * third)) as [
    number,
    number,
    number,
  ];
  const [first, second] = [a - b, b - c];
  // Noise of the difference of two such medians, three times.
  const clear = 3 * 1.25 * noise(y, at) * Math.sqrt(2 / third);
  if (first <= clear || second <= clear || second >= first) return false;
  // Falling by a constant ratio from third to third, it would come to rest here.
  const rest = c - (second * second) / (first - second);
  return c - before <= 0.8 * height && rest - before <= height / 6;
}
