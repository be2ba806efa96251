import type { RuleCases } from './ruleCases';

const mm = (norm: string, batch: number, more = ''): string =>
  `norm_cfg = dict(type='${norm}', requires_grad=True)\ntrain_dataloader = dict(batch_size=${batch})\ntrain_cfg = dict(by_epoch=True, max_epochs=12)\n${more}`;
const espnet = (first: string, blocks: number): string =>
  `optim_conf:\n  lr: 1\nencoder_conf:\n  num_blocks: ${blocks}\n  normalize_before: ${first}\n`;
const swin = (lines: string): string =>
  `MODEL:\n  DROP_PATH_RATE: 0.2\nTRAIN:\n  EPOCHS: 300\nAUG:\n${lines}\n`;
const yolo = (lines: string): string => `task: detect\nimgsz: 640\nlr0: 0.01\n${lines}\n`;
const ema = (decay: string, steps: number): string =>
  `train.max_iter = ${steps}\ntrain.model_ema.enabled = True\ntrain.model_ema.decay = ${decay}\nfrom detectron2.config import LazyCall as L\n`;

export const training: readonly RuleCases[] = [
  {
    code: 'FC402',
    bad: [
      { path: 'a.py', text: mm('BN', 2), severity: 'warning', fixed: null },
      { path: 'a.py', text: mm('BN', 8), severity: 'info', fixed: null },
      {
        path: 'a.yaml',
        text: 'model:\n  train_ds:\n    manifest_filepath: m\n    batch_size: 2\n  encoder:\n    conv_norm_type: batch_norm\nexp_manager:\n  exp_dir: x\n',
        severity: 'warning',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.py', text: mm('BN', 32) },
      { path: 'a.py', text: mm('SyncBN', 2) },
      { path: 'a.py', text: mm('GN', 2) },
    ],
    guards: [
      {
        why: 'statistics are frozen',
        path: 'a.py',
        text: mm('BN', 2, 'model = dict(backbone=dict(norm_eval=True))\n'),
      },
      { why: 'its parameters are frozen', path: 'a.py', text: mm('BN', 2).replace('True', 'False') },
      {
        why: 'frozen in the file that it inherits from',
        path: 'a.py',
        text: `_base_ = 'base.py'\n${mm('BN', 2)}`,
        beside: { 'base.py': 'model = dict(backbone=dict(norm_eval=True))\n' },
      },
      { why: 'what it inherits is not known', path: 'a.py', text: `_base_ = 'elsewhere.py'\n${mm('BN', 2)}` },
      {
        why: 'frozen by name',
        path: 'a.yaml',
        text: 'MODEL:\n  RESNETS:\n    NORM: FrozenBN\nSOLVER:\n  IMS_PER_BATCH: 2\n  BASE_LR: 0.1\n',
      },
      {
        why: 'a batch of all devices',
        path: 'a.yaml',
        text: 'MODEL:\n  RESNETS:\n    NORM: BN\nSOLVER:\n  IMS_PER_BATCH: 2\n  BASE_LR: 0.1\n',
      },
    ],
  },
  {
    code: 'FC405',
    bad: [{ path: 'a.yaml', text: espnet('false', 12), severity: 'info', fixed: espnet('true', 12) }],
    good: [{ path: 'a.yaml', text: espnet('true', 12) }],
    guards: [
      { why: 'as deep as the first transformer', path: 'a.yaml', text: espnet('false', 6) },
      {
        why: 'a norm that is reordered on purpose',
        path: 'a.yaml',
        text: 'model:\n  d_model: 64\n  n_layers: 16\n  norm_after: true\nmax_duration: 1\noptimizer:\n  learning_rate: 1e-4\n',
      },
    ],
  },
  {
    code: 'FC806',
    bad: [
      { path: 'a.yaml', text: swin('  MIXUP: 2.0'), severity: 'info', fixed: swin('  MIXUP: 0.8') },
      {
        path: 'a.sh',
        text: 'torchrun train.py --lr 0.5 --auto-augment ra --random-erase 0.1 --mixup-alpha 2\n',
        severity: 'info',
        fixed: 'torchrun train.py --lr 0.5 --auto-augment ra --random-erase 0.1 --mixup-alpha 0.8\n',
      },
      {
        path: 'a.sh',
        text: 'torchrun train.py --lr 0.5 --auto-augment ra --random-erase 0.1 --mixup-alpha 1.0 --cutmix-alpha 1.0\n',
        severity: 'info',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.yaml', text: swin('  MIXUP: 0.8\n  CUTMIX: 1.0') },
      {
        path: 'a.sh',
        text: 'torchrun train.py --lr 0.5 --auto-augment ra --random-erase 0.1 --mixup-alpha 0.2 --cutmix-alpha 1.0\n',
      },
    ],
    guards: [
      { why: 'one of the two per batch', path: 'a.yaml', text: swin('  MIXUP: 1.0\n  CUTMIX: 1.0') },
      { why: 'a share of images', path: 'args.yaml', text: yolo('mixup: 1.0') },
    ],
  },
  {
    code: 'FC807',
    bad: [
      { path: 'args.yaml', text: yolo('close_mosaic: 0'), severity: 'hint', fixed: yolo('close_mosaic: 10') },
      {
        path: 'a.sh',
        text: 'yolo train imgsz=640 lr0=0.1 close_mosaic=0\n',
        severity: 'hint',
        fixed: 'yolo train imgsz=640 lr0=0.1 close_mosaic=10\n',
      },
    ],
    good: [{ path: 'args.yaml', text: yolo('close_mosaic: 10') }],
    guards: [
      { why: 'there is no mosaic', path: 'args.yaml', text: yolo('mosaic: 0.0\nclose_mosaic: 0') },
      { why: 'no training', path: 'args.yaml', text: yolo('mode: val\nclose_mosaic: 0') },
    ],
  },
  {
    code: 'FC904',
    bad: [
      { path: 'a.py', text: ema('0.5', 90000), severity: 'warning', fixed: ema('0.999', 90000) },
      { path: 'a.py', text: ema('0.9999', 20000), severity: 'info', fixed: null },
      {
        path: 'a.py',
        text: mm('GN', 2, "custom_hooks = [dict(type='EMAHook', momentum=0.2)]\n"),
        severity: 'warning',
        fixed: mm('GN', 2, "custom_hooks = [dict(type='EMAHook', momentum=0.001)]\n"),
      },
    ],
    good: [{ path: 'a.py', text: ema('0.9999', 90000) }],
    guards: [
      {
        why: 'a momentum: 1 - decay',
        path: 'a.py',
        text: mm('GN', 2, "custom_hooks = [dict(type='EMAHook', momentum=0.0002)]\n"),
      },
      {
        why: 'it warms up',
        path: 'args.yaml',
        text: 'aa: v0\nreprob: 0.1\nmodel_ema: true\nmodel_ema_decay: 0.8\nmodel_ema_warmup: true\n',
      },
      {
        why: 'it is off',
        path: 'args.yaml',
        text: 'aa: v0\nreprob: 0.1\nmodel_ema: false\nmodel_ema_decay: 0.8\n',
      },
      {
        why: 'it warms up by itself',
        path: 'a.yaml',
        text: 'trainer:\n  train_steps: 100\n  optimizer_config:\n    optimizer:\n      type: sgd\n    ema:\n      average_decay: 0.9999\n',
      },
      {
        why: 'a target network',
        path: 'a.yaml',
        text: 'total_timesteps: 1\nlearning_starts: 1\ntau: 0.005\nlearning_rate: 1e-4\n',
      },
    ],
  },
];
