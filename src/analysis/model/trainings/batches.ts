import type { Random } from '../random';
import type { Problem, Samples } from './dataset';
import type { Batch } from './model';
import { plannedSteps, type Plan } from './plan';

/** Share of a curriculum's plan in which only the easy first half of the samples is seen. */
const EASY = 0.5;

/** Hands out batches, each epoch in a new order, with the augmentation and the mishaps that the plan has. */
export class Batches {
  private order: number[] = [];
  private at = 0;
  private easy = true;

  constructor(
    private readonly plan: Plan,
    private readonly problem: Problem,
    private readonly samples: Samples,
    private readonly random: Random,
  ) {}

  next(step: number): Batch {
    const { plan, random } = this;
    const batch = this.gather(this.pick(step));
    let factor = plan.dead === 'constant-input' ? 0 : 1;
    for (const { kind, steps, factor: size } of plan.disturbances) {
      if (!steps.includes(step)) continue;
      if (kind === 'scaled-batch') factor *= size;
      else if (kind === 'broken-sample') factor = NaN;
      else batch.targets.forEach((_, i, all) => (all[i] = all[random.integer(0, all.length - 1)]!));
    }
    return { ...this.augment(batch), factor };
  }

  private pick(step: number): number[] {
    const { plan } = this;
    const easy = plan.curriculum && step < EASY * plannedSteps(plan);
    if (this.at >= this.order.length || easy !== this.easy) this.shuffle(easy);
    const rows = this.order.slice(this.at, this.at + plan.batch);
    this.at += rows.length;
    return rows;
  }

  private shuffle(easy: boolean): void {
    this.easy = easy;
    this.at = 0;
    const count = easy ? Math.ceil(this.samples.count / 2) : this.samples.count;
    this.order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.random.integer(0, i);
      [this.order[i], this.order[j]] = [this.order[j]!, this.order[i]!];
    }
  }

  private gather(rows: readonly number[]): Samples {
    const { width, targetsPer } = this.problem;
    const inputs = new Float32Array(rows.length * width);
    const targets = new Float32Array(rows.length * targetsPer);
    rows.forEach((row, i) => {
      inputs.set(this.samples.inputs.subarray(row * width, (row + 1) * width), i * width);
      targets.set(this.samples.targets.subarray(row * targetsPer, (row + 1) * targetsPer), i * targetsPer);
    });
    return { count: rows.length, inputs, targets };
  }

  private augment(batch: Samples): Samples & Pick<Batch, 'other' | 'share'> {
    const { inputNoise, mixup } = this.plan.regularisers;
    const { inputs, targets } = batch;
    if (this.problem.kind === 'tokens') return batch;
    if (inputNoise) for (let i = 0; i < inputs.length; i++) inputs[i]! += inputNoise * this.random.normal();
    if (!mixup || this.problem.classes === null) return batch;
    // Each sample is mixed with the one at the other end of the batch, which is in random order.
    const share = this.random.uniform(0.6, 1);
    const { width } = this.problem;
    const [mixed, other] = [inputs.slice(), targets.slice().reverse()];
    for (let i = 0; i < inputs.length; i++) {
      const partner = (batch.count - 1 - Math.floor(i / width)) * width + (i % width);
      mixed[i] = share * inputs[i]! + (1 - share) * inputs[partner]!;
    }
    return { ...batch, inputs: mixed, other, share };
  }
}
