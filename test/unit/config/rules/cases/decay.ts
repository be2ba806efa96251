import { hf, hfFlags, megatron, olmo, type RuleCases } from './ruleCases';

const sgd = (decay: string): string =>
  `optimizer = dict(type='SGD', lr=0.1, weight_decay=${decay})\noptimizer_config = dict(grad_clip=None)\n`;
const composer = (name: string, decay: string): string =>
  `max_duration: 10ba\nglobal_train_batch_size: 8\noptimizer:\n  name: ${name}\n  lr: 1e-4\n  weight_decay: ${decay}\n`;

export const decay: readonly RuleCases[] = [
  {
    code: 'FC204',
    bad: [
      {
        path: 'a.sh',
        text: megatron('--lr 1e-4 --weight-decay 0.0 --lr-warmup-iters 100'),
        severity: 'hint',
        fixed: megatron('--lr 1e-4 --weight-decay 0.1 --lr-warmup-iters 100'),
      },
      {
        path: 'a.yaml',
        text: olmo('optimizer:\n  name: sgd\n  learning_rate: 1e-4\n  weight_decay: 0'),
        severity: 'hint',
        fixed: olmo('optimizer:\n  name: sgd\n  learning_rate: 1e-4\n  weight_decay: 0.0005'),
      },
      {
        path: 'a.yaml',
        text: olmo('optimizer:\n  name: adamw\n  learning_rate: 1e-4\n  weight_decay: 0'),
        severity: 'hint',
        fixed: olmo('optimizer:\n  name: adamw\n  learning_rate: 1e-4\n  weight_decay: 0.1'),
      },
    ],
    good: [{ path: 'a.sh', text: megatron('--lr 1e-4 --weight-decay 0.1') }],
    guards: [
      {
        why: 'a fine-tuning',
        path: 'a.yaml',
        text: 'stage: sft\nfinetuning_type: full\nlearning_rate: 1e-5\nnum_train_epochs: 3\nweight_decay: 0\n',
      },
      {
        why: 'adapters',
        path: 'a.yaml',
        text: 'base_model: m\nadapter: lora\nmicro_batch_size: 1\nlearning_rate: 1e-4\nweight_decay: 0.0\n',
      },
      {
        why: 'more flags come from outside',
        path: 'a.sh',
        text: megatron('--lr 1e-4 --weight-decay 0.0 $EXTRA_ARGS'),
      },
      {
        why: 'reinforcement learning',
        path: 'a.yaml',
        text: 'total_timesteps: 10\ngae_lambda: 0.9\nlearning_rate: 1e-4\nbatch_size: 8\n',
      },
    ],
  },
  {
    code: 'FC206',
    bad: [
      { path: 'a.yaml', text: hf('weight_decay: 0.9'), severity: 'warning', fixed: hf('weight_decay: 0.1') },
      {
        path: 'a.sh',
        text: hfFlags('--weight_decay=-0.1'),
        severity: 'error',
        fixed: hfFlags('--weight_decay=0.1'),
      },
      { path: 'a.py', text: sgd('0.05'), severity: 'warning', fixed: sgd('0.0005') },
      {
        path: 'a.yaml',
        text: composer('decoupled_adamw', '0.1'),
        severity: 'warning',
        fixed: composer('decoupled_adamw', '0.00001'),
      },
    ],
    good: [
      { path: 'a.yaml', text: hf('weight_decay: 0.3') },
      { path: 'a.py', text: sgd('0.0001') },
      { path: 'a.yaml', text: composer('decoupled_adamw', '1e-5') },
    ],
    guards: [
      { why: 'not of the composer', path: 'a.yaml', text: composer('adamw', '0.1') },
      {
        why: 'another scale',
        path: 'a.yaml',
        text: 'lr0: 0.01\nlrf: 0.1\nanchor_t: 4\nobj: 1\nweight_decay: 0.0005\n',
      },
      { why: 'Lion takes more', path: 'a.yaml', text: hf('optim: lion_32bit\nweight_decay: 1.0') },
      { why: 'a search', path: 'a.yaml', text: hf('weight_decay: [0.9, 0.5]') },
      { why: 'not known', path: 'a.yaml', text: hf('weight_decay: ${wd}') },
      { why: 'of the model', path: 'a.yaml', text: hf('model:\n  weight_decay: 0.9') },
    ],
  },
  {
    code: 'FC207',
    bad: [
      {
        path: 'a.yaml',
        text: olmo('optimizer:\n  name: adamw\n  learning_rate: 0.1\n  weight_decay: 0.0001'),
        severity: 'info',
        fixed: null,
      },
      {
        path: 'ds.json',
        text: '{"zero_optimization": {"stage": 1}, "gradient_clipping": 1, "optimizer": {"type": "AdamW", "params": {"lr": 0.01, "weight_decay": 0.01}}}',
        severity: 'info',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: hf('optim: adamw_torch\nweight_decay: 0.01') }],
    guards: [
      {
        why: 'DETR: 1e-4 for both',
        path: 'a.py',
        text: "optim_wrapper = dict(optimizer=dict(type='AdamW', lr=0.0001, weight_decay=0.0001))\n",
      },
      { why: 'SGD takes such rates', path: 'a.py', text: sgd('0.0001') },
    ],
  },
];
