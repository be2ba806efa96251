import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { Run, RunStatus } from '../../runs/run';
import { RunBuilder } from '../../runs/runBuilder';

/** One real training by gradient descent: what its log shows, and what only an oracle knows. */
export interface History {
  /** `framework/data/architecture/seed`. */
  id: string;
  framework: string;
  data: string;
  architecture: string;
  seed: number;
  task: string;
  /** The construction: which fault was built in, or which odd but healthy habit. */
  recipe: string;
  classes: number | null;
  knobs: Readonly<Record<string, unknown>>;
  /** What the log counts. */
  axis: 'epoch' | 'step';
  /** Evaluations that the log shows, and that its schedule was made for. */
  evaluations: number;
  plan: number;
  log: Readonly<Record<string, Points>>;
  oracle: Oracle;
}

/** A logged curve; `y` may hold NaN and infinities. */
export interface Points {
  x: readonly number[];
  y: readonly number[];
}

/**
 * One entry per evaluation, those of a longer run than the log shows included. `test`: mean loss on a large held-out set
 * that never had a say; `clean`: the loss of training data in evaluation mode.
 */
export interface Oracle {
  x: readonly number[];
  test: readonly number[];
  clean: readonly number[];
  test_accuracy?: readonly number[];
  clean_accuracy?: readonly number[];
}

/** What the columns of a recorded log are called in the run that is made of it. */
const KEYS: Readonly<Record<string, string>> = {
  train: 'loss',
  val: 'val_loss',
  train_accuracy: 'accuracy',
};

/**
 * The data set: JSON Lines, one history each, brotli-compressed; non-finite numbers are strings.
 * @throws {Error} naming the file when it cannot be read
 */
export async function readHistories(path: string): Promise<History[]> {
  const text = (await promisify(brotliDecompress)(await readFile(path))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, revive) as History);
}

function revive(_key: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}

/**
 * The log of a history as a run, put together as a log file is.
 * @param evaluations how many of the evaluations are seen; all by default
 */
export function runOf(history: History, evaluations = history.evaluations): Run {
  const whole = evaluations >= history.evaluations;
  const end = whole ? Number.POSITIVE_INFINITY : history.oracle.x[evaluations - 1]!;
  const run = new RunBuilder(history.id);
  const sink = run.sink();
  for (const [name, { x, y }] of Object.entries(history.log)) {
    for (let i = 0; i < x.length; i++) {
      if (x[i]! > end) break;
      if (history.axis === 'step') sink.at(x[i]!, Number.NaN, Number.NaN, i + 1);
      else sink.at(Number.NaN, x[i]!, Number.NaN, i + 1);
      sink.value(KEYS[name] ?? name, y[i]!);
    }
  }
  run.settle();
  run.format = 'recorded';
  run.status = statusOf(history, whole);
  return run;
}

/** Logs rarely say that they are finished; one in two that is whole does. */
export function statusOf(history: History, whole: boolean): RunStatus {
  if (!whole) return 'running';
  if (history.plan > history.evaluations) return history.seed % 2 === 0 ? 'running' : 'unknown';
  return history.seed % 2 === 0 ? 'finished' : 'unknown';
}
