/**
 * The loss jumps and stays up for a while.
 *
 * Source: OLMo counts values > mean + 6 sigma over 128 points; persistence separates real spikes from hard batches,
 * sigma does not, so the median of 5 points must exceed 1.2 x the median before. Calibrated on generated runs: jumps
 * at a raised learning rate (warm restart) and jumps that mostly sit on epoch starts (averages that begin anew) are
 * no spikes; a jump without overshoot that goes on falling is a new data mix; spikes that recover are information
 * unless there are three or more, or they threw away what the run had learned.
 */
import type { Finding, Severity } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import { isPositive, spread, startLevel } from '../measure';
import type { RunView } from '../pairing';
import { median, noise, slope } from '../robust';
import { nameOf, number, where } from '../wording';

const WINDOW = 128;
const SIGMA = 6;
const JUMP = 1.2;
const PERSISTS = 5;
/** Shorter curves (one point an epoch) have no "5 points of a spike". */
const MIN_POINTS = 40;

interface Spike {
  at: number;
  before: number;
  peak: number;
  /** Level after it; the run's end may cut it short. */
  after: number;
  state: 'recovered' | 'lingering' | 'shift';
}

/** Finds spikes of the training loss. */
export function detectLossSpike(view: RunView): Finding | null {
  const curve = view.train;
  if (view.kind !== 'supervised' || !curve || curve.y.length < MIN_POINTS) return null;
  const all = spikesOf(curve, startLevel(curve)).filter(
    (spike) => spike.state !== 'shift' && !atRaisedRate(view, spike.at),
  );
  const spikes = mostlyAtEpochStarts(curve, all) ? [] : all;
  if (spikes.length === 0) return null;
  const lingering = spikes.find((spike) => spike.state === 'lingering');
  const lead = lingering ?? spikes.reduce((a, b) => (b.peak - b.before > a.peak - a.before ? b : a));
  const start = startLevel(curve);
  const thrownAway = spikes.some(
    (s) => s.peak >= s.before + 0.8 * Math.max(start - s.before, 0) && s.peak > start,
  );
  let severity: Severity = 'info';
  if (
    lingering ||
    (spikes.length >= 3 && (view.lr || height(lead) > 2)) ||
    (thrownAway && spikes.length >= 2)
  ) {
    severity = 'warning';
  }
  const relative = isPositive(curve) ? `, ${number(lead.peak / lead.before)} times the level before` : '';
  return {
    id: 'loss-spike',
    family: 'unstable',
    severity,
    onset: placeAt(curve, lead.at),
    evidence: {
      spikes: spikes.length,
      before: lead.before,
      peak: lead.peak,
      after: lead.after,
    },
    series: [...curve.members, ...(view.gradNorm?.members ?? [])],
    message:
      `${nameOf(curve)} jumped from ${number(lead.before)} to ${number(lead.peak)} at ${where(curve, lead.at)}${relative}, ` +
      (lingering ? `and still stands at ${number(lead.after)}` : `and came back to ${number(lead.after)}`) +
      (spikes.length > 1 ? `; ${spikes.length} such spikes in the run.` : '.'),
  };
}

/** All confirmed jumps, in order. */
function spikesOf(curve: Curve, start: number): Spike[] {
  const { y } = curve;
  const window = Math.min(WINDOW, Math.max(10, Math.floor(y.length / 8)));
  const spikes: Spike[] = [];
  const unit = isPositive(curve) ? null : spread(curve);
  let i = window;
  while (i + PERSISTS <= y.length) {
    const before = median(y, i - window, i);
    const jump = unit === null ? before * JUMP : before + (JUMP - 1) * unit;
    // The cheap tests first: a million-point run must not sort a window at each point.
    if (
      y[i]! <= jump ||
      median(y, i, i + PERSISTS) <= jump ||
      !(y[i]! > before + SIGMA * noise(y, i - window, i))
    ) {
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
  // A spike is back to three quarters of its height within half a window; a level that was taken is not.
  const soon = median(y, at + Math.floor(window / 4), at + Math.ceil(window / 2) + 1) - before;
  const steps = !(soon < 0.75 * height);
  const rest = slope(y, at + PERSISTS, Math.min(y.length, end + window));
  const lost = height >= 0.5 * Math.max(start - before, 0) && rest.perPoint >= -2 * rest.error;
  let state: Spike['state'] = 'lingering';
  if (after <= before + 0.25 * height && !steps) state = 'recovered';
  // Harder data go on falling from where they start; what stays up and threw half away is stuck. Both need time.
  else if ((steps && !lost) || y.length - at < 2 * window) state = 'shift';
  return { spike: { at, before, peak: y[peak]!, after, state }, end };
}

function height(spike: Spike): number {
  return spike.before > 0 ? spike.peak / spike.before : Number.POSITIVE_INFINITY;
}

function atRaisedRate(view: RunView, at: number): boolean {
  const lr = view.lrAtTrain;
  if (!lr) return false;
  const reach = Math.max(5, Math.round(0.02 * lr.length));
  const before = lr[Math.max(0, at - reach)]!;
  return before > 0 && lr[Math.min(lr.length - 1, at + 2)]! > 1.3 * before;
}

/** Two or more jumps, of which most lie within 3 points of the start of an epoch. */
function mostlyAtEpochStarts(curve: Curve, spikes: readonly Spike[]): boolean {
  const epochAt = (i: number) => Math.floor(curve.series.epochs.at(curve.source[Math.max(0, i)] ?? 0));
  const atStart = spikes.filter((s) => epochAt(s.at + 2) > epochAt(s.at - 3)).length;
  const epochs = epochAt(curve.y.length - 1) - epochAt(0);
  // With an epoch every few points everything lies near a start, and that proves nothing.
  return spikes.length >= 2 && atStart > 0.6 * spikes.length && curve.y.length > 15 * epochs;
}
