/** Trainings that overfit, underfit or come apart. */
import { drawRegularisers, NO_REGULARISERS } from './draw';
import type { Plan } from './plan';
import type { Recipe } from './recipes';

const FEW = { samples: [50, 400], steps: [350, 1000], evaluations: [12, 200] } as const;
const HARD = [
  'spirals',
  'checkerboard',
  'teacher',
  'images',
  'markov',
  'friedman',
  'sines',
  'teacher-values',
];
const hard = (plan: Plan): boolean => HARD.includes(plan.data);
const bare = (plan: Plan): void => {
  plan.regularisers = { ...NO_REGULARISERS };
};
const deepen = (plan: Plan, random: Parameters<NonNullable<Recipe['change']>>[1]): void => {
  if (plan.architecture === 'mlp') plan.depth = random.integer(4, 7);
};

export const faults: Record<string, Recipe> = {
  'few-data': {
    weight: 9,
    // Where two features tell two classes apart, few samples are enough.
    fits: ({ data }) => data !== 'moons' && data !== 'checkerboard',
    size: FEW,
    change(plan, random) {
      bare(plan);
      plan.width = Math.round(plan.width * random.uniform(1, 2));
    },
  },
  'label-noise': {
    weight: 5,
    fits: (plan) => plan.task !== 'language',
    size: { samples: [200, 1500], steps: [350, 1100], evaluations: [15, 200] },
    change(plan, random) {
      bare(plan);
      plan.labelNoise = random.uniform(0.1, 0.5);
      plan.width *= 2;
    },
  },
  'too-big': {
    weight: 4,
    size: { samples: [100, 1000], steps: [300, 800], evaluations: [10, 70] },
    change(plan, random) {
      bare(plan);
      plan.width = plan.architecture === 'mlp' ? random.pick([128, 192, 256]) : 2 * plan.width;
      if (plan.architecture === 'mlp') plan.depth = random.integer(2, 4);
      plan.lr *= 0.5;
      plan.valSize = Math.min(plan.valSize, 300);
    },
  },
  'few-data-regularised': {
    weight: 5,
    size: { samples: [100, 800], steps: [60, 350], evaluations: [5, 80] },
    change(plan, random) {
      plan.width = Math.min(plan.width, 32);
      plan.regularisers = {
        ...plan.regularisers,
        ...drawRegularisers(plan, random, 2),
        dropout: random.uniform(0.1, 0.4),
      };
    },
  },
  'lr-tiny': {
    weight: 4,
    size: { steps: [100, 500] },
    change(plan, random) {
      plan.lr *= random.logUniform(5e-4, 2e-2);
    },
  },
  'net-tiny': {
    weight: 4,
    fits: (plan) => hard(plan) && plan.architecture !== 'transformer',
    size: { steps: [300, 900] },
    change(plan, random) {
      plan.width = random.integer(1, plan.architecture === 'mlp' ? 3 : 4);
      plan.depth = Math.min(plan.depth, 2);
      if (random.chance(0.5)) plan.activation = 'tanh';
      plan.regularisers.layerNorm = false;
    },
  },
  'over-regularised': {
    weight: 3.5,
    change(plan, random) {
      const kind = random.integer(0, 2);
      if (kind !== 1) plan.regularisers.dropout = random.uniform(0.7, 0.92);
      // Decay that takes the weights away faster than the gradient brings them.
      if (kind !== 0) plan.regularisers.weightDecay = random.uniform(0.01, 0.06) / plan.lr;
      if (kind === 1) plan.regularisers.l2 = random.logUniform(1e-2, 1e-1);
      plan.width = Math.min(plan.width, 32);
      plan.regularisers.layerNorm = false;
      plan.schedule = random.pick(['constant', 'cosine']);
    },
  },
  dead: {
    weight: 3.5,
    change(plan, random) {
      plan.dead = random.pick(['sign', 'frozen', 'zero-init', 'shuffled-labels', 'constant-input'] as const);
      // A wrong sign blows up in the end: only a small rate keeps it looking dead.
      if (plan.dead === 'sign') plan.lr *= 0.02;
      if (plan.dead === 'shuffled-labels') plan.width = Math.min(plan.width, 24);
    },
    finish(plan) {
      if (plan.dead === 'zero-init') plan.regularisers.layerNorm = false;
    },
  },
  short: {
    weight: 4,
    size: { steps: [15, 60], evaluations: [5, 14] },
    change(plan, random) {
      plan.lr *= random.uniform(0.1, 0.4);
      plan.schedule = random.pick(['constant', 'linear', 'cosine']);
    },
  },
  'lr-high': {
    weight: 5,
    change(plan, random) {
      // A squared error is the first to run away.
      const steep = plan.task === 'regression' && ['sgd', 'momentum'].includes(plan.optimizer);
      plan.lr *= steep ? random.logUniform(2, 12) : random.logUniform(10, 100);
      plan.regularisers.clip = 0;
      plan.schedule = random.pick(['constant', 'constant', 'cosine', 'step']);
      plan.warmup = 0;
    },
  },
  'no-clip': {
    weight: 2.5,
    fits: (plan) => plan.architecture === 'rnn' || (plan.architecture === 'mlp' && plan.task !== 'language'),
    change(plan, random) {
      bare(plan);
      deepen(plan, random);
      plan.gain = plan.architecture === 'rnn' ? random.uniform(1.2, 2) : random.uniform(1, 1.25);
      plan.optimizer = random.pick(['sgd', 'momentum', 'momentum', 'rmsprop']);
      plan.lr = plan.optimizer === 'rmsprop' ? random.logUniform(0.01, 0.06) : random.logUniform(0.05, 0.5);
      if (plan.architecture === 'mlp') plan.activation = 'relu';
    },
  },
  'momentum-high': {
    weight: 2.5,
    change(plan, random) {
      if (plan.optimizer !== 'momentum') plan.lr = random.logUniform(0.05, 0.25);
      else plan.lr *= random.uniform(1, 3);
      plan.optimizer = 'momentum';
      plan.momentum = random.pick([0.99, 0.99, 0.995, 0.98]);
      plan.regularisers.clip = 0;
      plan.warmup = 0;
    },
  },
  'bad-batches': {
    weight: 3,
    change(plan, random) {
      plan.axis = random.pick(['epoch', 'step', 'step']);
      plan.optimizer = random.pick(['sgd', 'momentum', 'adam', 'rmsprop']);
      plan.regularisers.clip = 0;
    },
    finish(plan, random) {
      const steps = plan.shown * plan.stepsPerEvaluation;
      const count = random.integer(2, 6);
      const struck = Array.from({ length: count }, () => random.integer(Math.floor(0.15 * steps), steps - 1));
      plan.disturbances = [
        {
          kind: 'scaled-batch',
          steps: struck,
          factor: random.pick(plan.task === 'regression' ? [10, 30, 100] : [30, 100, 1000]),
        },
      ];
    },
  },
  overflow: {
    weight: 2.5,
    change(plan, random) {
      plan.regularisers.clip = 0;
      if (random.chance(0.5)) return;
      plan.optimizer = 'sgd';
      plan.lr = random.logUniform(3, 20);
      plan.gain = random.uniform(0.6, 1.2);
      plan.regularisers.layerNorm = false;
    },
    finish(plan, random) {
      if (plan.lr >= 3) return;
      const steps = plan.shown * plan.stepsPerEvaluation;
      const at = random.integer(Math.floor(0.3 * steps), steps - 1);
      plan.disturbances = [{ kind: 'broken-sample', steps: [at], factor: 1 }];
    },
  },
  'warmup-missing': {
    weight: 2.5,
    fits: (plan) => plan.architecture === 'transformer' || plan.architecture === 'mlp',
    change(plan, random) {
      deepen(plan, random);
      plan.depth = Math.max(2, plan.depth);
      plan.optimizer = random.pick(['adam', 'adamw']);
      plan.lr *= random.logUniform(3, 12);
      plan.warmup = 0;
      plan.schedule = random.pick(['constant', 'cosine', 'linear']);
      plan.regularisers.clip = 0;
    },
  },
};
