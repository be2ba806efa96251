import * as l10n from '@vscode/l10n';
import type { ChartOptions, Scale } from 'chart.js';
import { axisTitle } from './axes';
import { clock, needsSeconds, tickDistance, timeTicks } from './clock';
import type { Curve } from './curves';
import type { Look } from './look';
import type { XAxis } from './viewState';
import { logTicks, roomForLabels, roundTicks, tickLabel } from './ticks';
import { position } from './words';

export interface Range {
  min: number;
  max: number;
}
type Scales = NonNullable<ChartOptions<'line'>['scales']>;

const SIZE = 11;
const MOST_TICKS = 7;

/** The two axes of a chart. `range` and `height` null: everything. */
export function scalesFor(
  curves: readonly Curve[],
  { axis, theme, logX }: Look,
  logY: boolean,
  range: Range | null,
  height: Range | null,
): Scales {
  const font = { family: theme.font, size: SIZE };
  const ticks = { color: theme.muted, font, maxRotation: 0 };
  const grid = { color: theme.grid, lineWidth: theme.highContrast ? 0.5 : 1, tickLength: 4 };
  const border = { color: theme.border };
  const whole = wholeNumbers(curves, axis);
  return {
    x: {
      type: logX ? 'logarithmic' : 'linear',
      // Up to the last point, not to the next round number: while training goes on there is no empty margin.
      bounds: 'data',
      afterDataLimits: startAtOnly,
      ...(range ?? {}),
      afterBuildTicks: logX ? setLogTicks : axis === 'time' ? setTimeTicks : setRoundTicks(whole),
      ticks: {
        ...ticks,
        autoSkipPadding: 24,
        maxTicksLimit: 9,
        includeBounds: false,
        ...(whole ? { precision: 0 } : {}),
        callback: axis === 'time' ? timeLabel : (value) => position(Number(value)),
      },
      grid,
      border,
      title: {
        display: true,
        text: axis === 'time' ? l10n.t('time since the start (h:mm)') : axisTitle(curves, axis),
        color: theme.muted,
        font,
        padding: 0,
      },
    },
    y: {
      type: logY ? 'logarithmic' : 'linear',
      ...(height ?? {}),
      ...(logY ? { afterBuildTicks: setLogTicks } : {}),
      ticks: {
        ...ticks,
        ...(logY ? { autoSkip: false } : { maxTicksLimit: 6 }),
        // Of values that are all no numbers there is no height.
        display: curves.some(({ most }) => Number.isFinite(most)),
        callback: (value, _index, all) =>
          tickLabel(
            Number(value),
            all.map((one) => one.value),
          ),
      },
      grid,
      border,
    },
  };
}

/** The ticks that suit a log scale, unless hardly any falls into its range. */
function setLogTicks(scale: Scale): void {
  const ticks = logTicks(scale);
  if (ticks.length > 1) scale.ticks = ticks.map((value) => ({ value }));
}

/** As many round numbers as find room. */
function setRoundTicks(whole: boolean): (scale: Scale) => void {
  return (scale) => {
    const ticks = roundTicks(scale, roomForLabels(scale.width, position(Math.floor(scale.max))), whole);
    if (ticks.length > 1) scale.ticks = ticks.map((value) => ({ value }));
  };
}

/** A single point has no width: it stands at the start, and not among steps before it that never were. */
function startAtOnly(scale: Scale): void {
  const { min, max } = scale.getMinMax(true);
  if (min === max) Object.assign(scale, { min, max: min + 1 });
}

/** Half a step means nothing, half an epoch may, where the log has points between epochs. */
function wholeNumbers(curves: readonly Curve[], axis: XAxis): boolean {
  return (
    axis === 'step' &&
    curves.every(({ info, steps }) => info.axis !== 'epoch' || steps.every(Number.isInteger))
  );
}

function setTimeTicks(scale: Scale): void {
  scale.ticks = timeTicks(scale, MOST_TICKS).map((value) => ({ value }));
}

/** The seconds only where ticks are closer than a minute. */
function timeLabel(this: Scale, value: number | string): string {
  return clock(Number(value), needsSeconds(tickDistance(this, MOST_TICKS)));
}
