import { hf, hfFlags, megatron, type RuleCases } from './ruleCases';

const timm = (lines: string): string => `aa: rand-m9\nreprob: 0.25\nlr: 0.1\nepochs: 300\n${lines}\n`;

export const loss: readonly RuleCases[] = [
  {
    code: 'FC701',
    bad: [
      { path: 'args.yaml', text: timm('smoothing: 0.0'), severity: 'hint', fixed: timm('smoothing: 0.1') },
      {
        path: 'a.sh',
        text: 'torchrun train.py --lr 0.5 --batch-size 128 --auto-augment ra --random-erase 0.1 --label-smoothing 0\n',
        severity: 'hint',
        fixed:
          'torchrun train.py --lr 0.5 --batch-size 128 --auto-augment ra --random-erase 0.1 --label-smoothing 0.1\n',
      },
    ],
    good: [{ path: 'args.yaml', text: timm('smoothing: 0.1') }],
    guards: [
      { why: 'another loss', path: 'args.yaml', text: timm('smoothing: 0.0\nbce_loss: true') },
      { why: 'a teacher', path: 'args.yaml', text: timm('smoothing: 0.0\nkd_model_name: resnet50') },
      { why: 'two classes', path: 'args.yaml', text: timm('smoothing: 0.0\nnum_classes: 2') },
      { why: 'a fine-tuning', path: 'args.yaml', text: timm('smoothing: 0.0\npretrained: true') },
      { why: 'a language model', path: 'a.yaml', text: hf('label_smoothing_factor: 0.0') },
    ],
  },
  {
    code: 'FC702',
    bad: [
      {
        path: 'a.sh',
        text: megatron('--label-smoothing 0.1'),
        severity: 'warning',
        fixed: megatron('--label-smoothing 0.0'),
      },
      {
        path: 'a.yaml',
        text: 'stage: pt\nfinetuning_type: full\nlabel_smoothing_factor: 0.1\n',
        severity: 'warning',
        fixed: 'stage: pt\nfinetuning_type: full\nlabel_smoothing_factor: 0.0\n',
      },
    ],
    good: [{ path: 'a.sh', text: megatron('--label-smoothing 0') }],
    guards: [
      {
        why: 'a fine-tuning',
        path: 'a.yaml',
        text: 'stage: sft\nfinetuning_type: full\nlabel_smoothing_factor: 0.1\n',
      },
      {
        why: 'a translation',
        path: 'a.sh',
        text: 'fairseq-train d --criterion label_smoothed_cross_entropy --label-smoothing 0.1\n',
      },
    ],
  },
  {
    code: 'FC703',
    bad: [
      {
        path: 'a.yaml',
        text: hf('label_smoothing_factor: 1.0'),
        severity: 'error',
        fixed: hf('label_smoothing_factor: 0.1'),
      },
      {
        path: 'a.sh',
        text: hfFlags('--label_smoothing_factor 0.4'),
        severity: 'warning',
        fixed: hfFlags('--label_smoothing_factor 0.1'),
      },
      { path: 'args.yaml', text: timm('smoothing: 0.25'), severity: 'info', fixed: timm('smoothing: 0.1') },
    ],
    good: [{ path: 'args.yaml', text: timm('smoothing: 0.2') }],
    guards: [
      {
        why: 'of preferences, another concept',
        path: 'a.yaml',
        text: 'stage: dpo\nfinetuning_type: lora\ndpo_label_smoothing: 0.4\nlearning_rate: 1e-5\n',
      },
      {
        why: 'of preferences, another concept',
        path: 'a.yaml',
        text: 'loss:\n  _component_: torchtune.rlhf.loss.DPOLoss\n  label_smoothing: 0.5\nbatch_size: 1\n',
      },
    ],
  },
  {
    code: 'FC704',
    bad: [
      {
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 3\nmodel:\n  mixup:\n    label_smoothing: 0.1\n  loss:\n    label_smoothing: 0.1\n',
        severity: 'warning',
        fixed: null,
      },
      {
        path: 'a.yaml',
        text: 'train:\n  lr: 0.1\n  epochs: 3\ndata:\n  label_smoothing: 0.1\ncriterion:\n  label_smoothing: 0.1\n',
        severity: 'info',
        fixed: null,
      },
    ],
    good: [
      {
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 3\nmodel:\n  mixup:\n    label_smoothing: 0.1\n  loss:\n    label_smoothing: 0.0\n',
      },
    ],
    guards: [
      {
        why: 'two losses',
        path: 'a.yaml',
        text: 'trainer:\n  max_epochs: 3\nmodel:\n  loss:\n    label_smoothing: 0.1\n  loss_aux:\n    label_smoothing: 0.1\n',
      },
    ],
  },
];
