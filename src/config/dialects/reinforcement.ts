import type { Dialect } from './dialect';

/** Stable-Baselines3, its zoo, CleanRL, rl_games: reinforcement learning. */
export const reinforcement: Dialect = {
  id: 'rl',
  title: 'reinforcement learning',
  source: 'stable-baselines3, rl-baselines3-zoo hyperparams, cleanrl arguments',
  syntaxes: ['yaml', 'json', 'shell', 'python', 'toml'],
  clues: [
    '**.total_timesteps',
    '**.n_timesteps',
    '**.gae_lambda',
    '**.ent_coef',
    '**.vf_coef',
    '**.clip_range',
    '**.clip_coef',
    '**.learning_starts',
    '**.policy_kwargs',
    '**.target_kl',
    '**.num_envs',
  ],
  keys: {
    '**.max_grad_norm': { is: 'clip-norm', default: 0.5 },
    '**.learning_rate': 'learning-rate',
    '**.batch_size': { is: 'batch-size', unrated: true },
    '**.n_epochs': { is: 'epochs', unrated: true },
    '**.policy_kwargs.optimizer_kwargs.weight_decay': 'weight-decay',
    '**.total_timesteps': { is: 'steps', unrated: true },
    '**.n_timesteps': { is: 'steps', unrated: true },
  },
  task: 'reinforcement',
};
