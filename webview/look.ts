import type { LogSpan } from '../src/analysis/diagnosis';
import { curveId, curveTitle, type Curve } from './curves';
import type { Split } from './split';
import type { XAxis } from './viewState';

/** The editor's colours as the charts use them. */
export interface Theme {
  foreground: string;
  muted: string;
  grid: string;
  background: string;
  border: string;
  focus: string;
  error: string;
  warning: string;
  highContrast: boolean;
  font: string;
  series: Record<Split | 'other', string>;
  /** Colours of runs that are compared. */
  runs: readonly string[];
}

/** How the charts are looked at. A new object means that something of it changed. */
export interface Look {
  axis: XAxis;
  smoothing: number;
  logScale: boolean;
  logX: boolean;
  hidden: ReadonlySet<string>;
  /** How each run is shown, by its path; empty where there is only one. */
  runs: ReadonlyMap<string, RunLook>;
  /** All runs begin at 0. */
  aligned: boolean;
  /** Where the training that is judged stands in the run's log; null: there is no other in it. */
  judged: LogSpan | null;
  theme: Theme;
}

/** How a run is told from others in all charts. */
export interface RunLook {
  title: string;
  colour: string;
  hidden: boolean;
}

/** Whether the user wants to see a curve. */
export function isShown(curve: Curve, { hidden, runs }: Look): boolean {
  return !hidden.has(curveId(curve)) && runs.get(curve.run.path)?.hidden !== true;
}

/** What a curve is called: by its split, and beside other runs by its run, too. */
export function titleIn(curve: Curve, { runs }: Look): string {
  const run = runs.get(curve.run.path);
  return run ? `${run.title} ${curveTitle(curve)}` : curveTitle(curve);
}
