import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { TrainingTf } from '../network';
import type { Random } from '../random';
import { buildNetwork, decayMask, initialise, sizeOf, type Network } from './architectures';
import type { Problem, Samples } from './dataset';
import { outcome, type Outcome } from './losses';
import type { Plan } from './plan';

export interface Batch extends Samples {
  other?: Float32Array;
  share?: number;
  /** Multiplies what the network is given; NaN for a broken sample. */
  factor: number;
}

/** A network with its weights in one flat array: one tensor goes in, one gradient comes out. */
export class Model {
  readonly weights: Float32Array;
  readonly decays: Uint8Array;
  private readonly network: Network;
  private readonly sizes: number[];
  /** Inputs that are evaluated again and again. */
  private readonly encoded = new Map<Samples, Tensor>();

  constructor(
    private readonly tf: TrainingTf,
    private readonly plan: Plan,
    private readonly problem: Problem,
    private readonly random: Random,
  ) {
    this.network = buildNetwork(plan, problem);
    this.sizes = this.network.weights.map(sizeOf);
    this.weights = initialise(this.network.weights, random);
    this.decays = decayMask(this.network.weights);
  }

  /** Loss of a batch in train mode, and its gradient. */
  gradient(batch: Batch): Outcome & { gradient: Float32Array } {
    const { tf, problem } = this;
    const drop = (x: Tensor): Tensor => this.drop(x);
    const truth = {
      ...batch,
      targets: this.inOrder(batch.targets),
      ...(batch.other && { other: this.inOrder(batch.other) }),
    };
    let seen: Outcome | null = null;
    const slope = tf.tidy(() => {
      const input = this.encode(batch);
      const lossOf = tf.customGrad((outputs) => {
        const { shape } = outputs as Tensor;
        const values = (outputs as Tensor).dataSync<'float32'>();
        const result = outcome(problem, values, truth, this.plan.regularisers.labelSmoothing, true);
        seen = result;
        return { value: tf.scalar(result.loss), gradFunc: () => tf.tensor(result.slope, shape) };
      });
      return tf.grad((flat: Tensor) => lossOf(this.forward(flat as Tensor1D, input, batch.count, drop)))(
        tf.tensor1d(this.weights),
      );
    });
    const gradient = slope.dataSync<'float32'>();
    slope.dispose();
    return { ...seen!, gradient };
  }

  /** Loss and accuracy in eval mode. */
  evaluate(samples: Samples): Outcome {
    let input = this.encoded.get(samples);
    if (!input) this.encoded.set(samples, (input = this.encode({ ...samples, factor: 1 })));
    const tensor = this.tf.tidy(() =>
      this.forward(this.tf.tensor1d(this.weights), input, samples.count, (x) => x),
    );
    const outputs = tensor.dataSync<'float32'>();
    tensor.dispose();
    return outcome(this.problem, outputs, { targets: this.inOrder(samples.targets) }, 0, false);
  }

  dispose(): void {
    for (const input of this.encoded.values()) input.dispose();
  }

  private forward(flat: Tensor1D, input: Tensor, batch: number, drop: (x: Tensor) => Tensor): Tensor {
    const weights = this.tf.split(flat, this.sizes).map((part, i): Tensor => {
      const { shape } = this.network.weights[i]!;
      return shape.length === 1 ? part : this.tf.reshape(part, shape);
    });
    return this.network.forward({ tf: this.tf, weights, drop }, input, batch);
  }

  private drop(x: Tensor): Tensor {
    const rate = this.plan.regularisers.dropout;
    if (!rate) return x;
    const mask = new Float32Array(x.size);
    for (let i = 0; i < mask.length; i++) mask[i] = this.random.next() < rate ? 0 : 1 / (1 - rate);
    return this.tf.mul(x, this.tf.tensor(mask, x.shape));
  }

  private encode({ count, inputs, factor }: Batch): Tensor {
    const { width, kind, vocabulary } = this.problem;
    if (kind !== 'tokens') {
      const values = factor === 1 ? inputs : inputs.map((value) => value * factor);
      return this.tf.tensor2d(values, [count, width]);
    }
    const hot = new Float32Array(inputs.length * vocabulary);
    for (let i = 0; i < inputs.length; i++) hot[this.row(i, width, count) * vocabulary + inputs[i]!] = factor;
    return this.tf.tensor2d(hot, [inputs.length, vocabulary]);
  }

  private inOrder(targets: Float32Array): Float32Array {
    const per = this.problem.targetsPer;
    if (per === 1 || !this.network.timeMajor) return targets;
    const ordered = new Float32Array(targets.length);
    targets.forEach((target, i) => (ordered[this.row(i, per, targets.length / per)] = target));
    return ordered;
  }

  private row(i: number, length: number, count: number): number {
    return this.network.timeMajor ? (i % length) * count + Math.floor(i / length) : i;
  }
}
