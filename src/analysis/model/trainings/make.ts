import type { TrainingTf } from '../network';
import { Random } from '../random';
import { drawPlan } from './draw';
import { trainGan } from './gan';
import { train } from './loop';
import type { Plan } from './plan';
import { planOf } from './recipes';
import type { TrainingRecord } from './record';

const GANS = 0.025;

/** Everything about a training hangs on its seed alone. */
export function drawTraining(seed: number): Plan {
  const random = new Random(seed * 2654435761);
  return random.chance(GANS) ? ganPlan(seed, random) : planOf(seed, random);
}

function ganPlan(seed: number, random: Random): Plan {
  const kind = { task: 'gan', data: 'ring', architecture: 'mlp' } as const;
  const plan = drawPlan(seed, 'gan', kind, random);
  plan.optimizer = random.pick(['adam', 'adam', 'rmsprop']);
  plan.lr = random.logUniform(1e-4, 5e-3);
  plan.momentum = random.pick([0.5, 0.9]);
  plan.schedule = 'constant';
  plan.batch = random.pick([32, 64, 128]);
  plan.planned = Math.round(random.logUniform(10, 150));
  plan.shown = random.chance(0.35)
    ? Math.max(5, Math.round(plan.planned * random.uniform(0.15, 0.9)))
    : plan.planned;
  plan.total = plan.shown;
  plan.stepsPerEvaluation = Math.max(1, Math.round(random.uniform(250, 700) / plan.planned));
  plan.trainSize = plan.stepsPerEvaluation * plan.batch;
  return plan;
}

export const idOf = ({ data, architecture, seed }: Plan): string => `tfjs/${data}/${architecture}/${seed}`;

export function make(tf: TrainingTf, plan: Plan, limitSeconds: number): TrainingRecord {
  const result = plan.task === 'gan' ? trainGan(tf, plan) : train(tf, plan, limitSeconds);
  const { task, data, architecture, seed, recipe, axis } = plan;
  return {
    id: idOf(plan),
    framework: 'tfjs',
    data,
    architecture,
    seed,
    task,
    recipe,
    knobs: knobsOf(plan),
    axis,
    ...result,
  };
}

function knobsOf(plan: Plan): Record<string, unknown> {
  const { optimizer, lr, momentum, schedule, warmup, batch, trainSize, valSize, labelNoise, noisyVal } = plan;
  const { width, depth, activation, gain, stepsPerEvaluation, trainColumn, every } = plan;
  const { dead, pretraining, curriculum, resume, disturbances } = plan;
  return {
    ...{ optimizer, lr, momentum, schedule, warmup, batch, trainSize, valSize, labelNoise, noisyVal },
    ...{ width, depth, activation, gain, stepsPerEvaluation, trainColumn, every },
    regularisers: Object.fromEntries(Object.entries(plan.regularisers).filter(([, value]) => value)),
    ...{ dead, pretraining, curriculum, resume, disturbances },
  };
}
