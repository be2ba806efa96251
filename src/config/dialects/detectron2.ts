import type { Dialect } from './dialect';

/** detectron2 and other yacs configs with `SOLVER`. */
export const detectron2: Dialect = {
  id: 'detectron2',
  title: 'detectron2',
  source: 'detectron2/config/defaults.py',
  syntaxes: ['yaml', 'shell'],
  sure: ['SOLVER.IMS_PER_BATCH', 'SOLVER.BASE_LR', 'SOLVER.MAX_ITER'],
  clues: ['MODEL.META_ARCHITECTURE', '_BASE_', 'SOLVER.*', 'DATASETS.TRAIN', 'MODEL.WEIGHTS'],
  keys: {
    'SOLVER.WEIGHT_DECAY': { is: 'weight-decay', default: 1e-4 },
    'SOLVER.CLIP_GRADIENTS.ENABLED': { is: 'clip-switch', default: false },
    'SOLVER.CLIP_GRADIENTS.CLIP_TYPE': {
      is: 'clip-algorithm',
      default: 'value',
      values: ['value', 'norm', 'full_model'],
    },
    'SOLVER.CLIP_GRADIENTS.CLIP_VALUE': { is: 'clip-value', default: 1 },
    'MODEL.RESNETS.NORM': { is: 'norm', default: 'FrozenBN' },
    'MODEL.FPN.NORM': 'norm',
    'SOLVER.BASE_LR': { is: 'learning-rate', default: 0.001 },
    'SOLVER.WARMUP_ITERS': { is: 'warmup-steps', default: 1000 },
    'SOLVER.IMS_PER_BATCH': { is: 'global-batch-size', default: 16 },
    'SOLVER.MAX_ITER': { is: 'steps', default: 40_000 },
    'SOLVER.OPTIMIZER': 'optimizer',
    'MODEL_EMA.DECAY': 'ema-decay',
    'MODEL_EMA.ENABLED': 'ema-switch',
    OUTPUT_DIR: 'output-dir',
  },
  task: 'detection',
};
