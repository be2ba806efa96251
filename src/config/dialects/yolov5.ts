import type { Dialect } from './dialect';

/** YOLOv5, v7 and their like: the file of hyperparameters, and the flags of train.py. */
export const yolov5: Dialect = {
  id: 'yolov5',
  title: 'YOLOv5',
  source: 'yolov5 data/hyps and train.py',
  syntaxes: ['yaml', 'shell'],
  clues: [
    'lr0',
    'lrf',
    'anchor_t',
    'cls_pw',
    'obj_pw',
    'obj',
    'warmup_bias_lr',
    'fl_gamma',
    'hyp',
    'batch_size',
    'img_size',
    'iou_t',
  ],
  never: ['close_mosaic', '**.learning_rate', '**.lr', 'max_epochs'],
  keys: {
    weight_decay: { is: 'weight-decay', default: 5e-4 },
    label_smoothing: { is: 'label-smoothing', default: 0 },
    patience: { is: 'patience', default: 100 },
    lr0: 'learning-rate',
    warmup_epochs: 'warmup-epochs',
    batch_size: { is: 'global-batch-size', default: 16 },
    epochs: { is: 'epochs', default: 100 },
    mosaic: 'mosaic',
    mixup: 'mixup-share',
    dropout: 'dropout',
    optimizer: { is: 'optimizer', default: 'SGD', values: ['SGD', 'Adam', 'AdamW'] },
  },
  task: 'detection',
  // Scaled by batch * accumulate / 64 inside the trainer.
  decayRange: [1e-6, 0.05],
  fixedClip: 10,
  stacks: true,
};
