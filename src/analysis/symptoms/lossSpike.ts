/**
 * The loss jumps and stays up for a while.
 *
 * Source: OLMo counts values > mean + 6 sigma over 128 points; persistence separates real spikes from hard batches,
 * sigma does not, so the median of 5 points must exceed 1.2 x the median before. Calibrated on generated runs: jumps
 * at a raised learning rate (warm restart) and jumps that mostly sit on epoch starts (averages that begin anew) are
 * no spikes, nor are those that were scheduled; where validation has not followed they are information; spikes that
 * recover are information unless there are three or more, or they threw away what the run had learned. What stays up is
 * told by where it is going: the medians of the three thirds after the jump give the level
 * to which it falls. A high spike that lingers falls back to the level before; a new data mix falls along its own curve
 * to a level of its own, and is no fault; what stays up after losing half of what was learned, or comes down fast but
 * stops at 1.5 times the level before, is stuck.
 */
import * as l10n from '@vscode/l10n';
import type { Series } from '../../runs/series';
import type { Finding, Severity } from '../diagnosis';
import { placeAt, placeOf, type Curve } from '../curve';
import { isFiniteLoss } from '../longSeries';
import { enough, isPositive, onlyTrainingRose, startLevel, validationGains } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent, where, wherePlace } from '../wording';
import { isReweighted, jumpsRegularly } from './scheduled';
import { spikesOf, type Spike } from './spikes';
import { thrownAway } from './thrownAway';

/** Above the level before: the symptom list's own bound for a spike that lingers. */
const LINGERS = 0.05;
/** Shorter curves (one point an epoch) have no "5 points of a spike". */
const MIN_POINTS = 40;
/** Of what had been learned: near zero any loss doubles, and nothing is lost by it. */
const CLEAR = 0.1;

/** Finds spikes of the training loss. */
export function detectLossSpike(view: RunView): Finding | null {
  const found = ofPoints(view);
  return found && found.severity !== 'info' ? found : (ofLevels(view) ?? found ?? ofOutliers(view));
}

/** Single values beyond everything else, which the curves were rid of before anything was judged. */
function ofOutliers(view: RunView): Finding | null {
  const curve = [view.train, view.val].find((c) => c && c.outliers.length > 0);
  if (view.kind !== 'supervised' || !curve) return null;
  const { series, outliers } = curve;
  const source = largestAt(series, outliers);
  const peak = series.values.at(source);
  const before =
    curve.sign *
    curve.y[
      Math.max(
        0,
        curve.source.findLastIndex((at) => at < source),
      )
    ]!;
  const place = placeOf(curve, source);
  const about = [nameOf(curve), number(peak), wherePlace(curve, place), number(before)];
  return {
    id: 'loss-spike',
    family: 'unstable',
    severity: 'info',
    onset: place,
    evidence: { spikes: 1, before, peak },
    series: [...curve.members],
    message:
      outliers.length === 1
        ? l10n.t(
            '{0} is {1} at {2}, between values such as {3}: it stands alone, and the rest is judged without it.',
            ...about,
          )
        : l10n.t(
            '{0} is {1} at {2}, between values such as {3}: it is one of {4} that stand alone, and the rest is judged without them.',
            ...about,
            outliers.length,
          ),
  };
}

/** The value farthest from 0 of those that stand where one of some points does: several processes may log one step. */
function largestAt({ steps, values }: Series, points: readonly number[]): number {
  const [at, y] = [steps.view(), values.view()];
  const firsts = new Map(points.map((point) => [at[point]!, point] as const));
  let largest = points[0]!;
  // What stands there before the point was written over by a resume.
  for (let i = 0; i < y.length; i++)
    if (
      i >= (firsts.get(at[i]!) ?? Infinity) &&
      isFiniteLoss(y[i]!) &&
      Math.abs(y[i]!) > Math.abs(y[largest]!)
    )
      largest = i;
  return largest;
}

function ofLevels(view: RunView): Finding | null {
  const { train } = view;
  const lost = view.kind === 'supervised' && enough(view, train) ? thrownAway(view) : null;
  if (!train || !lost || wasMeant(view, lost.axis.x[lost.at]!)) return null;
  const { axis, at, before, peak, after, share } = lost;
  if (onlyTrainingRose(view, (before + after) / 2)) return null;
  return {
    id: 'loss-spike',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(axis, at),
    evidence: { spikes: 1, before, peak, after, share },
    series: [...train.members, ...(view.gradNorm?.members ?? [])],
    message: l10n.t(
      '{0} rose from {1} to {2} at {3}, {4} of all that it had gained by then, and stands at {5} now.',
      ...[nameOf(train), number(before), number(peak), where(axis, at), percent(share), number(after)],
    ),
  };
}

