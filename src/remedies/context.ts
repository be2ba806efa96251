import type { Run } from '../runs/run';
import type { RemedyContext, ScriptTraits, TrainingKind } from './remedy';

/** Metric names that give the kind away, the most telling first. */
const signs: readonly (readonly [TrainingKind, RegExp])[] = [
  // As XGBoost and LightGBM name what they evaluate: `train-logloss`, `valid_0's auc`.
  [
    'boosting',
    /^(?:train|eval|test|validation_\d+)-(?:m?logloss|rmsle|rmse|merror|aucpr)$|^(?:training|valid_\d+)'s \w/,
  ],
  ['gan', /\b(d_real|d_fake|g_gan|gan|discriminator|generator)\b|loss_?[dg]$|^[dg]_?loss/i],
  ['reinforcement', /reward|ep_len|approx_kl|clip_fraction|entropy_loss|policy|advantage/i],
  [
    'llm-pretraining',
    /hellaswag|tokens_per_sec|\btps\b|\bmfu\b|\btrl\b|lm[ _]loss|consumed[ _]samples|tokens_seen/i,
  ],
  ['vision', /mAP|top-?[15]\b|acc@|box_loss|iou|dice|psnr|ssim|bbox/i],
];

/** Kinds that are known more exactly than `vision`, or are vision among others. */
const withinVision: ReadonlySet<TrainingKind> = new Set([
  ...(['vision-cnn', 'vision-transformer', 'fine-tuning', 'gan', 'diffusion'] as const),
]);

/** Reads the kind of training from the names of its metrics. */
export function contextOf(run: Run): RemedyContext {
  const names = run.series.map(({ key }) => key);
  const found = signs.find(([, pattern]) => names.some((name) => pattern.test(name)));
  const framework = String(run.context.get('framework') ?? '');
  const kind = found?.[0] ?? (framework === 'transformers' ? 'fine-tuning' : 'unknown');
  return {
    kind,
    framework,
    hasValidation: run.series.some(({ split }) => split === 'val'),
  };
}

/** What script and config of a run say. */
export interface Told {
  /** Of the kind of training, the most trusted first: a config says what a script is used for this time. */
  readonly kinds: readonly TrainingKind[];
  /** Of the script that is known to have made the run; null where none is. */
  readonly script: ScriptTraits | null;
}

/** Nothing is known but the log. */
export const untold: Told = { kinds: [], script: null };

/**
 * What script and config say of the kind, on top of what the log does. They may make it more exact and never contradict
 * the log, which is certain to be of this run: a script that is open may be another training's.
 */
export function withTold(context: RemedyContext, { kinds, script }: Told): RemedyContext {
  // A log alone says fine-tuning by its framework only, with which some pretrain, too.
  const known = context.kind === 'fine-tuning' ? 'unknown' : context.kind;
  const kind = kinds.reduce((before, one) => (refines(before, one) ? one : before), known);
  if (kind === 'unknown' && !script) return context;
  return { ...context, ...(kind !== 'unknown' && { kind }), ...(script && { script }) };
}

function refines(before: TrainingKind, after: TrainingKind): boolean {
  return before === 'unknown' || (before === 'vision' && withinVision.has(after));
}

/** What several scripts or configs say together: nothing where they differ. */
export function agreed(kinds: readonly (TrainingKind | null)[]): TrainingKind[] {
  const said = new Set(kinds.filter((kind) => kind !== null));
  return said.size === 1 ? [...said] : [];
}
