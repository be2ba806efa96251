import type { Dialect } from './dialect';

/** litgpt's recipes (LightningCLI style, with a `train` section). */
export const litgpt: Dialect = {
  id: 'litgpt',
  title: 'litgpt',
  source: 'litgpt/args.py, litgpt/pretrain.py, litgpt/finetune and config_hub',
  syntaxes: ['yaml', 'shell'],
  sure: ['train.lr_warmup_steps', 'train.micro_batch_size'],
  clues: [
    'checkpoint_dir',
    'train.global_batch_size',
    'train.max_seq_length',
    'train.max_tokens',
    'train.save_interval',
    'eval.initial_validation',
    { key: 'data.class_path', value: /^litgpt\./ },
  ],
  keys: {
    lora_dropout: { is: 'lora-dropout', default: 0.05 },
    lora_r: 'adapter',
    'optimizer.init_args.weight_decay': 'weight-decay',
    'optimizer.init_args.lr': 'learning-rate',
    // Before its version 0.4.
    'train.weight_decay': 'weight-decay',
    'train.learning_rate': 'learning-rate',
    'optimizer.class_path': 'optimizer',
    optimizer: 'optimizer',
    'train.max_norm': 'clip-norm',
    'train.lr_warmup_steps': 'warmup-steps',
    'train.lr_warmup_fraction': 'warmup-share',
    'train.global_batch_size': 'global-batch-size',
    'train.micro_batch_size': 'batch-size',
    'train.epochs': 'epochs',
    'train.max_steps': 'steps',
    out_dir: 'output-dir',
    initial_checkpoint_dir: { is: 'stage', unrated: true },
  },
  taskWhere: [
    ['checkpoint_dir', 'finetuning'],
    ['tokenizer_dir', 'pretraining'],
  ],
  unsupported: [
    {
      key: 'train.max_norm',
      where: ['checkpoint_dir'],
      why: 'is refused by the fine-tuning scripts of litgpt: only pretraining clips',
    },
  ],
};
