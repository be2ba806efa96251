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
const driven: readonly ConfigDriven[] = [
  {
    name: 'detectron2',
    modules: ['detectron2'],
    ownsLoops: true,
    advice: {
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
      'gradient-clipping': 'set optimization.clip_norm to 1.0 in the config (0 is off)',
      'weight-decay': 'set optimizer.weight_decay in the config',
      dropout: 'set model.dropout in the config',
    },
  },
  {
    name: 'OpenNMT',
    modules: ['onmt'],
    ownsLoops: true,
    advice: { 'gradient-clipping': 'it clips at max_grad_norm (5 by default) in the config' },
  },
  {
    name: 'SpeechBrain',
    modules: ['speechbrain'],
    advice: { 'gradient-clipping': 'sb.Brain clips at max_grad_norm, in its run options' },
  },
  {
    name: 'Stable-Baselines3',
    modules: ['stable_baselines3'],
    advice: { 'gradient-clipping': 'the algorithm clips at its max_grad_norm argument, 0.5 by default' },
  },
  {
    name: 'torchtune',
    modules: ['torchtune'],
    advice: { 'gradient-clipping': 'set clip_grad_norm: 1.0 in the recipe config' },
  },
  {
    name: 'Ultralytics',
    modules: ['ultralytics'],
    advice: {
      'gradient-clipping': 'its trainer clips at 10.0 by itself',
      'weight-decay': 'pass weight_decay= to model.train(): biases and norms are left out by itself',
      dropout: 'pass dropout= to model.train(), for classification',
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
  return found ? `this script trains with ${found.name}: ${found.advice[technique]}` : null;
}
