/** One line of the data set: a training as its log shows it, and what an oracle saw of it. */
export interface TrainingRecord {
  id: string;
  framework: 'tfjs';
  data: string;
  architecture: string;
  seed: number;
  task: Task;
  recipe: string;
  classes: number | null;
  knobs: Record<string, unknown>;
  axis: Axis;
  evaluations: number;
  plan: number;
  log: Record<string, Series>;
  oracle: {
    x: number[];
    test: number[];
    clean: number[];
    test_accuracy?: number[];
    clean_accuracy?: number[];
  };
}

export type Task = 'classification' | 'regression' | 'language' | 'gan' | 'sequence';
export type Axis = 'epoch' | 'step';

export interface Series {
  x: number[];
  y: number[];
}

export const emptySeries = (): Series => ({ x: [], y: [] });

/** JSON has no NaN, so what is not finite is written as a string; four digits are what a log would print. */
export function toLine(record: TrainingRecord): string {
  return JSON.stringify(record, (_key, value: unknown) => {
    if (typeof value !== 'number' || Number.isInteger(value)) return value;
    return Number.isFinite(value) ? Number(value.toPrecision(4)) : String(value);
  });
}
