import { Random } from '../random';
import { harden, noiseLabels, shift, shuffleTargets, type Problem, type Samples } from './dataset';
import { images } from './images';
import type { Plan } from './plan';
import { pointCloud } from './pointClouds';
import { regression } from './regression';
import { sequence, text } from './tokens';

const TEST_SIZE = 1000;
const CLEAN_SIZE = 300;

export interface Split {
  train: Samples;
  val: Samples;
  test: Samples;
  /** A fixed part of the training set, with the labels it trains on. */
  clean: Samples;
  /** Of the related task, for a network that is fine-tuned. */
  related: Samples;
}

export function makeProblem(plan: Plan): Problem {
  const random = new Random(plan.seed * 7 + 1);
  switch (plan.task) {
    case 'regression':
      return regression(plan.data, random);
    case 'language':
      return text(
        random,
        plan.architecture === 'mlp' ? 4 : random.integer(6, 10),
        plan.architecture !== 'mlp',
      );
    case 'sequence':
      return sequence(plan.data, random);
    case 'classification':
    case 'gan':
      return plan.data === 'images' ? images(random) : pointCloud(plan.data, random);
  }
}

export function makeSplit(plan: Plan, problem: Problem): Split {
  const random = new Random(plan.seed * 7 + 2);
  const train = problem.draw(plan.trainSize, random);
  const val = problem.draw(plan.valSize, random);
  const test = problem.draw(TEST_SIZE, random);
  const related = problem.draw(plan.pretraining ? 4000 : 1, random);
  if (plan.pretraining) shift(related, problem, random);
  if (plan.curriculum) for (const part of [train, val, test]) harden(part, problem, 0.5, random);
  if (plan.labelNoise) noiseLabels(train, problem, plan.labelNoise, random);
  if (plan.labelNoise && plan.noisyVal) noiseLabels(val, problem, plan.labelNoise, random);
  if (plan.dead === 'shuffled-labels') for (const part of [train, val, test]) shuffleTargets(part, random);
  const count = Math.min(CLEAN_SIZE, train.count);
  // Every so many samples, so that a curriculum's hard half has its part.
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * train.count) / count));
  const take = (from: Float32Array, per: number) =>
    Float32Array.from(rows.flatMap((row) => [...from.subarray(row * per, (row + 1) * per)]));
  const clean = {
    count,
    inputs: take(train.inputs, problem.width),
    targets: take(train.targets, problem.targetsPer),
  };
  return { train, val, test, clean, related };
}
