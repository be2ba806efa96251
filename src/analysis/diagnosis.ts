/** The three ways a training goes wrong, as in the seed document's list of symptoms. */
export type Family = 'overfitting' | 'underfitting' | 'unstable';

/** The one word for a run. `undetermined` when there is too little, or the two layers disagree. */
export type Label = 'healthy' | Family | 'undetermined';

export type Severity = 'error' | 'warning' | 'info';

/** The ids of all detectors: one file each in `symptoms/`. */
export type SymptomId =
  | 'val-loss-rising'
  | 'generalisation-gap'
  | 'past-the-optimum'
  | 'overconfidence'
  | 'memorised'
  | 'validation-too-good'
  | 'never-learned'
  | 'plateau'
  | 'high-bias'
  | 'still-improving'
  | 'over-regularised'
  | 'non-finite'
  | 'divergence'
  | 'loss-spike'
  | 'oscillation'
  | 'val-jitter'
  | 'gradient-explosion'
  | 'gradient-vanishing'
  | 'warmup-missing';

/** A point of the run. */
export interface Spot {
  step: number;
  epoch: number | null;
  /** What its curve counts: by that it is told. Left out, by its epoch where it has one. */
  axis?: 'step' | 'epoch' | 'index';
}

/** A place in the run. `line` is 1-based in the log; null where there is none (binary logs). */
export interface Place extends Spot {
  line: number | null;
}

/** One symptom that was found, with what proves it. */
export interface Finding {
  id: SymptomId;
  family: Family;
  severity: Severity;
  /** Since when; null where "since" means nothing. */
  onset: Place | null;
  /** The best point before it, where there is one: the checkpoint to keep. */
  best?: Spot;
  /** The numbers behind the message, by name. Finite, except where the symptom is a non-finite value. */
  evidence: Record<string, number>;
  /** Index into `run.series` of the curves that show it, the deciding one first. */
  series: number[];
  /** One sentence that holds the numbers. Plain text; it may quote names from the log. */
  message: string;
}

/** What to know of a symptom to agree with it or not. Plain text. */
export interface SymptomNote {
  /** What a person calls it: a heading. */
  title: string;
  /** The definition that its detector works by. */
  threshold: string;
  /** Where that is from. */
  source: string;
  /** What looks the same and is none. */
  falseAlarm: string;
}

export interface Verdict {
  label: Label;
  /** Calibrated probability of `label`; 0 when undetermined. */
  confidence: number;
  probabilities: Record<'healthy' | Family, number>;
  /** One sentence with numbers. */
  why: string;
}

/**
 * Something that happened to the run and is no matter of its curves: it ended with an error, it says nothing any more, it
 * became slow. Outside the three families, and no part of the verdict.
 */
export interface Incident {
  id: 'crashed' | 'stalled' | 'throughput-drop';
  severity: Severity;
  /** Since which step, and in which line of the log; null where that is not known. */
  step: number | null;
  line: number | null;
  evidence: Record<string, number>;
  /** One sentence that holds the numbers. Plain text; it may quote the log. */
  message: string;
}

/** A part of a file of a run. */
export interface LogSpan {
  /** Which of the run's files; null where there is only one. */
  file: number | null;
  /** Its first line, 1-based. */
  from: number;
  /** Its last line; null: it goes on to the end. */
  to: number | null;
}

/** All that the analyzer says of a run. */
export interface Diagnosis {
  verdict: Verdict;
  /** Which of the trainings in the log it is about, in a sentence; left out where there is one. */
  scope?: string;
  /** Where that training stands in the log; left out with `scope`, and where the points have no lines. */
  judged?: LogSpan;
  /** The leading finding first, then by severity. */
  findings: Finding[];
  incidents: Incident[];
  /** Null where the run does not overfit, or where a better checkpoint may still come. */
  stopping: Stopping | null;
}

/** An overfitting run can be stopped: which checkpoint is the one to keep, and why no better one is to be expected. */
export interface Stopping {
  best: Spot;
  /** Evaluations since the best. */
  evaluations: number;
  /** How far the validation loss rose above it, as a share of it. */
  rise: number;
  /** One sentence that holds the numbers. Plain text; it may quote names from the log. */
  message: string;
}

/** Which tf.js computes the probabilities. */
export interface BackendInfo {
  name: 'tfjs-node' | 'wasm' | 'cpu';
  device: 'cpu' | 'gpu';
  version: string;
}

/** What a run came to in one metric. */
export interface Outcome {
  /** For people: `val loss`. */
  metric: string;
  better: 'lower' | 'higher';
  /** Best value, as the log has it, and where. */
  best: number;
  step: number;
  epoch: number | null;
  /** Value at the end. */
  last: number;
  /** Evaluations. */
  points: number;
}
