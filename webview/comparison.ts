import type { ComparedRun, RunSnapshot } from '../src/protocol';
import type { Curve, Curves } from './curves';
import { nameOr } from './words';

/** A run on the page; `run` and `curves` are null until it was read. */
export interface RunOnPage {
  about: ComparedRun;
  run: Omit<RunSnapshot, 'series'> | null;
  curves: Curves | null;
}

/** A metric that runs are compared by. */
export interface Column {
  name: string;
  split: Curve['info']['split'];
  direction: 'lower' | 'higher';
}

/** Most columns of the table: it is for reading. */
const COLUMNS = 6;
const order = { val: 0, test: 1, train: 2 } as const;

/** The metrics that say how good runs are: losses first, validation before training. */
export function columnsOf(curves: readonly Curve[]): Column[] {
  const found = new Map<string, Column>();
  for (const { info, values } of curves) {
    const { name, split, direction } = info;
    if (direction !== 'none' && values.length > 0)
      found.set(JSON.stringify([name, split]), { name, split, direction });
  }
  const worth = ({ name, split }: Column): number =>
    (name === 'loss' ? 0 : name === 'accuracy' || name === 'perplexity' ? 10 : 20) +
    (split === null ? 3 : order[split]);
  return [...found.values()].sort((a, b) => worth(a) - worth(b)).slice(0, COLUMNS);
}

/** Best and last value of a metric in a run; null where the run does not have it. */
export interface Standing {
  best: number;
  /** Where the best stands: the curve's own count, a step or an epoch. */
  at: number;
  last: number;
}

export function standing(curves: readonly Curve[], { name, split, direction }: Column): Standing | null {
  const curve = curves.find(({ info }) => info.name === name && info.split === split);
  const index = direction === 'lower' ? curve?.leastAt : curve?.mostAt;
  if (!curve || index === undefined || index < 0) return null;
  return { best: curve.values[index]!, at: curve.steps[index]!, last: curve.values.at(-1)! };
}

/** Which of the runs has the best value of a column; -1 where fewer than two have any, or two are as good. */
export function leader(standings: readonly (Standing | null)[], { direction }: Column): number {
  const sign = direction === 'lower' ? 1 : -1;
  const values = standings.map((one) => (one ? sign * one.best : Infinity));
  const best = Math.min(...values);
  const several = values.filter((value) => value < Infinity).length > 1;
  return several && values.filter((value) => value === best).length === 1 ? values.indexOf(best) : -1;
}

/** A setting of the runs; null where a run does not state it. */
export interface Setting {
  name: string;
  values: (string | null)[];
  differs: boolean;
}

/** All settings that the logs of the runs state, side by side; those that differ first. */
export function settingsOf(contexts: readonly Readonly<Record<string, string | number>>[]): Setting[] {
  const names = [...new Set(contexts.flatMap((context) => Object.keys(context)))];
  const rows = names.map((name): Setting => {
    const values = contexts.map((context) => (Object.hasOwn(context, name) ? String(context[name]) : null));
    return { name, values, differs: new Set(values).size > 1 };
  });
  return rows.sort((a, b) => Number(b.differs) - Number(a.differs));
}

/** What tells the titles apart: without the folders that all share at the front, and what all share at the end. */
export function shortNames(titles: readonly string[]): string[] {
  const parts = titles.map((title) => title.split(/[\\/]/));
  const shortest = Math.min(...parts.map(({ length }) => length));
  const shared = (from: (list: readonly string[], i: number) => string | undefined): number => {
    let count = 0;
    while (count < shortest - 1 && new Set(parts.map((list) => from(list, count))).size === 1) count++;
    return count;
  };
  const front = titles.length > 1 ? shared((list, i) => list[i]) : 0;
  const end =
    titles.length > 1
      ? Math.min(
          shared((list, i) => list.at(-1 - i)),
          shortest - 1 - front,
        )
      : 0;
  return parts.map((list) => nameOr(list.slice(front, list.length - end).join('/')));
}

/** Names, of which those that several runs have get the time of their last change: `python train.py (14:05:31)`. @param changed ms since 1970 */
export function toldApart(names: readonly string[], changed: readonly (number | null)[]): string[] {
  return names.map((name, i) => {
    const time = changed[i] ?? null;
    if (time === null || names.filter((other) => other === name).length < 2) return name;
    return `${name} (${new Date(time).toTimeString().slice(0, 8)})`;
  });
}
