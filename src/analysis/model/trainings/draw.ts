/** Draws the plan of a sound training; a recipe then changes what it is about. */
import type { Random } from '../random';
import type { Architecture, OptimizerName, Plan, Regularisers, ScheduleName } from './plan';
import { POINT_CLOUDS } from './pointClouds';
import type { Task } from './record';
import { REGRESSIONS } from './regression';
import { SEQUENCES } from './tokens';

export type Range = readonly [low: number, high: number];

export const NO_REGULARISERS: Regularisers = {
  dropout: 0,
  weightDecay: 0,
  l2: 0,
  labelSmoothing: 0,
  clip: 0,
  inputNoise: 0,
  mixup: false,
  layerNorm: false,
};

interface Kind {
  task: Task;
  data: string;
  architecture: Architecture;
}

export function drawKind(random: Random): Kind {
  const draw = random.next();
  if (draw < 0.4) return { task: 'classification', data: random.pick(POINT_CLOUDS), architecture: 'mlp' };
  if (draw < 0.54)
    return {
      task: 'classification',
      data: 'images',
      architecture: random.pick(['cnn', 'cnn', 'cnn', 'mlp']),
    };
  if (draw < 0.74) return { task: 'regression', data: random.pick(REGRESSIONS), architecture: 'mlp' };
  if (draw < 0.9)
    return {
      task: 'language',
      data: 'markov',
      architecture: random.pick(['mlp', 'rnn', 'transformer', 'transformer']),
    };
  return {
    task: 'sequence',
    data: random.pick(SEQUENCES),
    architecture: random.pick(['rnn', 'rnn', 'gru', 'transformer']),
  };
}

export function drawPlan(seed: number, recipe: string, kind: Kind, random: Random): Plan {
  const { architecture } = kind;
  // In the few steps that a slow network gets, plain gradient descent would not get far.
  const optimizer = random.pick<OptimizerName>(
    architecture === 'mlp' || random.chance(0.15)
      ? ['sgd', 'momentum', 'adam', 'adam', 'adamw', 'rmsprop']
      : ['adam', 'adamw', 'rmsprop'],
  );
  const schedule = random.pick<ScheduleName>([
    'constant',
    'constant',
    'step',
    'cosine',
    'linear',
    'warmup-cosine',
  ]);
  const small = architecture === 'mlp';
  const plan: Plan = {
    seed,
    recipe,
    ...kind,
    trainSize: 0,
    valSize: Math.round(random.logUniform(20, 1000)),
    labelNoise: 0,
    noisyVal: random.chance(0.5),
    width: random.pick(small ? [32, 48, 64, 96] : [16, 24, 32]),
    depth: small
      ? random.integer(1, 3)
      : architecture === 'cnn'
        ? random.integer(1, 3)
        : random.pick([1, 1, 2]),
    activation: random.pick(['relu', 'relu', 'tanh']),
    gain: 1,
    optimizer,
    lr: usualRate(architecture, optimizer, random),
    momentum: 0.9,
    schedule,
    warmup: schedule === 'warmup-cosine' ? random.uniform(0.03, 0.15) : 0,
    batch: 32,
    axis: random.chance(0.6) ? 'epoch' : 'step',
    planned: 0,
    shown: 0,
    total: 0,
    stepsPerEvaluation: 1,
    regularisers: { ...NO_REGULARISERS, layerNorm: small && random.chance(0.15) },
    disturbances: [],
    dead: null,
    pretraining: 0,
    curriculum: false,
    resume: null,
    trainColumn: 'mean',
    every: 0,
    firstEpoch: random.chance(0.7) ? 1 : 0,
    hide: {
      val: random.chance(0.08),
      accuracy: random.chance(0.4),
      rate: random.chance(0.5),
      norm: random.chance(0.7),
    },
  };
  if (architecture === 'rnn' || architecture === 'gru') plan.regularisers.clip = random.uniform(0.5, 2);
  return plan;
}

function usualRate(architecture: Architecture, optimizer: OptimizerName, random: Random): number {
  const adam: Record<Architecture, Range> = {
    mlp: [3e-3, 1.2e-2],
    cnn: [3e-3, 8e-3],
    rnn: [4e-3, 1.2e-2],
    gru: [5e-3, 1.5e-2],
    transformer: [2e-3, 6e-3],
  };
  const plain: Record<Architecture, Range> = {
    mlp: [0.1, 0.4],
    cnn: [0.1, 0.3],
    rnn: [0.2, 0.6],
    gru: [0.4, 1],
    transformer: [0.1, 0.3],
  };
  if (optimizer === 'sgd') return random.logUniform(...plain[architecture]);
  if (optimizer === 'momentum') return 0.2 * random.logUniform(...plain[architecture]);
  return (optimizer === 'rmsprop' ? 0.5 : 1) * random.logUniform(...adam[architecture]);
}

/** One or more regularisers of the usual strength. */
export function drawRegularisers(plan: Plan, random: Random, strength = 1): Partial<Regularisers> {
  const options: (() => Partial<Regularisers>)[] = [
    () => ({ dropout: strength * random.uniform(0.05, 0.25) }),
    () => ({ weightDecay: (strength * random.logUniform(1e-3, 1e-1)) / (plan.lr * 50) }),
    () => ({ l2: strength * random.logUniform(1e-5, 3e-4) }),
    () => ({ clip: random.uniform(0.5, 5) }),
    () => (plan.task === 'regression' ? {} : { labelSmoothing: strength * random.uniform(0.02, 0.12) }),
    () => ({ inputNoise: strength * random.uniform(0.02, 0.2) }),
    () => ({ mixup: plan.batch > 4 && random.chance(0.5) }),
  ];
  const count = random.integer(1, 3);
  return Object.assign(
    {},
    ...Array.from({ length: count }, () => random.pick(options)()),
  ) as Partial<Regularisers>;
}
