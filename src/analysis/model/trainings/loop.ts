import type { TrainingTf } from '../network';
import { Random } from '../random';
import { Batches } from './batches';
import type { Problem, Samples } from './dataset';
import { Logbook } from './logbook';
import { Model } from './model';
import { norm, optimizer } from './optimizers';
import type { Plan } from './plan';
import { makeProblem, makeSplit } from './problems';
import type { TrainingRecord } from './record';
import { rateAt } from './schedules';

/** Evaluations after the first one that is not finite. */
const AFTER_OVERFLOW = 3;

/** A run that takes longer is dropped, not cut: its log would end for a reason that no training has. */
export class TooSlow extends Error {}

type Result = Pick<TrainingRecord, 'log' | 'oracle' | 'evaluations' | 'plan' | 'classes'>;

export function train(tf: TrainingTf, plan: Plan, limitSeconds: number): Result {
  const problem = makeProblem(plan);
  fitToScale(plan, problem);
  const model = new Model(tf, plan, problem, new Random(plan.seed * 7 + 3));
  try {
    return trainModel(model, plan, problem, limitSeconds);
  } finally {
    model.dispose();
  }
}

function trainModel(model: Model, plan: Plan, problem: Problem, limitSeconds: number): Result {
  const started = Date.now();
  const split = makeSplit(plan, problem);
  if (plan.dead === 'zero-init') model.weights.fill(0);
  pretrain(model, plan, problem, split.related);
  const batches = new Batches(plan, problem, split.train, new Random(plan.seed * 7 + 4));
  const update = updater(model, plan);
  const logbook = new Logbook(plan, problem.classes !== null);
  const oracle: Required<TrainingRecord['oracle']> = {
    x: [],
    test: [],
    clean: [],
    test_accuracy: [],
    clean_accuracy: [],
  };
  const checkpoints: (() => void)[] = [];
  let [done, step, end, shown] = [0, 0, plan.total, 0];
  // `done` counts on over a resume, `at` is where the training is.
  for (let at = 1; done < end; at++) {
    for (let i = 0; i < plan.stepsPerEvaluation; i++, step++) {
      const { loss, accuracy, gradient } = model.gradient(batches.next(step));
      const rate = rateAt(plan, step);
      const penalty = l2(model, plan);
      const size = update.step(gradient, rate);
      if (done < plan.shown)
        logbook.step({ step: step + 1, loss: loss + penalty, accuracy, rate, norm: size });
    }
    if (Date.now() - started > 1000 * limitSeconds) throw new TooSlow();
    const x = plan.axis === 'step' ? step : at - 1 + plan.firstEpoch;
    const [val, test, clean] = [split.val, split.test, split.clean].map((part) => model.evaluate(part));
    if (done < plan.shown) {
      logbook.evaluation(x, val!.loss + l2(model, plan), val!.accuracy);
      shown++;
    }
    oracle.x.push(x);
    oracle.test.push(test!.loss);
    oracle.clean.push(clean!.loss);
    oracle.test_accuracy.push(test!.accuracy);
    oracle.clean_accuracy.push(clean!.accuracy);
    done++;
    if (end === plan.total && !Number.isFinite(test!.loss))
      end = Math.min(end, Math.max(5, done + AFTER_OVERFLOW));
    checkpoints.push(update.save());
    if (plan.resume?.at === done) {
      at -= plan.resume.back;
      step = at * plan.stepsPerEvaluation;
      checkpoints[checkpoints.length - 1 - plan.resume.back]!();
      logbook.restart();
    }
    if (checkpoints.length > 8) checkpoints.shift();
  }
  const { x, test, clean } = oracle;
  return {
    classes: problem.classes,
    evaluations: shown,
    plan: plan.planned,
    log: logbook.log,
    oracle: problem.classes === null ? { x, test, clean } : oracle,
  };
}

/** Slopes of a squared error grow with the square of the values' scale; whoever trains has found the rate for it. */
function fitToScale(plan: Plan, problem: Problem): void {
  if (problem.loss !== 'squared') return;
  if (plan.optimizer === 'sgd' || plan.optimizer === 'momentum') {
    plan.lr *= 0.3 / problem.scale ** 2;
    plan.regularisers.weightDecay *= problem.scale ** 2 / 0.3;
  }
  plan.regularisers.clip *= problem.scale ** 2;
  plan.regularisers.l2 *= problem.scale ** 2;
}

function l2(model: Model, plan: Plan): number {
  const factor = plan.regularisers.l2;
  if (!factor) return 0;
  let sum = 0;
  model.weights.forEach((weight, i) => (sum += model.decays[i] ? weight * weight : 0));
  return factor * sum;
}

/** One step of the optimizer, with all that a plan does to the gradient. */
function updater(model: Model, plan: Plan) {
  const { weights, decays } = model;
  const rule = optimizer(plan.optimizer, weights.length, plan.momentum);
  const { weightDecay, l2: factor, clip } = plan.regularisers;
  // Only the last tenth learns: the output layer, or less.
  const frozen = plan.dead === 'frozen' ? Math.floor(0.97 * weights.length) : 0;
  return {
    step(gradient: Float32Array, rate: number): number {
      if (factor)
        for (let i = 0; i < weights.length; i++) if (decays[i]) gradient[i]! += 2 * factor * weights[i]!;
      const size = norm(gradient);
      const scale = (clip && size > clip ? clip / size : 1) * (plan.dead === 'sign' ? -1 : 1);
      if (scale !== 1) for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale;
      const kept = frozen ? weights.slice(0, frozen) : null;
      if (weightDecay)
        for (let i = 0; i < weights.length; i++) if (decays[i]) weights[i]! *= 1 - rate * weightDecay;
      rule.step(weights, gradient, rate);
      if (kept) weights.set(kept);
      return size;
    },
    save(): () => void {
      const [values, moments] = [weights.slice(), rule.save()];
      return () => {
        weights.set(values);
        moments();
      };
    },
  };
}

function pretrain(model: Model, plan: Plan, problem: Problem, samples: Samples): void {
  if (!plan.pretraining) return;
  const other: Plan = { ...plan, batch: 64, disturbances: [], curriculum: false, dead: null };
  const batches = new Batches(other, problem, samples, new Random(plan.seed * 7 + 5));
  const rule = optimizer('adam', model.weights.length, 0.9);
  for (let step = 0; step < plan.pretraining; step++) {
    rule.step(
      model.weights,
      model.gradient(batches.next(step)).gradient,
      4e-3 * (1 - step / plan.pretraining),
    );
  }
}
