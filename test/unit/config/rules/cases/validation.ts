import { hf, hfFlags, type RuleCases } from './ruleCases';

const callback = (lines: string, name = 'EarlyStopping'): string =>
  `trainer:\n  max_epochs: 50\ncallbacks:\n  one:\n    _target_: lightning.pytorch.callbacks.${name}\n${lines}\n`;
const cli = (args: string): string =>
  `trainer:\n  max_epochs: 50\n  callbacks:\n    - class_path: lightning.pytorch.callbacks.EarlyStopping\n      init_args: {${args}}\n`;
const hook = (args: string): string =>
  `optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1))\ndefault_hooks = dict(stop=dict(type='EarlyStoppingHook', ${args}))\n`;
const best = (lines: string): string => hf(`load_best_model_at_end: true\n${lines}`);

export const validation: readonly RuleCases[] = [
  {
    code: 'FC502',
    bad: [
      {
        path: 'a.yaml',
        text: callback('    monitor: train/loss\n    mode: min'),
        severity: 'warning',
        fixed: callback('    monitor: val/loss\n    mode: min'),
      },
      {
        path: 'a.yaml',
        text: cli('monitor: "train_loss", patience: 5'),
        severity: 'warning',
        fixed: cli('monitor: "val_loss", patience: 5'),
      },
    ],
    good: [{ path: 'a.yaml', text: callback('    monitor: val/loss\n    mode: min') }],
    guards: [
      {
        why: 'chooses a checkpoint',
        path: 'a.yaml',
        text: callback('    monitor: train/loss', 'ModelCheckpoint'),
      },
      {
        why: 'there is no validation',
        path: 'a.yaml',
        text: callback('    monitor: train/loss').replace(
          'max_epochs: 50',
          'max_epochs: 50\n  limit_val_batches: 0',
        ),
      },
      {
        why: 'watches divergence',
        path: 'a.yaml',
        text: 'base_model: m\nadapter: lora\nmicro_batch_size: 1\nloss_watchdog_patience: 3\n',
      },
      { why: 'not known', path: 'a.yaml', text: callback('    monitor: ${metric}') },
    ],
  },
  {
    code: 'FC503',
    bad: [
      {
        path: 'a.yaml',
        text: hf('early_stopping_patience: 3\neval_strategy: "no"'),
        severity: 'error',
        fixed: null,
      },
      {
        path: 'a.yml',
        text: 'base_model: m\nadapter: lora\nmicro_batch_size: 1\nval_set_size: 0\nearly_stopping_patience: 3\n',
        severity: 'error',
        fixed: null,
      },
      {
        path: 'a.sh',
        text: hfFlags('--early_stopping_patience 3 --eval_strategy no'),
        severity: 'error',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: hf('early_stopping_patience: 3\neval_strategy: epoch') }],
    guards: [
      {
        why: 'other data are held out',
        path: 'a.yml',
        text: 'base_model: m\nadapter: lora\nmicro_batch_size: 1\nval_set_size: 0\ntest_datasets:\n  - path: d\nearly_stopping_patience: 3\n',
      },
      { why: 'no early stopping', path: 'a.yaml', text: hf('eval_strategy: "no"') },
      { why: 'off', path: 'a.yaml', text: hf('early_stopping_patience: 0\neval_strategy: "no"') },
    ],
  },
  {
    code: 'FC505',
    bad: [
      {
        path: 'a.yaml',
        text: best('eval_strategy: epoch # e\nsave_strategy: steps # s'),
        severity: 'error',
        fixed: best('eval_strategy: epoch # e\nsave_strategy: epoch # s'),
      },
      {
        path: 'a.sh',
        text: hfFlags('--load_best_model_at_end --eval_strategy steps --eval_steps 100 --save_steps 150'),
        severity: 'error',
        fixed: hfFlags('--load_best_model_at_end --eval_strategy steps --eval_steps 100 --save_steps 200'),
      },
    ],
    good: [
      { path: 'a.yaml', text: best('eval_strategy: epoch\nsave_strategy: epoch') },
      { path: 'a.yaml', text: best('eval_strategy: steps\neval_steps: 100\nsave_steps: 500') },
    ],
    guards: [
      { why: 'not asked for', path: 'a.yaml', text: hf('eval_strategy: epoch\nsave_strategy: steps') },
      {
        why: 'shares of the run',
        path: 'a.yaml',
        text: best('eval_strategy: steps\neval_steps: 0.1\nsave_steps: 0.25'),
      },
      {
        why: 'per epoch, not steps',
        path: 'a.yml',
        text: 'base_model: m\nadapter: lora\nmicro_batch_size: 1\nload_best_model_at_end: true\neval_strategy: steps\nevals_per_epoch: 4\nsaves_per_epoch: 1\n',
      },
    ],
  },
  {
    code: 'FC506',
    bad: [
      {
        path: 'a.yaml',
        text: callback('    monitor: val/loss\n    patience: 1'),
        severity: 'info',
        fixed: callback('    monitor: val/loss\n    patience: 5'),
      },
      {
        path: 'a.yaml',
        text: callback('    monitor: val/loss\n    patience: 60'),
        severity: 'info',
        fixed: null,
      },
      { path: 'a.py', text: hook('patience=1'), severity: 'info', fixed: hook('patience=5') },
      {
        path: 'a.sh',
        text: 'yolo train epochs=50 imgsz=640 lr0=0.1 patience=80\n',
        severity: 'info',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: callback('    monitor: val/loss\n    patience: 10') }],
    guards: [
      {
        why: 'the schedule waits, not the training',
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 5\nscheduler:\n  _target_: torch.optim.lr_scheduler.ReduceLROnPlateau\n  patience: 1\n',
      },
      {
        why: 'the default of all arguments',
        path: 'args.yaml',
        text: 'imgsz: 640\nlr0: 0.01\nepochs: 50\npatience: 100\n',
      },
      {
        why: 'counted in steps',
        path: 'a.yaml',
        text: hf('eval_strategy: steps\nearly_stopping_patience: 5'),
      },
      {
        why: 'several checks an epoch',
        path: 'a.yaml',
        text: callback('    monitor: val/loss\n    patience: 60').replace(
          'max_epochs: 50',
          'max_epochs: 50\n  val_check_interval: 0.25',
        ),
      },
      { why: 'never an early stop', path: 'args.yaml', text: 'aa: v0\nreprob: 0.1\npatience_epochs: 1\n' },
      { why: 'none', path: 'a.yaml', text: 'optim_conf:\n  lr: 1\naccum_grad: 1\npatience: none\n' },
      { why: '0 is off', path: 'a.sh', text: 'yolo train epochs=50 imgsz=640 lr0=0.1 patience=0\n' },
    ],
  },
  {
    code: 'FC507',
    bad: [
      {
        path: 'a.yaml',
        text: callback('    monitor: val/acc\n    mode: "min"'),
        severity: 'warning',
        fixed: callback('    monitor: val/acc\n    mode: "max"'),
      },
      { path: 'a.yaml', text: callback('    monitor: val/f1'), severity: 'warning', fixed: null },
      {
        path: 'a.yaml',
        text: hf('metric_for_best_model: eval_loss\ngreater_is_better: True'),
        severity: 'warning',
        fixed: hf('metric_for_best_model: eval_loss\ngreater_is_better: false'),
      },
      {
        path: 'a.py',
        text: hook("monitor='coco/bbox_mAP', rule='less'"),
        severity: 'warning',
        fixed: hook("monitor='coco/bbox_mAP', rule='greater'"),
      },
      {
        path: 'a.yaml',
        text: best('eval_strategy: epoch\nsave_strategy: epoch\nmetric_for_best_model: wer'),
        severity: 'warning',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.yaml', text: callback('    monitor: val/acc\n    mode: max') },
      { path: 'a.yaml', text: best('metric_for_best_model: eval_loss') },
    ],
    guards: [
      {
        why: 'a name that tells nothing',
        path: 'a.yaml',
        text: callback('    monitor: val/metric\n    mode: min'),
      },
      { why: 'not known', path: 'a.yaml', text: callback('    monitor: ???\n    mode: min') },
      {
        why: 'the mode of a schedule',
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 5\nscheduler:\n  _target_: torch.optim.lr_scheduler.ReduceLROnPlateau\n  mode: min\n  monitor: val/acc\n',
      },
      {
        why: 'a fragment that is only overridden',
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 5\ncallbacks:\n  early_stopping:\n    monitor: val/acc\n',
      },
    ],
  },
];
