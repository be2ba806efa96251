import type { MetricIdentity } from '../../../src/formats/metricName';
import type { Run, RunStatus } from '../../../src/runs/run';
import { Series } from '../../../src/runs/series';

type Values = readonly number[];

/** Curves of a run by name; x counts epochs from 1 and so do the lines, unless steps are given. */
export interface RunParts {
  loss?: Values;
  val_loss?: Values;
  accuracy?: Values;
  val_accuracy?: Values;
  learning_rate?: Values;
  grad_norm?: Values;
  steps?: Values;
  valSteps?: Values;
  status?: RunStatus;
  context?: Record<string, string | number>;
  extra?: readonly Series[];
}

const identities: Record<string, MetricIdentity> = {
  loss: { name: 'loss', split: 'train', direction: 'lower', unit: null },
  val_loss: { name: 'loss', split: 'val', direction: 'lower', unit: null },
  accuracy: { name: 'accuracy', split: 'train', direction: 'higher', unit: null },
  val_accuracy: { name: 'accuracy', split: 'val', direction: 'higher', unit: null },
  learning_rate: { name: 'learning_rate', split: null, direction: 'none', unit: null },
  grad_norm: { name: 'grad_norm', split: null, direction: 'none', unit: null },
};

/** A series from values; with `steps` its axis is the step, else the epoch. */
export function makeSeries(key: string, identity: MetricIdentity, values: Values, steps?: Values): Series {
  const series = new Series(key, identity);
  values.forEach((value, i) => {
    series.append(steps ? steps[i]! : Number.NaN, value, steps ? Number.NaN : i + 1, Number.NaN, i + 1);
  });
  return series;
}

/** A run from values. */
export function makeRun(parts: RunParts): Run {
  const series: Series[] = [];
  for (const [key, identity] of Object.entries(identities)) {
    const values = parts[key as keyof RunParts] as Values | undefined;
    const steps = key.startsWith('val') ? (parts.valSteps ?? parts.steps) : parts.steps;
    if (values) series.push(makeSeries(key, identity, values, steps));
  }
  return {
    id: 'test',
    path: 'test.log',
    format: 'test',
    series: [...series, ...(parts.extra ?? [])],
    status: parts.status ?? 'finished',
    context: new Map(Object.entries(parts.context ?? {})),
    skipped: { lines: 0, first: null },
  };
}

/** `count` values of a function of time in [0, 1]. */
export function curveOf(count: number, f: (t: number, i: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => f(count > 1 ? i / (count - 1) : 0, i));
}

/** The same run with every loss changed by `f`. */
export function mapLosses(run: Run, f: (value: number) => number): Run {
  const series = run.series.map((s) => {
    if (s.name !== 'loss') return s;
    const copy = new Series(s.key, s);
    for (let i = 0; i < s.length; i++) {
      copy.append(
        s.axis === 'step' ? s.steps.at(i) : Number.NaN,
        f(s.values.at(i)),
        s.epochs.at(i),
        s.times.at(i),
        s.lines.at(i),
      );
    }
    copy.axis = s.axis;
    return copy;
  });
  return { ...run, series };
}
