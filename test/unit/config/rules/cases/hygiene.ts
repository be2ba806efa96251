import { hf, hfFlags, megatron, olmo, type RuleCases } from './ruleCases';

const reader = { 'train.py': 'import yaml\nconfig = yaml.safe_load(open("a.yaml"))\n' };

export const hygiene: readonly RuleCases[] = [
  {
    code: 'FC901',
    bad: [
      {
        path: 'a.yaml',
        beside: reader,
        text: 'lr: 1e-4 # c\nepochs: 3\n',
        severity: 'hint',
        fixed: 'lr: 1.0e-4 # c\nepochs: 3\n',
      },
      {
        path: 'a.yaml',
        beside: reader,
        text: 'lr: 1.5e5\nepochs: 3\n',
        severity: 'hint',
        fixed: 'lr: 1.5e+5\nepochs: 3\n',
      },
    ],
    good: [{ path: 'a.yaml', beside: reader, text: 'lr: 1.0e-4\nepochs: 3\n' }],
    guards: [
      { why: 'no script reads it', path: 'a.yaml', text: 'lr: 1e-4\nepochs: 3\n' },
      { why: 'quoted', path: 'a.yaml', beside: reader, text: 'lr: "1e-4"\nepochs: 3\n' },
      {
        why: 'it is converted',
        path: 'a.yaml',
        beside: { 'train.py': 'from omegaconf import OmegaConf\nyaml.safe_load(f)\n' },
        text: 'lr: 1e-4\nepochs: 3\n',
      },
      { why: 'JSON knows such numbers', path: 'a.json', beside: reader, text: '{"lr": 1e-4, "epochs": 3}' },
    ],
  },
  {
    code: 'FC910',
    bad: [
      {
        path: 'a.yaml',
        text: 'lr: 0.1\nepochs: 3\ndropout: 0.5\nweight_decay: 0.1\nlabel_smoothing: 0.1\nmixup_alpha: 0.8\n',
        severity: 'hint',
        fixed: null,
      },
      {
        path: 'a.json',
        text: '{"lr": 0.1, "epochs": 3, "dropout": 0.4, "weight_decay": 0.2, "label_smoothing": 0.1, "use_ema": true}',
        severity: 'hint',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: 'lr: 0.1\nepochs: 3\ndropout: 0.5\nweight_decay: 0.1\n' }],
    guards: [
      {
        why: 'a published recipe',
        path: 'args.yaml',
        text: 'aa: rand-m9\nreprob: 0.25\ndrop: 0.3\nweight_decay: 0.3\nsmoothing: 0.1\nmixup: 0.8\nmodel_ema: true\n',
      },
      {
        why: 'weak ones',
        path: 'a.yaml',
        text: 'lr: 0.1\nepochs: 3\ndropout: 0.1\nweight_decay: 0.01\nlabel_smoothing: 0.05\nmixup_alpha: 0\n',
      },
    ],
  },
  {
    code: 'FC912',
    bad: [
      { path: 'a.sh', text: megatron('--lr 1e-3 --weight-decay 0.1'), severity: 'hint', fixed: null },
      {
        path: 'a.yaml',
        text: 'stage: pt\nfinetuning_type: full\nlearning_rate: 1.0e-3\nnum_train_epochs: 1\nweight_decay: 0.1\n',
        severity: 'hint',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.sh', text: megatron('--lr 1e-3 --lr-warmup-iters 100') },
      { path: 'a.sh', text: megatron('--lr 1e-3 --lr-warmup-fraction 0.01') },
    ],
    guards: [
      { why: 'counted in samples', path: 'a.sh', text: megatron('--lr 1e-3 --lr-warmup-samples 100') },
      { why: 'more flags come from outside', path: 'a.sh', text: megatron('--lr 1e-3 "$@"') },
      { why: 'the rest is in a file', path: 'a.sh', text: megatron('--lr 1e-3 --config base.yaml') },
      { why: 'a low rate', path: 'a.sh', text: megatron('--lr 1e-5') },
      {
        why: 'a fine-tuning',
        path: 'a.yaml',
        text: 'stage: sft\nfinetuning_type: full\nlearning_rate: 1.0e-3\nnum_train_epochs: 1\n',
      },
      {
        why: 'a scale of its own',
        path: 'a.yaml',
        text: 'train_steps: 9\nsave_model: m\naccum_count: 1\nlearning_rate: 2\ndecay_method: noam\nwarmup_steps: 0\n',
      },
    ],
  },
  {
    code: 'FC914',
    bad: [
      {
        path: 'a.yaml',
        text: 'checkpoint_dir: c\ntrain:\n  micro_batch_size: 1\n  max_norm: 1.0\n',
        severity: 'warning',
        fixed: null,
      },
      {
        path: 'args.yaml',
        text: 'task: detect\nimgsz: 640\nlr0: 0.01\ndropout: 0.2\n',
        severity: 'warning',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.yaml', text: 'initial_checkpoint_dir: c\ntrain:\n  micro_batch_size: 1\n  max_norm: 1.0\n' },
    ],
    guards: [
      { why: 'off', path: 'a.yaml', text: 'checkpoint_dir: c\ntrain:\n  micro_batch_size: 1\n  max_norm:\n' },
      { why: 'the default', path: 'args.yaml', text: 'task: detect\nimgsz: 640\nlr0: 0.01\ndropout: 0.0\n' },
      {
        why: 'classification has it',
        path: 'args.yaml',
        text: 'task: classify\nimgsz: 640\nlr0: 0.01\ndropout: 0.2\n',
      },
    ],
  },
  {
    code: 'FC916',
    bad: [
      { path: 'a.yaml', text: hf('weigth_decay: 0.1'), severity: 'info', fixed: hf('weight_decay: 0.1') },
      {
        path: 'a.json',
        text: '{"per_device_train_batch_size": 8, "max_gard_norm": 1.0}',
        severity: 'info',
        fixed: '{"per_device_train_batch_size": 8, "max_grad_norm": 1.0}',
      },
      {
        path: 'a.sh',
        text: hfFlags('--weight-deacy 0.1'),
        severity: 'info',
        fixed: hfFlags('--weight-decay 0.1'),
      },
    ],
    good: [{ path: 'a.yaml', text: hf('weight_decay: 0.1') }],
    guards: [
      {
        why: 'a key of its own',
        path: 'a.yaml',
        text: hf('save_only_model: true\neval_delay: 3\nlogging_steps: 3\nsave_step: 4'),
      },
      { why: 'both are there', path: 'a.yaml', text: hf('weight_decay: 0.1\nweigth_decay: 0.1') },
      { why: 'of another mapping', path: 'a.yaml', text: hf('model:\n  weigth_decay: 0.1') },
      {
        why: 'keys are free',
        path: 'a.yaml',
        text: '_target_: torch.optim.AdamW\nlr: 0.1\nweigth_decay: 0.1\n',
      },
      {
        why: 'keys that no list has',
        path: 'a.yaml',
        text: 'stage: sft\nfinetuning_type: lora\nbadam_mode: layer\nuse_galore: true\npref_ftx: 0.1\nlora_ranks: 3\nlearning_rate: 1e-4\n',
      },
    ],
  },
  {
    code: 'FC917',
    bad: [
      { path: 'a.yaml', text: hf('max_steps: 100\nwarmup_steps: 500'), severity: 'info', fixed: null },
      { path: 'a.yaml', text: hf('warmup_ratio: 100'), severity: 'info', fixed: null },
      {
        path: 'a.sh',
        text: 'python main.py --aa v0 --smoothing 0.1 --epochs 10 --warmup-epochs 20\n',
        severity: 'info',
        fixed: null,
      },
      {
        path: 'a.toml',
        text: '[training]\nsteps = 100\nseq_len = 8\n[lr_scheduler]\nwarmup_steps = 200\n',
        severity: 'info',
        fixed: null,
      },
      {
        path: 'child.yaml',
        text: '_BASE_: base.yaml\nSOLVER:\n  BASE_LR: 0.1\n  WARMUP_ITERS: 9000\n',
        beside: { 'base.yaml': 'SOLVER:\n  MAX_ITER: 5000\n' },
        severity: 'info',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: hf('max_steps: 1000\nwarmup_steps: 50') }],
    guards: [
      { why: 'the length is not set', path: 'a.yaml', text: hf('max_steps: -1\nwarmup_steps: 500') },
      {
        why: 'counted in tokens',
        path: 'a.yaml',
        text: olmo('optimizer:\n  learning_rate: 1e-4').replace(
          't_warmup: 100',
          'units: tokens\n  t_warmup: 8388608000',
        ),
      },
      {
        why: 'the rate is constant',
        path: 'config/a.py',
        text: "out_dir = 'o'\nblock_size = 8\nmax_iters = 20\nwarmup_iters = 100\ndecay_lr = False\n",
      },
      {
        why: 'units of the module',
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 10\nmodel:\n  warmup_epochs: 100\n  max_epochs: 1000\n',
      },
      {
        why: 'steps of an epoch',
        path: 'a.yaml',
        text: 'optimizer:\n  _component_: torch.optim.AdamW\nlr_scheduler:\n  num_warmup_steps: 100\nmax_steps_per_epoch: 50\nepochs: 9\n',
      },
    ],
  },
  {
    code: 'FC919',
    bad: [
      { path: 'a.yaml', text: hf('weight_decay: 0.1\nweight_decay: 0.01'), severity: 'warning', fixed: null },
      {
        path: 'a.json',
        text: '{"per_device_train_batch_size": 8, "learning_rate": 1e-4, "learning_rate": 1e-5}',
        severity: 'warning',
        fixed: null,
      },
      {
        path: 'a.sh',
        text: hfFlags('--weight_decay 0.1 --weight_decay 0.01'),
        severity: 'warning',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: hf('weight_decay: 0.1') }],
    guards: [
      { why: 'the same value', path: 'a.yaml', text: hf('weight_decay: 0.1\nweight_decay: 0.1') },
      {
        why: 'meant to be overridden',
        path: 'a.yaml',
        text: `base: &b\n  weight_decay: 0.1\nmore:\n  <<: *b\n  weight_decay: 0.01\n${hf('')}`,
      },
      {
        why: 'assigned again',
        path: 'config/a.py',
        text: "out_dir = 'o'\nblock_size = 8\nmax_iters = 20\nmax_iters = 30\n",
      },
    ],
  },
];
