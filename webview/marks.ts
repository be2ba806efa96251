import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { Finding } from '../src/analysis/diagnosis';
import type { Group } from './groups';
import type { Theme } from './theme';
import { xOf, type Curve } from './curves';
import type { XAxis } from './viewState';

/** What is drawn into a chart for the findings about its curves: the span since the onset, and the best point. */
export function marksFor(
  group: Group,
  findings: readonly Finding[],
  axis: XAxis,
  theme: Theme,
): Record<string, AnnotationOptions> {
  const marks: Record<string, AnnotationOptions> = {};
  const about = findings.filter(
    ({ series, severity }) =>
      severity !== 'info' && series.some((index) => group.curves.some((curve) => curve.info.index === index)),
  );
  // One label at a place: several findings often start together.
  const labelled = new Set<number>();
  for (const finding of about) {
    const curve = group.curves.find(({ info }) => finding.series.includes(info.index))!;
    const colour = finding.severity === 'error' ? theme.error : theme.warning;
    const from = finding.onset && placeOn(curve, finding.onset.step, axis);
    if (from !== null && from !== undefined) {
      marks[`${finding.id}-span`] = {
        type: 'box',
        xMin: from,
        backgroundColor: theme.highContrast ? 'transparent' : fade(colour),
        borderWidth: 0,
        drawTime: 'beforeDatasetsDraw',
      };
      marks[`${finding.id}-onset`] = line(from, finding.id, colour, theme, labelled);
    }
    const best = finding.best && placeOn(curve, finding.best.step, axis);
    if (best !== null && best !== undefined) {
      marks[`${finding.id}-best`] = line(best, 'best', theme.muted, theme, labelled);
    }
  }
  return marks;
}

function line(
  x: number,
  text: string,
  colour: string,
  theme: Theme,
  labelled: Set<number>,
): AnnotationOptions {
  const display = !labelled.has(x);
  labelled.add(x);
  return {
    type: 'line',
    xMin: x,
    xMax: x,
    borderColor: colour,
    borderWidth: theme.highContrast ? 2 : 1.5,
    borderDash: text === 'best' ? [2, 3] : [6, 4],
    label: {
      display,
      content: text,
      position: text === 'best' ? 'end' : 'start',
      backgroundColor: theme.background,
      color: text === 'best' ? theme.muted : colour,
      borderColor: colour,
      borderWidth: 1,
      borderRadius: 2,
      font: { size: 11, weight: 'normal' },
      padding: { x: 4, y: 2 },
    },
  };
}

/** Where a step of the log lies on the axis that is shown: the point of the curve at or after it. */
function placeOn(curve: Curve, step: number, axis: XAxis): number | null {
  const at = curve.steps.findIndex((value) => value >= step);
  const x = xOf(curve, axis)[at === -1 ? curve.steps.length - 1 : at];
  return x === undefined || !Number.isFinite(x) ? null : x;
}

/** The colour at a tenth of its strength; theme colours come as #rgb, #rrggbb or rgb(). */
function fade(colour: string): string {
  const hex = /^#([0-9a-f]{6})/i.exec(colour)?.[1];
  return hex ? `#${hex}1a` : `color-mix(in srgb, ${colour} 10%, transparent)`;
}
