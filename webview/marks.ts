import * as l10n from '@vscode/l10n';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { fade } from './colour';
import { shiftOf, xOf } from './axes';
import type { Curve } from './curves';
import type { NamedFinding } from './findingTitle';
import type { Group } from './groups';
import type { Look, Theme } from './look';
import type { XAxis } from './viewState';
import { tame } from './words';

/** Height of a label with the gap below it (px): labels of different marks get a row each, so that none hides another. */
const ROW = 21;

interface Mark {
  x: number;
  texts: string[];
  /** The run that it is about, where there are several. */
  whose: string | undefined;
  colour: string;
  best: boolean;
}

/** What is drawn into a chart for the findings about its curves: the span since the onset, and the best point. */
export function marksFor(
  group: Group,
  findings: readonly NamedFinding[],
  { axis, aligned, theme, runs }: Pick<Look, 'axis' | 'aligned' | 'theme' | 'runs'>,
): Record<string, AnnotationOptions> {
  const lines: Mark[] = [];
  const marks: Record<string, AnnotationOptions> = {};
  for (const finding of findings) {
    const curve = decidingCurve(group, finding);
    if (!curve || (finding.severity === 'info' && !finding.chosen)) continue;
    const { title, onset, best } = finding;
    const colour = colourOf(finding, theme);
    const shift = shiftOf(curve, axis, aligned);
    const place = (at: Parameters<typeof placeOn>[1] | null | undefined): number | null => {
      const x = at ? placeOn(curve, at, axis) : null;
      return x === null ? null : x - shift;
    };
    const [from, bestX] = [place(onset), isOwn(group, finding) ? place(best) : null];
    const whose = runs.get(curve.run.path)?.title;
    if (from !== null) {
      // The first finding's span only: one shade over another is neither. Under several runs it would be about all.
      if (whose === undefined)
        marks['span'] ??= span(from, theme.highContrast ? 'transparent' : fade(colour, 0.08));
      add(lines, { x: from, texts: [title], whose, colour, best: false });
    }
    if (bestX !== null)
      add(lines, { x: bestX, texts: [l10n.t('best')], whose, colour: theme.foreground, best: true });
  }
  for (const mark of lines) {
    const row = lines.filter(({ best }) => best === mark.best).indexOf(mark);
    marks[`${mark.best ? 'best' : 'onset'} ${mark.x}`] = line(mark, row, theme);
  }
  return marks;
}

/** Several findings often start together, or share their best point: then one line says it. */
function add(lines: Mark[], mark: Mark): void {
  const same = lines.find(({ x, best }) => x === mark.x && best === mark.best);
  if (!same) lines.push(mark);
  else if (!same.texts.includes(mark.texts[0]!)) same.texts.push(...mark.texts);
}

function colourOf({ severity }: NamedFinding, { error, warning, focus }: Theme): string {
  return { error, warning, info: focus }[severity];
}

/** The curve of the chart that decided the finding, else another one that shows it. */
export function decidingCurve(group: Group, finding: NamedFinding): Curve | undefined {
  for (const index of finding.series) {
    const curve = group.curves.find(({ info, run }) => run.main && info.index === index);
    if (curve) return curve;
  }
  return undefined;
}

/** The best point is one of the curve that decided: beside a curve of another split it would be taken for the best of that. */
function isOwn(group: Group, { series, decidedBy }: NamedFinding): boolean {
  return group.curves.some(
    ({ info, run }) =>
      run.main && series.includes(info.index) && (decidedBy === undefined || info.split === decidedBy),
  );
}

function span(xMin: number, backgroundColor: string): AnnotationOptions {
  return {
    type: 'box',
    xMin,
    backgroundColor,
    borderWidth: 0,
    adjustScaleRange: false,
    drawTime: 'beforeDatasetsDraw',
  };
}

function line({ x, texts, whose, colour, best }: Mark, row: number, theme: Theme): AnnotationOptions {
  const names = texts.length > 2 ? `${texts[0]} +${texts.length - 1}` : texts.join(', ');
  return {
    type: 'line',
    xMin: x,
    xMax: x,
    adjustScaleRange: false,
    borderColor: colour,
    borderWidth: theme.highContrast ? 2 : 1.5,
    borderDash: best ? [2, 3] : [6, 4],
    label: {
      display: true,
      content: whose === undefined ? names : `${tame(whose, 24)}: ${names}`,
      // Best points are named at the foot of the chart, onsets at its head.
      position: best ? 'start' : 'end',
      yAdjust: row * (best ? -ROW : ROW),
      // Above the lines of other marks, which may be close.
      z: 1,
      backgroundColor: theme.background,
      color: theme.foreground,
      borderColor: colour,
      borderWidth: 1,
      borderRadius: 2,
      font: { family: theme.font, size: 11, weight: 'normal' },
      padding: { x: 5, y: 2 },
    },
  };
}

/**
 * Where a place of the log lies on the axis that is shown. The curve may have been thinned out, so that a step counts
 * more than the points that are left; on another axis it is the point at or after it.
 */
export function placeOn(
  curve: Curve,
  { step, epoch }: { step: number; epoch: number | null },
  axis: XAxis,
): number | null {
  if (axis === 'step') return Number.isFinite(step) ? step : null;
  const at = curve.steps.findIndex((value) => value >= step);
  const x = xOf(curve, axis)[at === -1 ? curve.steps.length - 1 : at];
  if (x !== undefined && Number.isFinite(x)) return x;
  return axis === 'epoch' ? epoch : null;
}
