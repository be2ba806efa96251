import * as l10n from '@vscode/l10n';
import type { Curve } from './curves';

/** Curves that belong into one chart: the same metric on several splits. */
export interface Group {
  name: string;
  curves: Curve[];
  /** It is a number of the settings that the log prints: a single value at no place of the run. */
  isSetting: boolean;
}

/** The order in a legend. */
const SPLITS = ['train', null, 'val', 'test'] as const;

/** Charts shown at once; the rest waits behind a button, since each costs a canvas. */
export const SHOWN = 6;

/** Seen among the first charts in any case: what drives the training. */
const DRIVES = ['learning_rate', 'grad_norm'];

/** The loss by another name. */
const ENTROPY = /cross[ _-]?entropy|\bn(?:egative[ _]log[ _]likelihood|ll)\b|\blm[ _]loss/i;

/** One group per metric; losses first, then other qualities, then settings such as the learning rate. */
export function groupCurves(curves: readonly Curve[]): Group[] {
  const groups = new Map<string, Group>();
  for (const curve of curves) {
    if (curve.values.length === 0) continue;
    const { isSetting, info, metric } = curve;
    const id = isSetting ? `setting ${info.key}` : metric;
    const group = groups.get(id) ?? { name: isSetting ? info.key : metric, curves: [], isSetting };
    group.curves.push(curve);
    groups.set(id, group);
  }
  for (const group of groups.values()) {
    group.curves.sort((a, b) => place(a) - place(b));
    if (group.isSetting && groups.has(group.name))
      group.name = l10n.t('{0} ({1})', group.name, l10n.t('setting'));
  }
  const hasLoss = groups.has('loss');
  return withDrives([...groups.values()].sort((a, b) => worth(b, hasLoss) - worth(a, hasLoss)));
}

function place({ info: { split } }: Curve): number {
  return SPLITS.indexOf(split);
}

/** Groups in their order, except that what drives the training is not behind the button. */
function withDrives(groups: readonly Group[]): Group[] {
  const isDrive = (group: Group): boolean =>
    DRIVES.includes(group.name) && points(group) > 1 && constantValues(group) === null;
  const late = groups.filter((group, i) => i >= SHOWN && isDrive(group));
  const others = groups.filter((group) => !late.includes(group));
  return [...others.slice(0, SHOWN - late.length), ...late, ...others.slice(SHOWN - late.length)];
}

function points({ curves }: Group): number {
  return Math.max(...curves.map(({ values }) => values.length));
}

/** @param hasLoss there is a loss of which other ones may be parts */
function worth(group: Group, hasLoss: boolean): number {
  const { name, curves } = group;
  const lonely = points(group) < 2 ? -100 : 0;
  if (name === 'loss') return 50 + lonely;
  // A perplexity is made of the loss.
  if (!hasLoss && ENTROPY.test(name)) return 45 + lonely;
  if (name === 'accuracy' || name === 'perplexity') return 40 + lonely;
  if (DRIVES.includes(name)) return 18 + lonely;
  const { direction } = curves[0]!.info;
  if (direction === 'none') return lonely;
  // Beside their sum, the parts of a loss that is not validated say less than how the training was driven.
  const isPart = hasLoss && direction === 'lower' && curves.every(({ info }) => info.split !== 'val');
  // One of the two alone says nothing: a model may buy it with the other.
  const isHalf = /precision|recall/i.test(name);
  return (isPart ? 15 : 20) + (curves.length > 1 ? 5 : 0) - (isHalf ? 1 : 0) + lonely;
}

/** More different values than this do not fit into a line. */
const MOST_VALUES = 3;

/**
 * The values of a group whose curves never change, as a learning rate without a schedule; null for one that asks for a chart:
 * since it changes, since it is a result of the training (a loss that stands still is news), or since it has one point.
 */
export function constantValues({ curves, isSetting }: Group): number[] | null {
  if (isSetting) return curves.map(({ values }) => values[0]!);
  const constant = curves.every(
    ({ info, values, least, most }) =>
      info.direction === 'none' && info.nonFinite === 0 && values.length > 1 && least === most,
  );
  const values = [...new Set(curves.map(({ least }) => least))];
  return constant && values.length <= MOST_VALUES ? values : null;
}
