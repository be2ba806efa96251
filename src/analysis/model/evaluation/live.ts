/** How a verdict comes about while a run goes on: each history is judged after each of its evaluations. */
import type { Stopping } from '../../diagnosis';
import { median } from '../../robust';
import type { Classifier } from '../../classifier';
import { exampleOf } from '../examples';
import type { History } from '../history';
import { truthOf } from '../oracle';
import { judge } from './judge';
import { share, type Figure } from './score';

export interface LiveScore {
  histories: number;
  /** Share of the run at which the right verdict was first given and then kept: median and upper quartile. */
  earliness: { right: number; median: number; late: number };
  /** Evaluations between the true onset and the stated one, absolute, for overfitting runs that were found. */
  onset: { count: number; median: number; within5: Figure };
  /**
   * Stopping when `stopping.ts` first says so. `kept`: how often the checkpoint named then has the lowest
   * validation loss of the whole log; `nearTest`: how often its test loss is within 1 % of the best of the longer
   * run; `waited`: median evaluations between that checkpoint and the word.
   */
  stopping: { stopped: number; of: number; kept: Figure; nearTest: Figure; waited: number };
  /** Runs, healthy to their end, that were called faulty at some evaluation on the way. */
  falseAlarmsOnTheWay: Figure;
}

/** Longer logs are judged at this many of their evaluations, evenly spread. */
const LOOKS = 120;
const EARLIEST = 5;

/** Judges histories evaluation by evaluation. */
export async function live(histories: readonly History[], classifier: Classifier): Promise<LiveScore> {
  const shares: number[] = [];
  const onsets: number[] = [];
  const waits: number[] = [];
  let judged = 0;
  let [stopped, overfitting, kept, near, healthy, alarmed] = [0, 0, 0, 0, 0, 0];
  for (const history of histories) {
    const truth = truthOf(history);
    if (truth.ambiguous) continue;
    judged++;
    const looks = looksAt(history.evaluations);
    const answers = await judge(
      looks.map((seen) => exampleOf(history, seen)),
      classifier,
    );
    const labels = answers.map(({ both }) => both.label);
    const since = trailing(labels, truth.label);
    if (since !== null) shares.push(looks[since]! / history.evaluations);
    if (truth.label === 'healthy') {
      healthy++;
      // A fault on the way that the oracle sees too (an excursion that was made good) is no false alarm.
      const wrong = answers.some(
        ({ both, example }) =>
          !['healthy', 'undetermined'].includes(both.label) && example.label === 'healthy',
      );
      if (wrong) alarmed++;
    }
    if (truth.label !== 'overfitting') continue;
    overfitting++;
    const first = answers.findIndex(({ stopping }) => stopping !== null);
    const stop = first < 0 ? null : stopAt(answers[first]!.stopping!, history);
    if (stop) {
      stopped++;
      waits.push(looks[first]! - 1 - stop.checkpoint);
      if (stop.isBestValidation) kept++;
      if (stop.isNearTestBest) near++;
    }
    const onset = answers.at(-1)!.lead?.onset;
    if (since !== null && onset) {
      const stated = history.oracle.x.findIndex((x) => x >= (onset.epoch ?? onset.step));
      onsets.push(Math.abs((stated < 0 ? history.evaluations - 1 : stated) - truth.onset!));
    }
  }
  return {
    histories: judged,
    earliness: { right: shares.length, median: median(shares), late: quartile(shares) },
    onset: {
      count: onsets.length,
      median: median(onsets),
      within5: share(onsets.filter((error) => error <= 5).length, onsets.length),
    },
    stopping: {
      stopped,
      of: overfitting,
      kept: share(kept, stopped),
      nearTest: share(near, stopped),
      waited: median(waits),
    },
    falseAlarmsOnTheWay: share(alarmed, healthy),
  };
}

function looksAt(evaluations: number): number[] {
  const count = Math.min(LOOKS, evaluations - EARLIEST + 1);
  return Array.from({ length: count }, (_, i) =>
    Math.round(EARLIEST + ((evaluations - EARLIEST) * i) / Math.max(1, count - 1)),
  );
}

/** Index since which all labels are `label`; null when the last is not. */
function trailing(labels: readonly string[], label: string): number | null {
  if (labels.at(-1) !== label) return null;
  let at = labels.length - 1;
  while (at > 0 && labels[at - 1] === label) at--;
  return at;
}

function stopAt(
  { best }: Stopping,
  history: History,
): { checkpoint: number; isBestValidation: boolean; isNearTestBest: boolean } | null {
  const { val } = history.log;
  if (!val) return null;
  const at = history.axis === 'epoch' ? (best.epoch ?? best.step) : best.step;
  const lowest = Math.min(...val.y.filter((y) => Number.isFinite(y)));
  const checkpoint = history.oracle.x.findIndex((x) => x >= at);
  const { test } = history.oracle;
  const reachable = Math.min(...test.filter((loss) => Number.isFinite(loss)));
  return {
    checkpoint,
    isBestValidation: val.y[val.x.indexOf(at)] === lowest,
    isNearTestBest: test[checkpoint]! <= reachable + 0.01 * Math.abs(reachable),
  };
}

function quartile(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(0.75 * values.length)] ?? Number.NaN;
}
