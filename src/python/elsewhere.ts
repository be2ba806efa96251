import * as l10n from '@vscode/l10n';
import { translated } from '../translated';
import type { TechniqueId } from '../remedies/remedy';
import { importsModule } from './model/framework';
import type { Script } from './model/script';

/** A framework that is driven by its config: there is nothing to write into a script. */
interface ConfigDriven {
  name: string;
  modules: readonly string[];
  advice: Partial<Record<TechniqueId, string>>;
  /** Whether its config rules a loop that is spelled out, too. */
  ownsLoops?: true;
}

/** Source: the frameworks' own config references. */
export const driven: readonly ConfigDriven[] = [
  {
    name: 'detectron2',
    modules: ['detectron2'],
    ownsLoops: true,
    advice: {
      'lower-lr': 'set SOLVER.BASE_LR ten times smaller in the config',
      'longer-warmup': 'set SOLVER.WARMUP_ITERS in the config',
      'batch-norm': 'set MODEL.RESNETS.NORM "SyncBN" (or "GN") in the config',
      'data-augmentation': 'set INPUT.RANDOM_FLIP and INPUT.CROP in the config',

      'gradient-clipping':
        'set SOLVER.CLIP_GRADIENTS.ENABLED True, CLIP_TYPE "norm" and CLIP_VALUE 1.0 in the config',
      'weight-decay': 'set SOLVER.WEIGHT_DECAY, with SOLVER.WEIGHT_DECAY_NORM 0.0, in the config',
    },
  },
  {
    name: 'MMEngine',
    modules: ['mmengine', 'mmcv', 'mmdet', 'mmpretrain', 'mmseg'],
    ownsLoops: true,
    advice: {
      ema: 'add custom_hooks=[dict(type="EMAHook", momentum=1e-4)] to the config: momentum is 1 - decay',
      'early-stopping': 'add custom_hooks=[dict(type="EarlyStoppingHook", monitor=...)] to the config',
      'batch-norm': 'set norm_cfg=dict(type="SyncBN") in the config',
      'label-smoothing':
        'set loss=dict(type="LabelSmoothLoss", label_smooth_val=0.1) of the head in the config',
      'lower-lr': 'set lr in optim_wrapper.optimizer ten times smaller',
      'longer-warmup': 'lengthen the LinearLR of param_scheduler in the config',
      mixup: 'set train_cfg=dict(augments=dict(type="Mixup", alpha=0.2)) of the model',
      cutmix: 'set train_cfg=dict(augments=dict(type="CutMix", alpha=1.0)) of the model',
      'drop-path': 'set drop_path_rate of the backbone in the config',

      'gradient-clipping': 'set optim_wrapper=dict(clip_grad=dict(max_norm=1.0)) in the config',
      'weight-decay':
        'set weight_decay in optim_wrapper.optimizer, and paramwise_cfg=dict(norm_decay_mult=0.0, bias_decay_mult=0.0)',
    },
  },
  {
    name: 'fairseq',
    modules: ['fairseq', 'fairseq_cli'],
    ownsLoops: true,
    advice: {
      'label-smoothing': 'set criterion label_smoothed_cross_entropy and label_smoothing 0.1 in the config',
      'early-stopping': 'set checkpoint.patience in the config',
      ema: 'set ema.store_ema in the config',
      'lower-lr': 'set optimization.lr ten times smaller in the config',
      'longer-warmup': 'set lr_scheduler.warmup_updates in the config',
      'weight-tying': 'set model.share_decoder_input_output_embed in the config',

      'gradient-clipping': 'set optimization.clip_norm to 1.0 in the config (0 is off)',
      'weight-decay': 'set optimizer.weight_decay in the config',
      dropout: 'set model.dropout in the config',
    },
  },
  {
    name: 'OpenNMT',
    modules: ['onmt'],
    ownsLoops: true,
    advice: {
      'label-smoothing': 'set label_smoothing: 0.1 in the config',
      'early-stopping': 'set early_stopping in the config',
      ema: 'set average_decay in the config',
      'lower-lr': 'set learning_rate ten times smaller in the config',
      'longer-warmup': 'set warmup_steps in the config',
      dropout: 'set dropout in the config',
      'weight-tying': 'set share_decoder_embeddings: true in the config',
      'gradient-clipping': 'it clips at max_grad_norm (5 by default) in the config',
    },
  },
  {
    name: 'Lightning',
    modules: ['lightning', 'pytorch_lightning'],
    advice: {
      'gradient-clipping': 'set gradient_clip_val=1.0 in the Trainer, where that is made',
      'early-stopping': 'give the Trainer the callback EarlyStopping, with a logged metric to monitor',
      ema: 'give the Trainer the callback EMAWeightAveraging, where that is made',
      'weight-decay': 'set weight_decay of the optimizer in configure_optimizers of the module',
      'lower-lr': 'make the learning rate ten times smaller where configure_optimizers of the module gets it',
    },
  },
  {
    name: 'SpeechBrain',
    modules: ['speechbrain'],
    advice: { 'gradient-clipping': 'sb.Brain clips at max_grad_norm, in its run options' },
  },
  {
    name: 'Stable-Baselines3',
    modules: ['stable_baselines3'],
    advice: {
      'lower-lr': 'pass learning_rate= to the algorithm, ten times smaller',
      'gradient-clipping': 'the algorithm clips at its max_grad_norm argument, 0.5 by default',
    },
  },
  {
    name: 'torchtune',
    modules: ['torchtune'],
    advice: {
      'lower-lr': 'set optimizer.lr ten times smaller in the recipe config',
      'longer-warmup': 'set lr_scheduler.num_warmup_steps in the recipe config',
      'knowledge-distillation': 'use the knowledge_distillation recipe, with kd_ratio',
      'gradient-clipping': 'set clip_grad_norm: 1.0 in the recipe config',
    },
  },
  {
    name: 'Ultralytics',
    modules: ['ultralytics'],
    advice: {
      'early-stopping': 'pass patience= to model.train()',
      'lower-lr': 'pass lr0= to model.train(), ten times smaller',
      'longer-warmup': 'pass warmup_epochs= to model.train()',
      mixup: 'pass mixup=0.1 to model.train()',
      ema: 'its trainer keeps an average and validates with it by itself',

      'gradient-clipping': 'its trainer clips at 10.0 by itself',
      'weight-decay': 'pass weight_decay= to model.train(): biases and norms are left out by itself',
      dropout: 'pass dropout= to model.train(), for classification',
    },
  },
  {
    name: 'Ignite',
    modules: ['ignite'],
    advice: {
      'gradient-clipping':
        'create_supervised_trainer() steps by itself: write an update function of your own, and clip in it before optimizer.step()',
      'early-stopping': 'attach the handler EarlyStopping to the engine that evaluates',
      ema: 'attach the handler EMAHandler to the trainer',
    },
  },
  {
    name: 'fastai',
    modules: ['fastai'],
    advice: {
      'early-stopping':
        "give its fit cbs=[EarlyStoppingCallback(monitor='valid_loss', patience=3), SaveModelCallback()]",
      mixup: 'give the learner, or its fit, cbs=MixUp()',
      cutmix: 'give the learner, or its fit, cbs=CutMix()',
      'data-augmentation': 'give the data loaders batch_tfms=aug_transforms()',
      'lower-lr': 'give its fit_one_cycle a smaller lr_max, or fine_tune a smaller base_lr',
    },
  },
  {
    name: 'tinygrad',
    modules: ['tinygrad'],
    advice: {
      'gradient-clipping': 'it has no gradient clipping to call',
      dropout: 'call x.dropout(p) in the forward pass, under Tensor.train()',
    },
  },
  {
    name: 'DeepSpeed',
    modules: ['deepspeed'],
    advice: {
      'lower-lr': 'set optimizer.params.lr in the DeepSpeed config ten times smaller',
      'longer-warmup': 'set scheduler.params.warmup_num_steps in the DeepSpeed config',

      'gradient-clipping': 'set "gradient_clipping": 1.0 in the DeepSpeed config',
      'weight-decay': 'set optimizer.type "AdamW" and optimizer.params.weight_decay in the DeepSpeed config',
    },
  },
  {
    name: 'Horovod',
    modules: ['horovod'],
    advice: { 'gradient-clipping': 'clip between optimizer.synchronize() and the step' },
  },
];

/**
 * What to do instead, where a framework is driven by its config; null where none of those is imported.
 * @param of `loops` for only those whose config rules a loop that is spelled out
 */
export function elsewhereAdvice(
  script: Script,
  technique: TechniqueId,
  of: 'any' | 'loops' = 'any',
): string | null {
  const found = driven.find(
    ({ modules, advice, ownsLoops }) =>
      advice[technique] !== undefined && (of === 'any' || ownsLoops) && importsModule(script, ...modules),
  );
  return found
    ? l10n.t('this script trains with {0}: {1}', found.name, translated(found.advice[technique]!))
    : null;
}
