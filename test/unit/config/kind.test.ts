import { expect, it } from 'vitest';
import { kindOfConfig } from '../../../src/config/kind';
import { trainingsIn } from '../../../src/config/lint';

it.each([
  [
    'a Megatron launch',
    'llm-pretraining',
    'run.sh',
    'torchrun pretrain_gpt.py --num-layers 24 --micro-batch-size 4 --train-iters 100000 --lr 3e-4 --clip-grad 1.0\n',
  ],
  [
    'LLaMA-Factory, pretraining',
    'llm-pretraining',
    'a.yaml',
    'stage: pt\nfinetuning_type: full\nlearning_rate: 1.0e-4\nnum_train_epochs: 1\n',
  ],
  [
    'LLaMA-Factory, fine-tuning',
    'fine-tuning',
    'a.yaml',
    'stage: sft\nfinetuning_type: lora\nlora_rank: 8\nlearning_rate: 1.0e-4\nnum_train_epochs: 3\n',
  ],
  [
    'a Swin config',
    'vision',
    'swin.yaml',
    'MODEL:\n  TYPE: swin\n  DROP_PATH_RATE: 0.2\nTRAIN:\n  BASE_LR: 1.0e-3\n  EPOCHS: 300\nDATA:\n  BATCH_SIZE: 128\nAUG:\n  MIXUP: 0.8\n',
  ],
  [
    'kohya',
    'diffusion',
    'lora.toml',
    'network_dim = 16\nunet_lr = 1e-4\nnetwork_module = "networks.lora"\nlearning_rate = 1e-4\nmax_train_epochs = 10\n',
  ],
  [
    'names that everybody uses',
    null,
    'train.yaml',
    'learning_rate: 0.001\nweight_decay: 0.01\ndropout: 0.1\nepochs: 10\nbatch_size: 32\n',
  ],
])('%s: %s', async (_name, kind, path, text) => {
  const [config] = await trainingsIn(text, path);
  expect(config).toBeDefined();
  expect(kindOfConfig(config!)).toBe(kind);
});
