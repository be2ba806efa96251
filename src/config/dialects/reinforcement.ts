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
    // RLlib, rl_games
    '**.num_sgd_iter',
    '**.vf_loss_coeff',
    '**.entropy_coeff',
    '**.entropy_coef',
    '**.clip_param',
    '**.e_clip',
    '**.horizon_length',
    '**.mini_epochs',
  ],
  keys: {
    '**.max_grad_norm': { is: 'clip-norm', default: 0.5 },
    '**.grad_clip': 'clip-norm',
    '**.learning_rate': 'learning-rate',
    '**.lr': 'learning-rate',
    '**.batch_size': { is: 'batch-size', unrated: true },
    '**.n_epochs': { is: 'epochs', unrated: true },
    '**.policy_kwargs.optimizer_kwargs.weight_decay': 'weight-decay',
    '**.total_timesteps': { is: 'steps', unrated: true },
    '**.n_timesteps': { is: 'steps', unrated: true },
  },
  task: 'reinforcement',
  // Atari agents clip at 40.
  clipUpTo: 40,
};