function ofPoints(view: RunView): Finding | null {
  const curve = view.train;
  if (view.kind !== 'supervised' || !curve || curve.y.length < MIN_POINTS) return null;
  const jumps = spikesOf(curve, startLevel(curve));
  const all = jumps.filter(
    ({ state, at }) => state !== 'shift' && !atRaisedRate(view, at) && !isReweighted(view, curve, at),
  );
  const meant = jumpsRegularly(view, jumps) || mostlyAtEpochStarts(curve, all);
  const spikes = meant || takesTurns(curve, all) ? [] : all;
  if (spikes.length === 0) return null;
  const start = startLevel(curve);
  const clear = spikes.filter((s) => s.peak - s.before >= CLEAR * Math.max(start - s.before, 0));
  const lingering = clear.find(
    (spike) => spike.state === 'lingering' && spike.after - spike.before > LINGERS * Math.abs(spike.before),
  );
  const lead = lingering ?? spikes.reduce((a, b) => (b.peak - b.before > a.peak - a.before ? b : a));
  const thrownAway = spikes.some(
    (s) => s.peak >= s.before + 0.8 * Math.max(start - s.before, 0) && s.peak > start,
  );
  let severity: Severity = 'info';
  const matters = !validationGains(view, curve) && !onlyTrainingRose(view, (lead.before + lead.after) / 2);
  if (
    matters &&
    (lingering || (clear.length >= 3 && height(lead) > 2) || (thrownAway && spikes.length >= 2))
  ) {
    severity = 'warning';
  }
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
    message: spikeText(curve, lead, lingering !== undefined, spikes.length),
  };
}

function spikeText(
  curve: Curve,
  { at, before, peak, after }: Spike,
  lingers: boolean,
  spikes: number,
): string {
  const jump = [nameOf(curve), number(before), number(peak), where(curve, at)];
  const jumped = isPositive(curve)
    ? l10n.t('{0} jumped from {1} to {2} at {3}, {4} times the level before', ...jump, number(peak / before))
    : l10n.t('{0} jumped from {1} to {2} at {3}', ...jump);
  const now = number(after);
  if (spikes > 1)
    return lingers
      ? l10n.t('{0}, and still stands at {1}; {2} such spikes in the run.', jumped, now, spikes)
      : l10n.t('{0}, and came back to {1}; {2} such spikes in the run.', jumped, now, spikes);
  return lingers
    ? l10n.t('{0}, and still stands at {1}.', jumped, now)
    : l10n.t('{0}, and came back to {1}.', jumped, now);
}

function height(spike: Spike): number {
  return spike.before > 0 ? spike.peak / spike.before : Number.POSITIVE_INFINITY;
}

/** The rate was raised, the loss weighed anew, or a stage began at this value of x. */
function wasMeant(view: RunView, x: number): boolean {
  const at = view.train?.x.findIndex((one) => one >= x) ?? -1;
  if (at >= 0 && (atRaisedRate(view, at) || isReweighted(view, view.train!, at))) return true;
  return jumpsRegularly(view);
}

function atRaisedRate(view: RunView, at: number): boolean {
  const lr = view.lrAtTrain;
  if (!lr) return false;
  const reach = Math.max(5, Math.round(0.02 * lr.length));
  const before = lr[Math.max(0, at - reach)]!;
  return before > 0 && lr[Math.min(lr.length - 1, at + 2)]! > 1.3 * before;
}

/**
 * Tasks (or data sets) take turns in one column: the loss is at the height of its "spikes" as a matter of course, for more
 * than a tenth of the time.
 */
function takesTurns({ y }: Curve, spikes: readonly Spike[]): boolean {
  if (spikes.length < 2) return false;
  const middle = median(
    spikes.map(({ before, peak }) => (before + peak) / 2),
    0,
    spikes.length,
  );
  const from = spikes[0]!.at;
  return (
    y.subarray(from).reduce((count, value) => count + Number(value > middle), 0) > 0.1 * (y.length - from)
  );
}

/** Two or more jumps, of which most lie within 3 points of the start of an epoch. */
function mostlyAtEpochStarts(curve: Curve, spikes: readonly Spike[]): boolean {
  const epochAt = (i: number) => Math.floor(curve.series.epochs.at(curve.source[Math.max(0, i)] ?? 0));
  const atStart = spikes.filter((s) => epochAt(s.at + 2) > epochAt(s.at - 3)).length;
  const epochs = epochAt(curve.y.length - 1) - epochAt(0);
  // With an epoch every few points everything lies near a start, and that proves nothing.
  return spikes.length >= 2 && atStart > 0.6 * spikes.length && curve.y.length > 15 * epochs;
}
