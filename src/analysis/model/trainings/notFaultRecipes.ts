/** Trainings whose logs look odd although nothing is wrong: a false alarm is the worst error. */
import type { Plan } from './plan';
import type { Recipe } from './recipes';
import { drawRegularisers } from './draw';
import { settle } from './size';

const mild = (plan: Plan, random: Parameters<NonNullable<Recipe['change']>>[1]): void => {
  plan.regularisers = { ...plan.regularisers, ...drawRegularisers(plan, random, 0.7) };
};
const fast = (plan: Plan): boolean => plan.architecture === 'mlp' || plan.architecture === 'cnn';
const byStep: NonNullable<Recipe['change']> = (plan, random) => {
  plan.axis = 'step';
  mild(plan, random);
};

export const notFaults: Record<string, Recipe> = {
  'decay-drop': {
    weight: 3,
    size: { evaluations: [12, 200] },
    change(plan, random) {
      plan.schedule = 'step';
      // High enough that the noise of the steps, not the model, holds the loss up until the rate drops.
      plan.lr *= random.uniform(1.2, 2.5);
      mild(plan, random);
    },
  },
  'warm-restart': {
    weight: 3,
    size: { steps: [400, 1100], evaluations: [20, 200] },
    change(plan, random) {
      plan.schedule = 'restarts';
      plan.warmup = 0;
      plan.lr *= random.uniform(1, 2);
      mild(plan, random);
    },
  },
  resume: {
    weight: 2.5,
    size: { evaluations: [12, 150] },
    change(plan, random) {
      mild(plan, random);
      plan.resume = { at: 6, back: 2 };
    },
    finish(plan, random) {
      const at = Math.max(3, Math.round(plan.planned * random.uniform(0.3, 0.8)));
      plan.resume = { at, back: random.integer(1, Math.min(5, at - 1)) };
    },
  },
  'saw-tooth': {
    weight: 2.5,
    fits: fast,
    size: { samples: [1500, 6000], steps: [300, 900], evaluations: [5, 14] },
    change(plan, random) {
      plan.axis = 'epoch';
      mild(plan, random);
    },
    finish(plan) {
      // Epochs it is, but each step is a point of the log.
      plan.axis = 'step';
      plan.stepsPerEvaluation = Math.ceil(plan.trainSize / plan.batch);
      plan.every = Math.max(1, Math.floor(plan.stepsPerEvaluation / 20));
      plan.trainColumn = 'saw-tooth';
    },
  },
  'fine-tune': {
    weight: 3.5,
    fits: (plan) => plan.architecture !== 'gru' && plan.architecture !== 'rnn',
    size: { samples: [400, 3000], steps: [60, 300], evaluations: [5, 20] },
    change(plan, random) {
      plan.pretraining = random.integer(250, 500);
      plan.optimizer = random.pick(['adam', 'adamw']);
      plan.lr = random.logUniform(3e-4, 1.2e-3);
      plan.schedule = random.pick(['linear', 'cosine', 'warmup-cosine', 'constant']);
      mild(plan, random);
    },
  },
  'double-descent': {
    weight: 2,
    fits: (plan) => plan.task === 'classification' && plan.architecture === 'mlp',
    size: { samples: [150, 500], steps: [900, 1300], evaluations: [60, 120] },
    change(plan, random) {
      plan.labelNoise = random.uniform(0.08, 0.25);
      plan.width = random.pick([128, 192, 256]);
      plan.depth = 2;
      plan.valSize = Math.min(plan.valSize, 300);
      plan.optimizer = random.pick(['adam', 'adamw']);
      plan.lr = random.logUniform(1e-3, 4e-3);
      plan.schedule = 'constant';
      plan.regularisers.weightDecay = random.logUniform(0.1, 1);
    },
  },
  curriculum: {
    weight: 3,
    fits: (plan) => plan.task !== 'sequence',
    size: { steps: [250, 800], evaluations: [10, 150] },
    change(plan, random) {
      plan.curriculum = true;
      plan.axis = random.pick(['epoch', 'step', 'step']);
      mild(plan, random);
    },
  },
  'one-hard-batch': {
    weight: 3,
    change: byStep,
    finish(plan, random) {
      const steps = plan.shown * plan.stepsPerEvaluation;
      plan.every = 1;
      const scaled = plan.task !== 'language' && plan.task !== 'sequence' && random.chance(0.5);
      plan.disturbances = [
        {
          kind: scaled ? 'scaled-batch' : 'shuffled-batch',
          steps: [random.integer(Math.floor(0.2 * steps), Math.max(1, Math.floor(0.9 * steps)))],
          factor: scaled ? random.uniform(3, 8) : 1,
        },
      ];
      // What makes it harmless.
      plan.regularisers.clip = random.uniform(0.3, 1);
    },
  },
  'from-zero': {
    weight: 2.5,
    change: byStep,
    finish(plan) {
      plan.trainColumn = 'from-zero';
    },
  },
  'noisy-flat': {
    weight: 2.5,
    fits: (plan) => plan.architecture === 'mlp' && plan.task !== 'language',
    size: { samples: [3000, 10000], steps: [900, 1400], evaluations: [5, 40] },
    change(plan, random) {
      plan.axis = 'step';
      plan.width = random.pick([8, 16, 24]);
      plan.depth = 1;
      plan.lr *= 0.35;
    },
    finish(plan, random) {
      plan.batch = random.integer(1, 4);
      plan.every = 1;
      plan.trainColumn = 'last';
    },
  },
  'dropout-gap': {
    weight: 3.5,
    fits: (plan) => plan.task !== 'sequence' && plan.task !== 'regression',
    size: { samples: [3000, 12000], steps: [350, 900] },
    change(plan, random) {
      const gap = random.integer(0, 2);
      plan.width = Math.max(plan.width, 48);
      plan.hide.val = false;
      if (gap === 0 || plan.task === 'language') plan.regularisers.dropout = random.uniform(0.25, 0.5);
      else if (gap === 1) plan.regularisers.inputNoise = random.uniform(0.4, 0.9);
      else plan.regularisers = { ...plan.regularisers, mixup: true, dropout: random.uniform(0.1, 0.3) };
    },
    finish(plan, random) {
      if (plan.batch >= 4) return;
      plan.batch = 16;
      settle(plan, random);
    },
  },
};
