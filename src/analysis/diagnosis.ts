/** The three ways a training goes wrong, as in the seed document's list of symptoms. */
export type Family = 'overfitting' | 'underfitting' | 'unstable';

/** The one word for a run. `undetermined` when there is too little, or the two layers disagree. */
export type Label = 'healthy' | Family | 'undetermined';

export type Severity = 'error' | 'warning' | 'info';

/** The ids of all detectors: one file each in `symptoms/`. */
export type SymptomId =
  | 'val-loss-rising'
  | 'past-the-optimum'
  | 'non-finite'
  | 'divergence'
  | 'loss-spike'
  | 'never-learned'
  | 'plateau'
  | 'still-improving';

/** A place in the run. `line` is 1-based in the log; null where there is none (binary logs). */
export interface Place {
  step: number;
  epoch: number | null;
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
  best?: { step: number; epoch: number | null };
  /** The numbers behind the message, by name. Finite, except where the symptom is a non-finite value. */
  evidence: Record<string, number>;
  /** Index into `run.series` of the curves that show it, the deciding one first. */
  series: number[];
  /** One sentence that holds the numbers. Plain text; it may quote names from the log. */
  message: string;
}

export interface Verdict {
  label: Label;
  /** Calibrated probability of `label`; 0 when undetermined. */
  confidence: number;
  probabilities: Record<'healthy' | Family, number>;
  /** One sentence with numbers. */
  why: string;
}

/** All that the analyzer says of a run. */
export interface Diagnosis {
  verdict: Verdict;
  /** The leading finding first, then by severity. */
  findings: Finding[];
}

/** Which tf.js computes the probabilities. */
export interface BackendInfo {
  name: 'tfjs-node' | 'wasm' | 'cpu';
  device: 'cpu' | 'gpu';
  version: string;
}
