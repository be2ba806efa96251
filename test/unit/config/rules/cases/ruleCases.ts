import type { LintSeverity } from '../../../../../src/findings/finding';

/** A config: what it is called decides its syntax. */
export interface Case {
  path: string;
  text: string;
  /** Files beside it, by path. */
  beside?: Readonly<Record<string, string>>;
}

/** What one rule must find, and what it must not. */
export interface RuleCases {
  code: string;
  /** With the text after the fix; null where there is no fix. */
  bad: readonly (Case & { severity: LintSeverity; fixed: string | null })[];
  good: readonly Case[];
  /** What looks like it and is none, with the reason. */
  guards: readonly (Case & { why: string })[];
}

const hfStart = 'output_dir: out\nper_device_train_batch_size: 8\nnum_train_epochs: 3\nlearning_rate: 5e-5\n';

/** A recipe of the Hugging Face Trainer with more lines. */
export const hf = (lines: string): string => `${hfStart}${lines}\n`;

/** The launch of a Hugging Face script with more flags. */
export const hfFlags = (flags: string): string =>
  `python run.py --output_dir out --per_device_train_batch_size 8 --num_train_epochs 3 --learning_rate 5e-5 \\\n  ${flags}\n`;

/** A pretraining in OLMo's layout, whole. */
export const olmo = (lines: string): string =>
  `model:\n  d_model: 64\n${lines}\nscheduler:\n  t_warmup: 100\nmax_duration: 1000\ndevice_train_microbatch_size: 4\n`;

/** A launch of Megatron-LM with more flags. */
export const megatron = (flags: string, program = 'pretrain_gpt.py'): string =>
  `torchrun ${program} --micro-batch-size 4 --train-iters 5000 --lr-decay-iters 4000 ${flags}\n`;
