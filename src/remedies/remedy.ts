import type { SymptomId } from '../analysis/diagnosis';

/** Technique ids of the catalogue: one per row of the seed document's techniques and answers, and one that makes a symptom visible. */
export type TechniqueId =
  | 'dropout'
  | 'dropconnect'
  | 'stochastic-depth'
  | 'drop-path'
  | 'batch-norm'
  | 'layer-norm'
  | 'rms-norm'
  | 'pre-norm'
  | 'weight-decay'
  | 'gradient-clipping'
  | 'label-smoothing'
  | 'early-stopping'
  | 'data-augmentation'
  | 'mixup'
  | 'cutmix'
  | 'knowledge-distillation'
  | 'ema'
  | 'swa'
  | 'spectral-norm'
  | 'weight-tying'
  | 'modern-recipe'
  | 'practical-advice'
  | 'more-data'
  | 'more-capacity'
  | 'less-regularisation'
  | 'lower-lr'
  | 'longer-warmup'
  | 'nan-filter';

/** What kind of training it is, as far as that changes which remedy fits. */
export type TrainingKind =
  | 'llm-pretraining'
  | 'fine-tuning'
  /** Images, by which network is not known. */
  | 'vision'
  | 'vision-cnn'
  | 'vision-transformer'
  | 'gan'
  | 'diffusion'
  | 'recurrent'
  | 'tabular'
  /** Boosted trees: no network at all. */
  | 'boosting'
  | 'reinforcement'
  | 'unknown';

/** What the ranking knows of a run besides its diagnosis. */
export interface RemedyContext {
  kind: TrainingKind;
  /** Whether the log has a validation metric. */
  hasValidation: boolean;
  /** The framework that wrote the log, where it says so: `transformers`. */
  framework?: string;
  /** What the script of the run has; without where it is not known. */
  script?: ScriptTraits;
}

/** What a script has, as far as that decides which remedy comes first. */
export interface ScriptTraits {
  /** Whether something in it holds the network back (dropout, weight decay, augmentation, smoothed labels); true, too, where that is not visible. */
  readonly regularised: boolean;
  /** The norm that can be written into its network of several layers, which has none; null for any other network. */
  readonly norm: TechniqueId | null;
}

/** What Fitcheck itself can write: `python` into a training script, `config` into the config of the run. */
export type FixKind = 'python' | 'config';

/** One technique of the seed document, as knowledge. All texts are plain text. */
export interface Technique {
  id: TechniqueId;
  title: string;
  /** What it does, in one or two sentences. */
  what: string;
  /** Symptoms that it answers, the most direct first. */
  helps: readonly SymptomId[];
  /** When it does not help, or hurts. */
  notWhen: string;
  /** Usual values, each with the context it holds in. */
  typical: readonly { context: string; value: string }[];
  cautions: readonly string[];
  /** Heading of the seed document that it comes from. */
  section: string;
  /** What it costs: compute, code, tuning. */
  cost: string;
  /** How to tell whether it worked. */
  check: string;
  /** The fixes that exist today; grows with the code actions and the lint rules. */
  fixes: readonly FixKind[];
}

/** A technique recommended for one run. */
export interface RankedRemedy {
  technique: TechniqueId;
  rank: number;
  /** Why here: names the finding and its numbers. */
  why: string;
  section: string;
  fixes: readonly FixKind[];
}
