import type { ChartDataset } from 'chart.js';
import { fade } from './colour';
import type { Curve } from './curves';
import type { Point } from './line';
import type { Look, Theme } from './look';

/** How the points of a curve are drawn, without what they are. */
export type Style = Omit<ChartDataset<'line', Point[]>, 'data' | 'label'>;

const dashes = { train: [], val: [7, 3], test: [2, 2], other: [] as number[] } as const;
const shapes = { train: 'circle', val: 'rectRot', test: 'triangle', other: 'rect' } as const;
/** With more points than this, of all runs together, markers would be all that is seen. */
const MARKED = 60;
/** How strong the line under a smoothed one is. */
const RAW = 0.4;
/** How strong other trainings in the log are beside the one that is judged. */
const OTHERS = 0.35;
const OTHERS_IN_CONTRAST = 0.55;

/** Which of the colours, dashes and shapes a curve gets. */
export function roleOf({ info, isSecond }: Curve): keyof typeof dashes {
  return isSecond ? 'other' : (info.split ?? 'other');
}

export function dashOf(curve: Curve): number[] {
  return [...dashes[roleOf(curve)]];
}

export function markerSize(points: number, { runs, theme }: Look): number {
  if (points === 1) return 4;
  if (points > MARKED / Math.max(1, runs.size)) return 0;
  return theme.highContrast ? 3.5 : 2.5;
}

export function lineWidth({ highContrast }: Theme): number {
  return highContrast ? 2.5 : 1.8;
}

export function lineStyle(curve: Curve, colour: string, theme: Theme): Style {
  return {
    borderColor: colour,
    backgroundColor: colour,
    borderDash: dashOf(curve),
    pointStyle: shapes[roleOf(curve)],
    pointHitRadius: 8,
    borderWidth: lineWidth(theme),
    spanGaps: false,
  };
}

/** The line under a smoothed one. */
export function faintStyle(colour: string): Style {
  return { borderDash: [], borderWidth: 1, borderColor: fade(colour, RAW), pointRadius: 0 };
}

/** The colour of trainings in the log that are not judged. @param raw of their lines under smoothed ones */
export function colourOfOthers(colour: string, { highContrast }: Theme, raw = false): string {
  return fade(colour, (highContrast ? OTHERS_IN_CONTRAST : OTHERS) * (raw ? RAW : 1));
}

export function crossStyle(theme: Theme): Style {
  const colours = { borderColor: theme.error, backgroundColor: theme.error };
  return { ...colours, showLine: false, pointStyle: 'crossRot', pointRadius: 6, pointBorderWidth: 2 };
}

/** A triangle that points down: the value is somewhere below. */
export function belowStyle(theme: Theme): Style {
  const colours = { borderColor: theme.foreground, backgroundColor: theme.background };
  return { ...colours, showLine: false, pointStyle: 'triangle', pointRotation: 180, pointRadius: 5 };
}

/** A triangle at the edge of the chart that points to where the value is. */
export function edgeStyle(colour: string): Style {
  const colours = { borderColor: colour, backgroundColor: colour };
  return { ...colours, showLine: false, pointStyle: 'triangle', pointRadius: 5, clip: false };
}
