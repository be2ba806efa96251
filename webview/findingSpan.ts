import type { Spot } from '../src/analysis/diagnosis';
import { shiftOf } from './axes';
import type { Range } from './chartOptions';
import type { Curve } from './curves';
import type { NamedFinding } from './findingTitle';
import type { Look } from './look';
import { placeOn } from './marks';

/** How much of its width is shown before what happened: what it was like until then. */
const BEFORE = 0.25;

/**
 * The part of the x axis that shows a finding: from somewhat before its best point and its onset to the end of the run.
 * @param end the last x of the run
 * @returns null where its place is not known
 */
export function findingSpan(
  { onset, best }: Pick<NamedFinding, 'onset' | 'best'>,
  curve: Curve,
  { axis, aligned }: Pick<Look, 'axis' | 'aligned'>,
  end: number,
): Range | null {
  const place = (spot: Spot): number =>
    (placeOn(curve, spot, axis) ?? Number.NaN) - shiftOf(curve, axis, aligned);
  const from = Math.min(
    ...[onset, best].flatMap((spot) => (spot ? place(spot) : [])).filter(Number.isFinite),
  );
  return from < end ? { min: from - BEFORE * (end - from), max: end } : null;
}

/** The finding that is looked at before the others: the first has its span shaded. */
export function chosenFirst(
  findings: readonly NamedFinding[],
  id: NamedFinding['id'] | null,
): NamedFinding[] {
  const chosen = findings.filter((one) => one.id === id).map((one) => ({ ...one, chosen: true }));
  return [...chosen, ...findings.filter((one) => one.id !== id)];
}
