/** A generator and a discriminator against each other, over a ring of points in the plane. */
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { TrainingTf } from '../network';
import { Random } from '../random';
import { bias, initialise, matrix, sizeOf, type Weight } from './architectures';
import { dense } from './mlp';
import { optimizer } from './optimizers';
import type { Plan } from './plan';
import { emptySeries, type TrainingRecord } from './record';

const NOISE = 4;
const RADIUS = 2;

type Result = Pick<TrainingRecord, 'log' | 'oracle' | 'evaluations' | 'plan' | 'classes'>;

export function trainGan(tf: TrainingTf, plan: Plan): Result {
  const random = new Random(plan.seed * 7 + 3);
  const modes = random.integer(4, 10);
  const generator = player(plan, NOISE, 2, random);
  const discriminator = player(plan, 2, 1, random);
  const [g, d] = [emptySeries(), emptySeries()];
  const noise = (): Float32Array => Float32Array.from({ length: plan.batch * NOISE }, () => random.normal());
  for (let evaluation = 1; evaluation <= plan.shown; evaluation++) {
    let [gLoss, dLoss] = [0, 0];
    for (let i = 0; i < plan.stepsPerEvaluation; i++) {
      const seed = noise();
      const real = ring(plan.batch, modes, random);
      dLoss += move(tf, discriminator, plan.lr, (weights) => {
        const points = run(
          tf,
          generator,
          tf.tensor1d(generator.values),
          tf.tensor2d(seed, [plan.batch, NOISE]),
        );
        const scores = run(
          tf,
          discriminator,
          weights,
          tf.concat([tf.tensor2d(real, [plan.batch, 2]), points]),
        );
        const [yes, no] = tf.split(scores, 2) as [Tensor, Tensor];
        return tf.add(tf.mean(tf.softplus(tf.neg(yes))), tf.mean(tf.softplus(no)));
      });
      gLoss += move(tf, generator, plan.lr, (weights) => {
        const points = run(tf, generator, weights, tf.tensor2d(noise(), [plan.batch, NOISE]));
        const scores = run(tf, discriminator, tf.tensor1d(discriminator.values), points);
        return tf.mean(tf.softplus(tf.neg(scores)));
      });
    }
    const x = plan.axis === 'epoch' ? evaluation : evaluation * plan.stepsPerEvaluation;
    g.x.push(x);
    g.y.push(gLoss / plan.stepsPerEvaluation);
    d.x.push(x);
    d.y.push(dLoss / plan.stepsPerEvaluation);
  }
  const log = { g_loss: g, d_loss: d };
  return {
    classes: null,
    evaluations: plan.shown,
    plan: plan.planned,
    log,
    oracle: { x: [], test: [], clean: [] },
  };
}

type Player = ReturnType<typeof player>;

function player(plan: Plan, inputs: number, outputs: number, random: Random) {
  const { width } = plan;
  const weights: Weight[] = [
    matrix(inputs, width, Math.SQRT2),
    bias(width),
    matrix(width, width, Math.SQRT2),
    bias(width),
    matrix(width, outputs),
    bias(outputs),
  ];
  const values = initialise(weights, random);
  return {
    weights,
    sizes: weights.map(sizeOf),
    values,
    rule: optimizer(plan.optimizer, values.length, plan.momentum),
  };
}

function run(tf: TrainingTf, { weights: shapes, sizes }: Player, flat: Tensor1D, input: Tensor): Tensor {
  const weights = tf.split(flat, sizes).map((part, i) => tf.reshape(part, shapes[i]!.shape));
  const pass = { tf, weights, drop: (x: Tensor) => x };
  return dense(pass, dense(pass, dense(pass, input, 0, true), 2, true), 4, false);
}

function move(tf: TrainingTf, who: Player, rate: number, lossOf: (weights: Tensor1D) => Tensor): number {
  return tf.tidy(() => {
    const both = tf.valueAndGrad((flat: Tensor) => lossOf(flat as Tensor1D) as Scalar);
    const { value, grad } = both(tf.tensor1d(who.values));
    who.rule.step(who.values, grad.dataSync<'float32'>(), rate);
    return value.dataSync()[0]!;
  });
}

function ring(count: number, modes: number, random: Random): Float32Array {
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * random.integer(0, modes - 1)) / modes;
    points[2 * i] = RADIUS * Math.cos(angle) + 0.15 * random.normal();
    points[2 * i + 1] = RADIUS * Math.sin(angle) + 0.15 * random.normal();
  }
  return points;
}
