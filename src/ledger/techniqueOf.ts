import type { TechniqueId } from '../remedies/remedy';

/** What settings and calls are called, the more particular names first. */
const names: readonly (readonly [TechniqueId, RegExp])[] = [
  [
    'gradient-clipping',
    /clip_?grad|grad(ient)?s?_?clip|(^|_)(global_?)?clip_?norm|clipvalue|(^|_)clip_val$|max_grad_norm|clip_by_(global_)?norm/,
  ],
  ['drop-path', /drop_?path/],
  ['stochastic-depth', /stochastic_?depth|layer_?drop/],
  ['dropconnect', /drop_?connect/],
  ['dropout', /drop_?out|(^|_)([a-z]+_)?p_?drop$|(^|_)drop(_rate|_prob)?$/],
  ['weight-decay', /weight_?decay|(^|_)wd$|kernel_regularizer|\bl2_?reg/],
  ['label-smoothing', /label_?smooth|^_?((args|cfg|config|opt|hparams)_)?smoothing$/],
  ['early-stopping', /early_?stop/],
  ['mixup', /mix_?up(?!sampl)/],
  ['cutmix', /cut_?mix/],
  [
    'knowledge-distillation',
    /distil(l(ation|ing|ed)?)?(_|$)(?!(ro)?bert|gpt|whisper|bart)|teacher(?!_?forc)/,
  ],
  ['ema', /(^|_)(model)?ema(_|v2|$)|averaged_?model|exponential_?moving_?average/],
  ['swa', /(^|_)swa(_|$)|stochastic_?weight_?averag/],
  ['spectral-norm', /spectral_?norm/],
  ['batch-norm', /batch_?norm/],
  ['layer-norm', /layer_?norm/],
  ['rms-norm', /rms_?norm/],
  [
    'data-augmentation',
    /augment(?!ed_lagr)|auto_?aug|rand_?aug|random_?(crop|resized|horizontal|vertical|flip|rotation|erasing|affine)|color_?jitter|spec_?augment/,
  ],
];

/** The technique of regularisation that a setting or a call by this name is about; null where it is none. */
export function techniqueOf(name: string): TechniqueId | null {
  const plain = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]+/g, '_')
    .toLowerCase();
  return names.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Settings that are worth a word when they come or go; of any other only a change of its value is. */
const HYPERPARAMETER =
  /(^|_)(lr|learning_?rate|batch_?size|bs|epochs?|steps?|iters?|momentum|betas?|eps|warm_?up|scheduler|sched|optimi[sz]er|seed|hidden|width|depth|layers?|dim|heads?|precision|dtype|amp|accumulat\w*)(_|$)/;

/** Whether a name is that of something which people tune. */
export function isTuned(name: string): boolean {
  return techniqueOf(name) !== null || HYPERPARAMETER.test(name.replace(/[-.\s]+/g, '_').toLowerCase());
}
