import type { Point } from './line';

/** The keys that move along the points of a line, and where each leads; a tenth for the page keys. */
const moves: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at, last) => at - Math.max(1, Math.round(last / 10)),
  PageDown: (at, last) => at + Math.max(1, Math.round(last / 10)),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Where a key leads from a point of `count`; null for a key that does not move. */
export function moved(key: string, at: number, count: number): number | null {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return move && count > 0 ? Math.max(0, Math.min(count - 1, move(at, count - 1))) : null;
}

/** The point that is nearest to a place on the x axis. */
export function nearest(points: readonly Point[], x: number): number {
  let best = 0;
  points.forEach((point, i) => {
    if (Math.abs(point.x - x) < Math.abs(points[best]!.x - x)) best = i;
  });
  return best;
}

/** A range made narrower (or wider) by a factor around a place that stays where it is. */
export function scaled(
  { min, max }: { min: number; max: number },
  around: number,
  factor: number,
): { min: number; max: number } {
  return { min: around - (around - min) * factor, max: around + (max - around) * factor };
}

/** How much of a range one step of panning moves it. */
const PAN = 0.2;

/** A range moved to the right, or by a negative direction to the left. */
export function panned(
  { min, max }: { min: number; max: number },
  direction: number,
): { min: number; max: number } {
  const step = direction * PAN * (max - min);
  return { min: min + step, max: max + step };
}
