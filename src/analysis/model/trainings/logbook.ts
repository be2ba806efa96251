import type { Plan } from './plan';
import { emptySeries, type Series } from './record';

export interface StepSeen {
  step: number;
  loss: number;
  accuracy: number;
  rate: number;
  norm: number;
}

const DECAY = 0.98;

/** Writes down what the user's log would hold, in the manner of the plan's train column. */
export class Logbook {
  private readonly series = new Map<string, Series>();
  private seen: StepSeen[] = [];
  private epochSum = 0;
  private epochCount = 0;
  private average = 0;

  constructor(
    private readonly plan: Plan,
    private readonly hasAccuracy: boolean,
  ) {}

  step(now: StepSeen): void {
    const { plan } = this;
    this.seen.push(now);
    this.epochSum += now.loss;
    this.epochCount++;
    this.average = DECAY * this.average + (1 - DECAY) * now.loss;
    if (plan.every && now.step % plan.every === 0) this.flush(now.step);
    const epoch = Math.ceil(plan.trainSize / plan.batch);
    if (this.epochCount >= epoch) this.epochSum = this.epochCount = 0;
  }

  evaluation(x: number, loss: number, accuracy: number): void {
    if (!this.plan.every) this.flush(x);
    if (this.plan.hide.val) return;
    this.add('val', x, loss);
    if (this.hasAccuracy && !this.plan.hide.accuracy) this.add('val_accuracy', x, accuracy);
  }

  /** A run that starts again from a checkpoint has forgotten what it had not logged. */
  restart(): void {
    this.seen = [];
    this.epochSum = this.epochCount = 0;
  }

  get log(): Record<string, Series> {
    return Object.fromEntries(this.series);
  }

  private flush(x: number): void {
    const { plan, seen } = this;
    const last = seen.at(-1);
    if (!last) return;
    const mean = (key: 'loss' | 'accuracy') => seen.reduce((sum, one) => sum + one[key], 0) / seen.length;
    const values = {
      mean: () => mean('loss'),
      last: () => last.loss,
      'saw-tooth': () => (this.epochCount ? this.epochSum / this.epochCount : last.loss),
      'from-zero': () => this.average,
    };
    this.add('train', x, values[plan.trainColumn]());
    if (this.hasAccuracy && !plan.hide.accuracy)
      this.add('train_accuracy', x, plan.trainColumn === 'last' ? last.accuracy : mean('accuracy'));
    if (!plan.hide.rate) this.add('learning_rate', x, last.rate);
    if (!plan.hide.norm) this.add('grad_norm', x, last.norm);
    this.seen = [];
  }

  private add(name: string, x: number, y: number): void {
    const series = this.series.get(name) ?? emptySeries();
    this.series.set(name, series);
    series.x.push(x);
    series.y.push(y);
  }
}
