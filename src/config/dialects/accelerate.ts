import type { Dialect } from './dialect';

/** What `accelerate launch` reads: the machine, and what of DeepSpeed it passes on. */
export const accelerate: Dialect = {
  id: 'accelerate',
  title: 'accelerate launch',
  source: 'accelerate/commands/config',
  syntaxes: ['yaml', 'json'],
  negativeClip: 'ignored',
  sure: ['distributed_type', 'compute_environment'],
  keys: {
    'deepspeed_config.gradient_clipping': 'clip-norm',
    'deepspeed_config.gradient_accumulation_steps': 'accumulation',
  },
};
