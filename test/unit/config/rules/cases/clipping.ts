import { hf, hfFlags, megatron, olmo, type RuleCases } from './ruleCases';

const tune = (lines: string): string =>
  `model:\n  _component_: torchtune.models.m\noptimizer:\n  _component_: torch.optim.AdamW\n  lr: 2e-5\n${lines}\n`;
const deepSpeed = (more: string): string => `{\n  "zero_optimization": { "stage": 2 }${more}\n}\n`;
const lightning = (lines: string): string => `trainer:\n  max_epochs: 10\n${lines}\n`;

export const clipping: readonly RuleCases[] = [
  {
    code: 'FC105',
    bad: [
      {
        path: 'a.yaml',
        text: tune('optimizer_in_bwd: True # saves memory\nclip_grad_norm: 1.0 # no'),
        severity: 'error',
        fixed: tune('optimizer_in_bwd: True # saves memory\nclip_grad_norm: null # no'),
      },
    ],
    good: [
      { path: 'a.yaml', text: tune('optimizer_in_bwd: True\nclip_grad_norm: null') },
      { path: 'a.yaml', text: tune('optimizer_in_bwd: False\nclip_grad_norm: 1.0') },
    ],
    guards: [
      { why: 'not known', path: 'a.yaml', text: tune('optimizer_in_bwd: ${x}\nclip_grad_norm: 1.0') },
      { why: 'the default is off', path: 'a.yaml', text: tune('clip_grad_norm: 1.0') },
    ],
  },
  {
    code: 'FC111',
    bad: [
      { path: 'a.yaml', text: hf('max_grad_norm: 100'), severity: 'info', fixed: hf('max_grad_norm: 1.0') },
      { path: 'a.yaml', text: hf('max_grad_norm: -1'), severity: 'warning', fixed: hf('max_grad_norm: 1.0') },
      {
        path: 'a.sh',
        text: hfFlags('--max_grad_norm 0.01 --bf16'),
        severity: 'info',
        fixed: hfFlags('--max_grad_norm 1.0 --bf16'),
      },
      {
        path: 'a.toml',
        text: '[training]\nsteps = 10\nseq_len = 8\nmax_norm = -1.0\n',
        severity: 'error',
        fixed: '[training]\nsteps = 10\nseq_len = 8\nmax_norm = 1.0\n',
      },
      {
        path: 'config/a.py',
        text: "out_dir = 'o'\nmax_iters = 10\nblock_size = 8\ngrad_clip = -1.0\n",
        severity: 'error',
        fixed: "out_dir = 'o'\nmax_iters = 10\nblock_size = 8\ngrad_clip = 1.0\n",
      },
    ],
    good: [
      { path: 'a.yaml', text: hf('max_grad_norm: 1.0') },
      { path: 'a.yaml', text: hf('max_grad_norm: 10') },
    ],
    guards: [
      {
        why: 'clipped by value',
        path: 'a.yaml',
        text: lightning('  gradient_clip_val: 50\n  gradient_clip_algorithm: value'),
      },
      {
        why: 'clipped by the size of weights',
        path: 'args.yaml',
        text: 'aa: v0\nreprob: 0.1\nclip_grad: 0.02\nclip_mode: agc\n',
      },
      { why: 'it measures the norm', path: 'a.yaml', text: hf('max_grad_norm: 1000') },
      { why: '0 is off', path: 'a.yaml', text: hf('max_grad_norm: 0') },
      { why: 'null is off', path: 'a.yaml', text: hf('max_grad_norm: null') },
      { why: 'filled in later', path: 'a.json', text: deepSpeed(', "gradient_clipping": "auto"') },
      {
        why: 'how ESPnet writes off',
        path: 'a.yaml',
        text: 'optim_conf:\n  lr: 1\naccum_grad: 1\ngrad_clip: -1\n',
      },
      {
        why: 'the bound of MMDetection',
        path: 'a.py',
        text: "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1), clip_grad=dict(max_norm=35))\n",
      },
      {
        why: 'another scale',
        path: 'a.yaml',
        text: 'SOLVER:\n  BASE_LR: 0.1\n  CLIP_GRADIENTS:\n    ENABLED: True\n    CLIP_VALUE: 0.01\n',
      },
    ],
  },
  {
    code: 'FC112',
    bad: [
      {
        path: 'a.sh',
        text: megatron('--clip-grad 0 --lr 1e-4'),
        severity: 'hint',
        fixed: megatron('--clip-grad 1.0 --lr 1e-4'),
      },
      {
        path: 'a.yml',
        text: '"pipe-parallel-size": 1\n"gradient_clipping": 0.0\n',
        severity: 'hint',
        fixed: '"pipe-parallel-size": 1\n"gradient_clipping": 1.0\n',
      },
    ],
    good: [{ path: 'a.sh', text: megatron('--clip-grad 1.0') }],
    guards: [
      { why: 'off by default', path: 'a.yaml', text: tune('clip_grad_norm: null') },
      {
        why: 'published without',
        path: 'a.yaml',
        text: 'train_steps: 10\nsave_model: m\naccum_count: 1\nmax_grad_norm: 0\n',
      },
      {
        why: 'RoBERTa trains without',
        path: 'a.sh',
        text: 'fairseq-train d --clip-norm 0.0 --lr 1e-4\n',
      },
    ],
  },
  {
    code: 'FC113',
    bad: [
      {
        path: 'ds.json',
        text: deepSpeed(''),
        severity: 'info',
        fixed: null,
      },
      {
        path: 'ds.json',
        text: deepSpeed(',\n  "train_batch_size": "auto"'),
        severity: 'info',
        fixed:
          '{\n  "zero_optimization": { "stage": 2 },\n  "gradient_clipping": "auto",\n  "train_batch_size": "auto"\n}\n',
      },
      {
        path: 'ds.json',
        text: deepSpeed(''),
        beside: { 'sft.yaml': hf('max_grad_norm: 0.5') },
        severity: 'warning',
        fixed: null,
      },
      {
        path: 'ds.json',
        text: deepSpeed(''),
        beside: { 'sft.sh': hfFlags('--max_grad_norm 0.5') },
        severity: 'warning',
        fixed: null,
      },
    ],
    good: [{ path: 'ds.json', text: deepSpeed(', "gradient_clipping": 1.0') }],
    guards: [
      {
        why: 'scales its updates',
        path: 'ds.json',
        text: deepSpeed(', "optimizer": { "type": "OneBitAdam", "params": { "lr": 1e-4 } }'),
      },
      {
        why: 'a preset of kohya',
        path: 'kohya.json',
        text: '{"network_dim": 8, "train_batch_size": 1, "gradient_accumulation_steps": 1, "unet_lr": 1e-4}',
      },
    ],
  },
  {
    code: 'FC114',
    bad: [
      {
        path: 'a.yaml',
        text: lightning('  strategy: fsdp\n  gradient_clip_val: 1.0'),
        severity: 'error',
        fixed: null,
      },
      {
        path: 'a.sh',
        text: 'python t.py fit --trainer.max_epochs 3 --trainer.strategy fsdp --trainer.gradient_clip_val 0.5\n',
        severity: 'error',
        fixed: null,
      },
    ],
    good: [
      { path: 'a.yaml', text: lightning('  strategy: ddp\n  gradient_clip_val: 1.0') },
      {
        path: 'a.yaml',
        text: lightning('  strategy: fsdp\n  gradient_clip_val: 1.0\n  gradient_clip_algorithm: value'),
      },
    ],
    guards: [
      { why: 'off', path: 'a.yaml', text: lightning('  strategy: fsdp\n  gradient_clip_val: 0') },
      { why: 'another trainer', path: 'a.yaml', text: hf('fsdp: full_shard\nmax_grad_norm: 1.0') },
    ],
  },
  {
    code: 'FC913',
    bad: [
      {
        path: 'a.yaml',
        text: 'train:\n  lr: 0.1\n  epochs: 3\n  clip_grad: null\n  clip_grad_norm: 5.0\n',
        severity: 'info',
        fixed: null,
      },
      {
        path: 'a.json',
        text: '{"lr": 0.1, "epochs": 3, "use_clip_grad_norm": false, "clip_grad_norm": 5.0}',
        severity: 'info',
        fixed: null,
      },
    ],
    good: [{ path: 'a.yaml', text: 'lr: 0.1\nepochs: 3\nclip_grad_norm: 5.0\n' }],
    guards: [
      {
        why: 'of two parts',
        path: 'a.yaml',
        text: 'a:\n  lr: 1\n  clip_grad: 0\nb:\n  lr: 1\n  clip_grad: 1\n',
      },
      {
        why: 'off, its value kept',
        path: 'a.yaml',
        text: 'SOLVER:\n  BASE_LR: 0.1\n  CLIP_GRADIENTS:\n    ENABLED: False\n    CLIP_VALUE: 1.0\n',
      },
      { why: 'one key', path: 'a.yaml', text: olmo('max_grad_norm: null') },
    ],
  },
];
