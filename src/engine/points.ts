import { outcomesOf } from '../analysis/outcome';
import type {
  AddedPoints,
  Assessment,
  CurveDetail,
  CurvePart,
  Points,
  RunSnapshot,
  RunSummary,
  SeriesInfo,
} from '../protocol';
import type { Column } from '../runs/column';
import { closeLook } from '../runs/closeLook';
import { pointsToDraw } from '../runs/downsample';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';

/** The points of a series from index `from` on, at most about `max` of them. Copies: safe to send. */
function pointsOf(series: Series, from: number, max: number): Points {
  return picked(series, from, pointsToDraw(series.values.view(from), max));
}

/** @param kept indexes of points, counted from `from` */
function picked(series: Series, from: number, kept: Uint32Array): Points {
  // One by one: as a whole a column without values would first be written out.
  const pick = (column: Column): Float64Array => Float64Array.from(kept, (i) => column.at(from + i));
  return {
    steps: pick(series.steps),
    values: pick(series.values),
    epochs: pick(series.epochs),
    times: pick(series.times),
    lines: pick(series.lines),
    files: filesOf(series, from, kept),
  };
}

/** The files of the points that are kept, counted from `from`. */
function filesOf({ sources }: Series, from: number, kept: Uint32Array): { at: number; file: number }[] {
  const found: { at: number; file: number }[] = [];
  let next = 0;
  kept.forEach((index, at) => {
    while (next + 1 < sources.length && sources[next + 1]!.from <= from + index) next++;
    const file = sources[next]?.file;
    if (file !== undefined && found.at(-1)?.file !== file) found.push({ at, file });
  });
  return found;
}

/** Some curves of a run in a part of the x axis, at most 4 points a pixel column; of one that was resumed, of each piece. */
export function detailOf(run: Run, generation: number, part: CurvePart): CurveDetail {
  const { axis, min, max, log, columns } = part;
  const series = [...new Set(part.series)].flatMap((index) => {
    const one = run.series[index];
    if (!one) return [];
    const xs =
      axis === 'time' ? one.times : axis === 'epoch' && one.axis !== 'epoch' ? one.epochs : one.steps;
    const { kept, whole } = closeLook(xs, one.values, { min, max, log }, columns);
    return [{ index, points: picked(one, 0, kept), whole }];
  });
  return { generation, series };
}

function infoOf(series: Series, index: number): SeriesInfo {
  const { name, key, split, direction, unit, axis, nonFinite } = series;
  return { index, name, key, split, direction, unit, axis, nonFinite, total: series.length };
}

/** The whole run, at most about `max` points a curve. */
export function snapshotOf(
  run: Run,
  generation: number,
  summary: RunSummary,
  assessment: Assessment | null,
  problem: string | null,
  max: number,
): RunSnapshot {
  return {
    summary,
    generation,
    files: [...(run.files ?? [])],
    assessment,
    outcomes: outcomesOf(run),
    problem,
    recognition: run.recognition ?? null,
    context: Object.fromEntries(run.context),
    skipped: run.skipped,
    series: run.series.map((series, index) => ({
      ...infoOf(series, index),
      points: pointsOf(series, 0, max),
    })),
  };
}

/** Remembers how much of a run was sent, and gives what came since. */
export class Cursor {
  private sent: number[] = [];
  private shape = '';

  /** Starts over at what the run holds now. */
  catchUp(run: Run): void {
    this.sent = run.series.map((series) => series.length);
    this.shape = shapeOf(run);
  }

  /**
   * Points since the last call.
   * @returns null when curves or files were added or their meaning changed: points alone can't say that
   */
  advance(run: Run, max: number): AddedPoints[] | null {
    if (shapeOf(run) !== this.shape) return null;
    const added = run.series.flatMap((series, index) => {
      const from = this.sent[index] ?? 0;
      if (series.length === from) return [];
      const { length: total, nonFinite } = series;
      return [{ index, total, nonFinite, points: pointsOf(series, from, max) }];
    });
    this.catchUp(run);
    return added;
  }
}

function shapeOf(run: Run): string {
  const files = run.files?.length ?? 0;
  return [
    String(files),
    ...run.series.map(({ key, split, axis }) => `${key}\u0001${split}\u0001${axis}`),
  ].join('\u0000');
}
