/** How long a training is: drawn first, then cut down until it fits the time that a run may take. */
import type { Random } from '../random';
import type { Range } from './draw';
import { plannedSteps, type Plan } from './plan';

export interface Size {
  samples: Range;
  /** Steps of the whole plan. */
  steps: Range;
  evaluations: Range;
}

/** Most seconds that a run is expected to take. Slow networks have more, or they would hardly learn. */
const SECONDS = { mlp: 1.7, cnn: 2.6, rnn: 4, gru: 4.5, transformer: 4 };
/** A log of very many evaluations cannot be had for less. */
const LONG_SECONDS = 7;
const MANY = 500;
/** Nor can what these recipes are about be seen in a short run. */
const PATIENT: Record<string, number> = {
  'double-descent': 9,
  'too-big': 4.5,
  converged: 3.5,
  'noisy-flat': 3,
};
const LONG = 60;
/** Points that a log shows at most. */
const POINTS = 2000;

export function drawSize(plan: Plan, size: Size, random: Random): void {
  const long = plan.architecture === 'mlp' && random.chance(0.08) && size.evaluations[1] >= 200;
  plan.trainSize = Math.round(random.logUniform(...size.samples));
  const steps = random.logUniform(...size.steps);
  plan.planned = Math.round(long ? random.logUniform(MANY, 2000) : random.logUniform(...size.evaluations));
  if (long) {
    plan.axis = 'step';
    plan.width = Math.min(plan.width, 32);
    plan.valSize = Math.min(plan.valSize, 300);
  }
  if (plan.axis === 'epoch') {
    const wanted = (plan.trainSize * plan.planned) / steps;
    plan.batch = 2 ** Math.min(8, Math.max(0, Math.round(Math.log2(wanted))));
  } else {
    plan.batch = 2 ** random.integer(plan.trainSize < 500 ? 3 : 5, plan.trainSize < 500 ? 5 : 7);
    plan.stepsPerEvaluation = Math.max(1, Math.round(steps / plan.planned));
  }
  settle(plan, random, size.samples[0]);
}

/** Steps between evaluations, how much is shown, and all of it within the time. */
export function settle(plan: Plan, random: Random, fewestSamples = plan.trainSize): void {
  const cut = plan.resume || plan.planned < 8 || !random.chance(0.42) ? 1 : random.uniform(0.15, 0.9);
  const limit = Math.max(
    plan.planned >= MANY ? LONG_SECONDS : SECONDS[plan.architecture],
    PATIENT[plan.recipe] ?? 0,
  );
  for (;;) {
    plan.batch = Math.min(plan.batch, plan.trainSize);
    if (plan.axis === 'epoch') plan.stepsPerEvaluation = Math.ceil(plan.trainSize / plan.batch);
    plan.shown = cut === 1 ? plan.planned : Math.max(5, Math.round(cut * plan.planned));
    const longer = plan.shown <= LONG ? 2.5 : 1.5;
    plan.total = Math.ceil(Math.max(plan.planned, longer * plan.shown));
    if (seconds(plan) <= limit || plan.planned <= 5) break;
    if (plan.axis === 'step' && plan.stepsPerEvaluation > 4) plan.stepsPerEvaluation--;
    else if (
      plan.axis === 'epoch' &&
      plan.trainSize > 1.1 * fewestSamples &&
      random.chance(plan.planned < 30 ? 0.6 : 0.3)
    )
      plan.trainSize = Math.floor(0.9 * plan.trainSize);
    else plan.planned = Math.max(5, Math.floor(0.9 * plan.planned));
  }
  if (plan.axis === 'step' && !plan.every) {
    const fewest = Math.ceil((plan.shown * plan.stepsPerEvaluation) / POINTS);
    plan.every = Math.max(fewest, random.pick([1, 1, 2, 5, 10].filter((k) => k <= plan.stepsPerEvaluation)));
    plan.trainColumn = random.pick(['last', 'mean']);
  }
}

/** Estimated from measurements on one core: operations cost by their number, big ones by their size. */
function seconds(plan: Plan): number {
  const { architecture, width, depth, batch } = plan;
  const overhead = { mlp: 0.0018, cnn: 0.0035, rnn: 0.007, gru: 0.016, transformer: 0.007 }[architecture];
  const products = {
    mlp: width * (20 + width * (depth - 1)) + 200,
    cnn: depth * 144 * 9 * width,
    rnn: 10 * width * (width + 40),
    gru: 30 * width * (width + 20),
    transformer: 10 * width * width * 8 * depth,
  }[architecture];
  const step = overhead + (batch * products * 6) / 8e9;
  const evaluation = 1.2 * overhead + ((1300 + plan.valSize) * products * 2) / 8e9;
  return (plan.total / plan.planned) * plannedSteps(plan) * step + plan.total * evaluation;
}
