import type { Label } from '../diagnosis';
import type { Random } from './random';
import { shapeOf, type ShapeFamily } from './shapes';

/** A run while it is being made up. Time runs from 0 to 1 over the planned run. */
export interface Draft {
  readonly random: Random;
  readonly label: Exclude<Label, 'undetermined'>;
  /** Loss at the start, and the lowest that can be reached. */
  start: number;
  floor: number;
  train: (t: number) => number;
  val: (t: number) => number;
  lr: (t: number) => number;
  /** Accuracies are derived from the losses unless given. */
  valAccuracy: ((t: number) => number) | null;
  /** Accuracy when the loss is 0, and at the start. */
  accuracyTop: number;
  accuracyStart: number;
  trainPoints: number;
  evaluations: number;
  /** Relative noise of one point. */
  trainNoise: number;
  valNoise: number;
  /** Earliest time from which the label can be seen; prefixes are cut after it. */
  visibleFrom: number;
  /** A prefix before this time is a healthy run. */
  healthyUntil: number;
  /** Channels that must be logged for the label to be visible, and those that are never. */
  needs: { val: boolean };
  omit: { accuracy: boolean; lr: boolean; val: boolean };
  /** Edits of the sampled points, in order. */
  edits: ((points: Points) => void)[];
  status: 'running' | 'finished' | 'unknown';
  gradNorm: boolean;
}

/** Sampled columns, to be written as series. */
export interface Points {
  trainT: number[];
  trainStep: number[];
  train: number[];
  trainAccuracy: number[];
  gradNorm: number[];
  valT: number[];
  valStep: number[];
  val: number[];
  valAccuracy: number[];
}

/** A run in good health: converging, with a bounded gap. */
export function healthyDraft(random: Random, family: ShapeFamily, label: Draft['label']): Draft {
  const classes = random.pick([2, 10, 10, 100, 1000, 32000]);
  const start = random.chance(0.6)
    ? Math.log(classes) * random.uniform(0.95, 1.25)
    : random.logUniform(0.3, 30);
  const floor =
    start * random.pick([random.uniform(0.005, 0.1), random.uniform(0.05, 0.3), random.uniform(0.25, 0.5)]);
  const shape = shapeOf(family, random.uniform(3.5, 12), random);
  const gap = random.uniform(-0.02, 0.12) * start;
  const train = (t: number) => floor + (start - floor) * shape(t);
  const steps = random.chance(0.5);
  const trainPoints = steps
    ? Math.round(random.logUniform(60, 2500))
    : Math.round(random.logUniform(10, 250));
  return {
    random,
    label,
    start,
    floor,
    train,
    val: (t) => Math.max(train(t) + gap * (1 - shape(t)), 0.2 * floor),
    lr: schedule(random),
    valAccuracy: null,
    // Healthy runs end above 0.65, whatever floor their loss has.
    accuracyTop: random.uniform(0.7, 1) / (1 - floor / start),
    accuracyStart: 1 / Math.min(classes, 1000),
    trainPoints,
    evaluations: steps ? Math.round(random.logUniform(8, 80)) : trainPoints,
    trainNoise: steps ? random.logUniform(0.005, 0.12) : random.logUniform(0.002, 0.03),
    valNoise: random.logUniform(0.002, 0.05),
    visibleFrom: 0.3,
    healthyUntil: label === 'healthy' ? 1 : 0,
    needs: { val: false },
    omit: { accuracy: random.chance(0.5), lr: random.chance(0.5), val: random.chance(0.2) },
    edits: [],
    status: 'finished',
    gradNorm: random.chance(0.3),
  };
}

function schedule(random: Random): (t: number) => number {
  const peak = random.logUniform(1e-5, 0.1);
  const warmup = random.pick([0, 0, 0.02, 0.05]);
  const kind = random.pick(['constant', 'cosine', 'linear', 'steps'] as const);
  return (t) => {
    if (t < warmup) return peak * (0.01 + (0.99 * t) / warmup);
    switch (kind) {
      case 'constant':
        return peak;
      case 'cosine':
        return peak * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, t))));
      case 'linear':
        return peak * Math.max(0.001, 1 - t);
      case 'steps':
        return peak * 0.1 ** Math.floor(t * 3);
    }
  };
}
