/**
 * The gradient norm leaves its usual size, upwards or downwards.
 *
 * Source: SageMaker Debugger's ExplodingTensor and VanishingGradient, AUTOTRAINER. Exploding: more than 10 x its running
 * median over 128 points, for 5 points. A norm that jumps under a clip and a loss that does not mind is a clip at work:
 * a warning only where the loss stands at least a fifth above the level before. Vanishing: below 1e-3 of its first
 * level, with a loss that stalled far above where it could go (it kept 60 % of its first level); a loss that went down
 * takes its gradient with it.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import { endLevel, enough, firstLevel, isFlat, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent, where } from '../wording';
import { sharedAxis } from '../alignment';

const WINDOW = 128;
const TIMES = 10;
const LASTS = 5;
const LOSS_RISES = 1.2;
const VANISHED = 1e-3;
const KEPT = 0.6;
const MIN_POINTS = 20;

/** Finds a gradient norm that jumped to ten times its usual size and stayed there for five points. */
export function detectGradientExplosion(view: RunView): Finding | null {
  const norm = view.gradNorm;
  if (view.kind !== 'supervised' || !enough(view, norm) || norm.y.length < MIN_POINTS) return null;
  const at = jump(norm.y);
  if (at < 0) return null;
  const before = median(norm.y, Math.max(0, at - WINDOW), at);
  let end = at;
  while (end < norm.y.length && norm.y[end]! > TIMES * before) end++;
  const peak = Math.max(...norm.y.subarray(at, end));
  const hurt = lossAround(view, norm, at);
  const hurts = hurt !== null && hurt >= LOSS_RISES;
  const rise = [nameOf(norm), number(before), number(peak), where(norm, at), TIMES, end - at];
  return {
    id: 'gradient-explosion',
    family: 'unstable',
    severity: hurts ? 'warning' : 'info',
    onset: placeAt(norm, at),
    evidence: { before, peak, points: end - at, ...(hurt === null ? {} : { lossRatio: hurt }) },
    series: [...norm.members, ...(view.train?.members ?? [])],
    message: hurts
      ? l10n.t(
          '{0} rose from {1} to {2} at {3} and stayed above {4} times its usual size for {5} points, and the loss is {6} times what it was before.',
          ...rise,
          number(hurt),
        )
      : l10n.t(
          '{0} rose from {1} to {2} at {3} and stayed above {4} times its usual size for {5} points.',
          ...rise,
        ),
  };
}

/** Finds a gradient norm of next to nothing under a loss that has not been learned. */
export function detectGradientVanishing(view: RunView): Finding | null {
  const { gradNorm: norm, train } = view;
  if (view.kind !== 'supervised' || !enough(view, norm) || norm.y.length < MIN_POINTS) return null;
  if (!enough(view, train) || !isPositive(train)) return null;
  const first = firstLevel(norm);
  const now = endLevel(norm, 0.1);
  if (!(first > 0) || !(now < VANISHED * first)) return null;
  const kept = endLevel(train, 0.2) / firstLevel(train);
  if (kept < KEPT || kept > 1 / KEPT || !isFlat(train, Math.round(0.6 * train.y.length))) return null;
  let at = norm.y.length - 1;
  while (at > 0 && norm.smooth[at - 1]! < VANISHED * first) at--;
  return {
    id: 'gradient-vanishing',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(norm, at),
    evidence: { first, last: now, lossKept: kept },
    series: [...norm.members, ...train.members],
    message: l10n.t(
      '{0} fell from {1} to {2} while {3} stands at {4} of its first level: next to no gradient arrives, and nothing is learned any more.',
      ...[nameOf(norm), number(first), number(now), nameOf(train), percent(kept)],
    ),
  };
}

/** First point from which five in a row are ten times the running median before them; -1 when there is none. */
function jump(y: Float64Array): number {
  for (let i = Math.min(10, y.length); i + LASTS <= y.length; i++) {
    // The cheap test first: a window must not be sorted at each point.
    if (!(y[i]! > 2 * y[i - 1]!)) continue;
    const limit = TIMES * median(y, Math.max(0, i - WINDOW), i);
    let length = 0;
    while (length < LASTS && y[i + length]! > limit) length++;
    if (length === LASTS && limit > 0) return i;
  }
  return -1;
}

/** Training loss at the end over its level before point `at` of the norm; null where that means nothing. */
function lossAround(view: RunView, norm: Curve, at: number): number | null {
  const train = view.train;
  if (!train || train.y.length < MIN_POINTS || !isPositive(train)) return null;
  const { a, b } = sharedAxis(norm, train);
  const index = b.findIndex((x) => x >= a[at]!);
  if (index < 3) return null;
  return endLevel(train) / median(train.y, Math.max(0, index - 20), index);
}
