import type { ChartDataset, ScriptableLineSegmentContext } from 'chart.js';
import type { LogSpan } from '../src/analysis/diagnosis';
import type { Curve } from './curves';
import type { Line, Point } from './line';
import { logPlaceOf } from './logPlace';

/** The points of a line from one to before another. */
export interface Part {
  from: number;
  to: number;
}

/**
 * The points of a curve's line that the verdict is about, where the log holds several trainings. Null: all of them, or nothing
 * is known: they are of another run, or of another file.
 */
export function judgedPart(curve: Curve, line: Line, judged: LogSpan | null): Part | null {
  const { lines, run } = curve;
  if (!judged || !run.main || lines.length === 0) return null;
  const { from, to, file } = judged;
  if ([0, lines.length - 1].some((at) => (logPlaceOf(curve, at)?.file ?? null) !== file)) return null;
  const first = lines.findIndex((one) => one >= from);
  const after = to === null ? -1 : lines.findIndex((one) => one > to);
  const pointOf = (at: number): number => {
    const point = at < 0 ? -1 : line.source.findIndex((source) => source >= at);
    return point < 0 ? line.points.length : point;
  };
  return { from: pointOf(first), to: pointOf(after) };
}

/** Draws what is not in a part of a line in another colour. */
export function recolour(
  dataset: ChartDataset<'line', Point[]>,
  { from, to }: Part,
  own: string,
  others: string,
): void {
  const colourOf = (first: number, last: number): string => (first >= from && last < to ? own : others);
  dataset.segment = {
    borderColor: ({ p0DataIndex, p1DataIndex }: ScriptableLineSegmentContext) =>
      colourOf(p0DataIndex, p1DataIndex),
  };
  // Each point by itself takes its time, and where there are many none is seen.
  if (dataset.pointRadius === 0) return void Object.assign(dataset, onePointColour(own));
  Object.assign(
    dataset,
    onePointColour(({ dataIndex }) => colourOf(dataIndex, dataIndex)),
  );
}

type PointColour = string | ((of: { dataIndex: number }) => string);

function onePointColour(colour: PointColour): Record<string, PointColour> {
  return { pointBorderColor: colour, pointBackgroundColor: colour };
}
