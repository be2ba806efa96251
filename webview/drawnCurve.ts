import * as l10n from '@vscode/l10n';
import type { ChartDataset } from 'chart.js';
import { shiftOf, xOf } from './axes';
import { pointsBeyond } from './beyond';
import type { Range } from './chartOptions';
import type { Curve } from './curves';
import {
  belowStyle,
  colourOfOthers,
  crossStyle,
  dashOf,
  edgeStyle,
  faintStyle,
  lineStyle,
  lineWidth,
  markerSize,
  roleOf,
} from './curveStyle';
import { drawable, Line, OddPoints, type Point } from './line';
import { titleIn, type Look } from './look';
import { judgedPart, recolour, type Part } from './otherTrainings';
import { Smoother } from './smoothing';
import { textureOf } from './texture';
import { tame } from './words';

/**
 * `raw`: the faint line under a smoothed one; `band`: it is so noisy that it is drawn as one; `judged`: what is not in this part
 * has another colour.
 */
export type Dataset = ChartDataset<'line', Point[]> & {
  raw?: boolean;
  band?: boolean;
  judged?: (Part & { others: string }) | null;
};

/** Where among the datasets of a curve its lines begin. */
const LINES = 4;
const everything: Part = { from: 0, to: Infinity };

/**
 * A curve as a chart draws it: its line, under smoothing the faint raw one, crosses where a value was not finite, and
 * triangles where it was not above 0 on a log scale, or is off a linear one. Grows with the curve; another look may need another one.
 */
export class DrawnCurve {
  readonly main: Dataset;
  readonly datasets: Dataset[];
  readonly line: Line;
  private readonly raw: Line;
  private readonly odd: OddPoints;
  private readonly below: OddPoints;
  private smoother: Smoother | null;
  private readonly above: Dataset;
  private readonly beneath: Dataset;

  constructor(
    readonly curve: Curve,
    private look: Look,
    logY: boolean,
    /** Where the crosses of a curve without a single number stand. */
    private readonly otherwise = Number.NaN,
  ) {
    const { theme, smoothing, axis, aligned } = look;
    const shift = shiftOf(curve, axis, aligned);
    const can = drawable(look.logX, logY);
    this.line = new Line(can, shift);
    this.raw = new Line(can, shift);
    this.odd = new OddPoints((value) => !Number.isFinite(value), can, shift, otherwise);
    this.below = new OddPoints((value) => value <= 0 && Number.isFinite(value), can, shift);
    const title = tame(titleIn(curve, look));
    const colour = look.runs.get(curve.run.path)?.colour ?? theme.series[roleOf(curve)];
    const style = lineStyle(curve, colour, theme);
    this.smoother = smoothing > 0 ? new Smoother(smoothing) : null;
    this.main = { ...style, label: title, data: this.line.points };
    const off = { ...edgeStyle(colour), label: l10n.t('{0} off the scale', title) };
    this.above = { ...off, data: [] };
    this.beneath = { ...off, pointRotation: 180, data: [] };
    // The first is drawn on top; the lines are the last.
    this.datasets = [
      this.above,
      this.beneath,
      { ...crossStyle(theme), label: l10n.t('{0} NaN/Inf', title), data: this.odd.points },
      { ...belowStyle(theme), label: l10n.t('{0} at or below 0', title), data: this.below.points },
      this.main,
    ];
    if (this.smoother) {
      const label = l10n.t('{0} (raw)', title);
      const faint = { ...style, ...faintStyle(colour), raw: true, label, data: this.raw.points };
      // Below the smoothed lines of all curves.
      this.datasets.push({ ...faint, order: 1 });
    }
    this.extend();
    // Without a copy of each point; of such points the chart believes that they are in order.
    if (this.line.ascending) for (const one of this.datasets.slice(LINES)) one.parsing = false;
  }

  /**
   * Takes in what the curve gained, and how it is looked at now.
   * @param otherwise where its crosses stand now if it has no number: the curves beside it give that place
   * @returns whether it grew; null where another one must be made
   */
  follow(look: Look, otherwise = this.otherwise): boolean | null {
    if (!differsBySmoothing(this.look, look)) return null;
    if (!Object.is(otherwise, this.otherwise) && !this.line.points.some(({ y }) => Number.isFinite(y)))
      return null;
    this.smooth(look.smoothing);
    this.look = look;
    const grew = this.extend();
    return this.main.parsing === false && !this.line.ascending ? null : grew;
  }

  private extend(): boolean {
    const { curve, smoother } = this;
    const xs = xOf(curve, this.look.axis);
    const grew = this.line.extend(xs, smoother ? smoother.extend(curve.values) : curve.values);
    if (smoother) this.raw.extend(xs, curve.values);
    this.odd.extend(xs, curve.values);
    this.below.extend(xs, curve.values);
    this.main.pointRadius = markerSize(this.line.points.length, this.look);
    this.fadeOthers();
    return grew;
  }

  /** Other trainings in the log are seen, and are not what the verdict is about. */
  private fadeOthers(): void {
    const { main, curve, look } = this;
    const part = judgedPart(curve, this.line, look.judged) ?? (main.judged ? everything : null);
    if (!part) return;
    // The raw line has the same points.
    for (const one of this.datasets.slice(LINES)) {
      const others = colourOfOthers(main.borderColor as string, look.theme, one.raw);
      one.judged = { ...part, others };
      recolour(one, part, one.borderColor as string, others);
    }
  }

  /** In place: a slider that is dragged changes heights only, and to make thousands of points anew takes as long as to draw them. */
  private smooth(weight: number): void {
    if (!this.smoother || weight === this.look.smoothing) return;
    this.smoother = new Smoother(weight);
    this.line.setHeights(this.smoother.extend(this.curve.values));
  }

  /** Draws what is noisy thin, and a band of noise as one, without dashes. @param height what the y axis shows */
  strokeIn(range: Range | null, height: Range, logY: boolean): void {
    const texture = textureOf(this.line.points, range, height, logY);
    this.main.borderDash = texture === 'band' ? [] : dashOf(this.curve);
    this.main.borderWidth = texture === 'line' ? lineWidth(this.look.theme) : 1;
    // The pieces of other trainings have other colours.
    const canBe = this.line.ascending && !this.main.judged;
    this.main.band = canBe && texture === 'band';
    const raw = this.datasets[LINES + 1];
    if (raw) raw.band = canBe && textureOf(this.raw.points, range, height, logY) === 'band';
  }

  /** Marks what is off a scale. @param height what the y axis shows, where that is not all; else null */
  markBeyond(height: Range | null): void {
    const { above, beneath } = pointsBeyond(this.curve, this.look, height);
    if (above.length + this.above.data.length > 0) this.above.data = above;
    if (beneath.length + this.beneath.data.length > 0) this.beneath.data = beneath;
  }
}

/** Whether at most the weight of the smoothing, and which curves are hidden, tells two looks apart. */
function differsBySmoothing(one: Look, other: Look): boolean {
  return (
    one.smoothing > 0 === other.smoothing > 0 &&
    one.axis === other.axis &&
    one.logX === other.logX &&
    one.aligned === other.aligned &&
    one.runs === other.runs &&
    one.theme === other.theme
  );
}
