import * as l10n from '@vscode/l10n';
import type { SeriesInfo } from '../src/protocol';
import { nameOr } from './words';

/** What a curve is among the others of its run. */
export interface BesideOthers {
  /** What it measures: the curves of one metric share a chart. */
  readonly metric: string;
  /** How it is called beside others of its metric. */
  readonly title: string;
  /** Another curve is of the same metric and split, and has the colour of that. */
  readonly isSecond: boolean;
  /** It is a single value at no place of the run, where others have one: a number of the settings that the log prints. */
  readonly isSetting: boolean;
}

/** How each curve is told from the others of its metric: by its split, and by what the log calls it where that is not enough. */
export function besideOthers(series: readonly SeriesInfo[]): BesideOthers[] {
  const names = new Set(series.map(({ name }) => name));
  const counted = series.some(({ axis, total }) => axis !== 'index' && total > 1);
  const isSetting = ({ axis, total }: SeriesInfo): boolean => counted && axis === 'index' && total === 1;
  const metrics = new Map<string, SeriesInfo[]>();
  for (const one of series) {
    if (isSetting(one)) continue;
    const name = metricOf(one, names);
    const metric = metrics.get(name);
    if (metric) metric.push(one);
    else metrics.set(name, [one]);
  }
  return series.map((one) => {
    const name = metricOf(one, names);
    return isSetting(one) ? among(one, name, [one], true) : among(one, name, metrics.get(name)!, false);
  });
}

/** @param metric the curves of its metric, itself among them */
function among(
  one: SeriesInfo,
  name: string,
  metric: readonly SeriesInfo[],
  isSetting: boolean,
): BesideOthers {
  const { key, split } = one;
  const same = metric.filter((other) => other.split === split);
  // Of the two that Lightning logs the mean of the epoch is what validation is compared with.
  const lead = same.find((other) => /[_/]epoch$/.test(other.key)) ?? same[0];
  const about = { metric: name, isSecond: lead !== one, isSetting };
  if (split !== null)
    return { ...about, title: same.length > 1 ? l10n.t('{0} ({1})', split, nameOr(key)) : split };
  return { ...about, title: key === name && metric.length === 1 ? l10n.t('value') : nameOr(key) };
}

/** `MAE` for the `MAE_epoch` and `MAE_step` of Lightning, where validation is logged by that name. */
function metricOf({ name }: SeriesInfo, names: ReadonlySet<string>): string {
  const plain = name.replace(/[_/](?:step|epoch)$/, '');
  return names.has(plain) ? plain : name;
}
