import type { Run } from '../runs/run';

/** What kind of training it is, as far as that changes which remedy fits. */
export type TrainingKind = 'llm-pretraining' | 'fine-tuning' | 'vision' | 'gan' | 'reinforcement' | 'unknown';

/** What the ranking knows of a run besides its diagnosis. */
export interface RemedyContext {
  kind: TrainingKind;
  /** Whether the log has a validation metric. */
  hasValidation: boolean;
  /** Whether a gradient norm is logged, which frameworks that clip usually do. */
  logsGradientNorm: boolean;
  /** The framework that wrote the log, where it says so: `transformers`. */
  framework?: string;
}

/** Metric names that give the kind away, the most telling first. */
const signs: readonly (readonly [TrainingKind, RegExp])[] = [
  ['gan', /\b(d_real|d_fake|g_gan|gan|discriminator|generator)\b|loss_?[dg]$|^[dg]_?loss/i],
  ['reinforcement', /reward|ep_len|approx_kl|clip_fraction|entropy_loss|policy|advantage/i],
  [
    'llm-pretraining',
    /hellaswag|tokens_per_sec|\btps\b|\bmfu\b|\btrl\b|lm[ _]loss|consumed[ _]samples|tokens_seen/i,
  ],
  ['vision', /mAP|top-?[15]\b|acc@|box_loss|iou|dice|psnr|ssim|bbox/i],
];

/** Reads the kind of training from the names of its metrics; the script and the config may know better. */
export function contextOf(run: Run): RemedyContext {
  const names = run.series.map(({ key }) => key);
  const found = signs.find(([, pattern]) => names.some((name) => pattern.test(name)));
  const framework = String(run.context.get('framework') ?? '');
  const kind = found?.[0] ?? (framework === 'transformers' ? 'fine-tuning' : 'unknown');
  return {
    kind,
    framework,
    hasValidation: run.series.some(({ split }) => split === 'val'),
    logsGradientNorm: run.series.some(({ name }) => name === 'grad_norm'),
  };
}
