import * as l10n from '@vscode/l10n';
import type { Spot } from './diagnosis';
import type { Curve } from './curve';
import { placeAt } from './curve';

const grouped = new Intl.NumberFormat('en');

/** A number as people write it: three significant digits, no exponent where none is needed. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  if (Number.isInteger(value) || size >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** `0.42` as `42 %`. */
export function percent(share: number): string {
  return l10n.t('{0} %', hundredths(share));
}

/** A difference of two shares: `0.38` as `38 percentage points`. */
export function points(share: number): string {
  return l10n.t('{0} percentage points', hundredths(share));
}

function hundredths(share: number): string {
  const value = share * 100;
  // Nearly all is not all: an accuracy of 99.8 % has something left to learn.
  const fine = Math.abs(value) < 10 || (value > 99 && value < 100);
  return fine ? String(Number(value.toFixed(1))) : number(Math.round(value));
}

/** `epoch 12` or `step 3400`, whichever the curve counts. */
export function where(curve: Curve, index: number): string {
  return wherePlace(curve, placeAt(curve, index));
}

/** As {@link where}, for a place that is no point of the curve. */
export function wherePlace(curve: Curve, place: Spot): string {
  return spotName({ ...place, axis: curve.axis });
}

/** A point of the run by what its curve counts, so that sentence, heading and chart name it alike. */
export function spotName({ step, epoch, axis = 'epoch' }: Spot): string {
  if (axis === 'epoch' && epoch !== null) return l10n.t('epoch {0}', exact(epoch));
  return axis === 'index' ? l10n.t('point {0}', exact(step)) : l10n.t('step {0}', exact(step));
}

/** A value of the curve as the log shows it, percentages as fractions. */
export function valueOf(curve: Curve, oriented: number): string {
  return number(curve.sign * oriented);
}

/** What the log calls the curve, in quotes: names in logs may be any text. */
export function nameOf({ series: { key } }: Curve): string {
  return quoted(key.length > 60 ? `${key.slice(0, 57)}...` : key);
}

/** A name in quotes. */
export function quoted(name: string): string {
  return l10n.t('"{0}"', name);
}

/** Whole sentences one after the other. */
export function sentences(all: readonly string[]): string {
  return all.length === 0 ? '' : all.reduce((text, sentence) => l10n.t('{0} {1}', text, sentence));
}

/** Whole numbers in full and grouped, as on the axes of the charts. */
function exact(step: number): string {
  return Number.isInteger(step) ? grouped.format(step) : number(step);
}
