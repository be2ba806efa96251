/** What a column or field counts when it is no metric. */
export type Position = 'step' | 'epoch' | 'time';

/** Names of step counters, the most trustworthy first: of several in one record the first is the x axis. */
const STEPS = [
  'step',
  'global_step',
  'trainer/global_step',
  'train/global_step',
  'global_step/max_steps',
  'iteration',
  'iterations',
  'iter',
  'num_updates',
  'train_num_updates',
  'valid_num_updates',
  'train_inner_num_updates',
  'current_steps',
  'current_step',
  'train_step',
  'training_step',
  'training_iteration',
  'time/total_timesteps',
  'total_timesteps',
  'timesteps_total',
  't_env',
  'num_env_steps',
  'env_step',
  'update',
  'updates',
  'batch_idx',
  'batch',
  'progress/kimg/mean',
  '_step',
] as const;

const RANK: ReadonlyMap<string, number> = new Map(STEPS.map((name, index) => [name, index]));
const EPOCHS = new Set([
  'epoch',
  'epochs',
  'ep',
  'epoch_num',
  'current_epoch',
  'train/epoch',
  'trainer/epoch',
  'e',
]);
const TIMES = new Set(['_timestamp', 'timestamp', 'wall_time', 'walltime', 'wall time', 'time', 'unix_time']);

/** Counters that start again in every epoch in the logs of some frameworks. */
const WITHIN_EPOCH = new Set(['iter', 'iteration', 'batch', 'batch_idx']);

/** What the name counts, or null when it may be a metric. */
export function positionOf(name: string): Position | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const position = judge(name);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(name, position);
  return position;
}

/** Names repeat on every line; hostile logs may hold any number of them, so what is remembered is bounded. */
const REMEMBERED = 4096;
const remembered = new Map<string, Position | null>();

function judge(name: string): Position | null {
  const key = normalise(name);
  if (RANK.has(key)) return 'step';
  if (EPOCHS.has(key)) return 'epoch';
  return TIMES.has(key) ? 'time' : null;
}

/** Of several step counters the one with the lowest rank is the x axis. */
export function stepRank(name: string): number {
  return RANK.get(normalise(name)) ?? Infinity;
}

/** True for counters that may start again in every epoch. */
export function countsWithinEpoch(name: string): boolean {
  return WITHIN_EPOCH.has(normalise(name));
}

/** Wall time in ms since 1970 if the number is plausibly one (years 2001 to 2100, in s or ms), else NaN. */
export function wallTime(value: number): number {
  if (value > 1e9 && value < 4.1e9) return value * 1000;
  return value > 1e12 && value < 4.1e12 ? value : Number.NaN;
}

function normalise(name: string): string {
  return name.trim().toLowerCase();
}
