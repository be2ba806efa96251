/** All that is settled about a training before its first step. */
import type { Axis, Task } from './record';

export type Architecture = 'mlp' | 'cnn' | 'rnn' | 'gru' | 'transformer';
export type OptimizerName = 'sgd' | 'momentum' | 'adam' | 'adamw' | 'rmsprop';
export type ScheduleName = 'constant' | 'step' | 'cosine' | 'linear' | 'warmup-cosine' | 'restarts';

export interface Regularisers {
  dropout: number;
  /** Decoupled from the gradient, as in AdamW. */
  weightDecay: number;
  /** In the gradient and in the logged loss, as in Keras. */
  l2: number;
  labelSmoothing: number;
  /** Largest gradient norm, 0 for no clipping. */
  clip: number;
  inputNoise: number;
  mixup: boolean;
  layerNorm: boolean;
}

/** What goes wrong, or only looks so, while the training runs. */
export interface Disturbance {
  kind: 'scaled-batch' | 'shuffled-batch' | 'broken-sample';
  /** Steps at which it strikes. */
  steps: readonly number[];
  factor: number;
}

export type Dead = 'sign' | 'frozen' | 'zero-init' | 'shuffled-labels' | 'constant-input';
export type TrainColumn = 'mean' | 'last' | 'saw-tooth' | 'from-zero';

export interface Plan {
  seed: number;
  recipe: string;
  task: Task;
  data: string;
  architecture: Architecture;
  trainSize: number;
  valSize: number;
  labelNoise: number;
  noisyVal: boolean;
  width: number;
  depth: number;
  activation: 'relu' | 'tanh';
  /** Multiplies the usual standard deviation of the initial weights. */
  gain: number;
  optimizer: OptimizerName;
  lr: number;
  momentum: number;
  schedule: ScheduleName;
  /** Share of the planned steps. */
  warmup: number;
  batch: number;
  axis: Axis;
  /** Evaluations planned, shown in the log, and made in all. */
  planned: number;
  shown: number;
  total: number;
  stepsPerEvaluation: number;
  regularisers: Regularisers;
  disturbances: Disturbance[];
  dead: Dead | null;
  /** Steps on a related task before the first logged one. */
  pretraining: number;
  curriculum: boolean;
  /** Evaluation after which the training falls back, and by how many. */
  resume: { at: number; back: number } | null;
  trainColumn: TrainColumn;
  /** Steps between two points of the train column; 0 for one point an evaluation. */
  every: number;
  firstEpoch: 0 | 1;
  hide: { val: boolean; accuracy: boolean; rate: boolean; norm: boolean };
}

export const plannedSteps = (plan: Plan): number => plan.planned * plan.stepsPerEvaluation;
