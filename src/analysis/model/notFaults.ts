import type { Draft } from './draft';
import type { Recipe } from './faults';

/** Healthy runs that look odd: each of the symptom list's "not faults", and the plain one. */

const plain: Recipe = () => undefined;

/** The loss drops when the learning rate does. */
const lrDecayDrop: Recipe = (d) => {
  const at = d.random.uniform(0.4, 0.8);
  const drop = d.random.uniform(0.1, 0.5);
  scaleBoth(d, (t) => (t > at ? 1 - drop * (1 - Math.exp(-60 * (t - at))) : 1));
  d.lr = (t) => (t > at ? 0.01 : 0.1);
};

/** The learning rate jumps back to its peak a few times, and the loss with it. */
const warmRestart: Recipe = (d) => {
  const cycles = d.random.integer(2, 5);
  const jump = d.random.uniform(0.15, 0.6);
  const phase = (t: number) => (t >= 1 ? 1 : (t * cycles) % 1);
  const inFirst = (t: number) => t < 1 / cycles;
  scaleBoth(d, (t) => (inFirst(t) ? 1 : 1 + jump * Math.exp(-6 * phase(t))));
  d.lr = (t) => 0.1 * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * phase(t))));
  d.omit.lr = false;
};

/** Slow, then a fast gain while the rate goes to zero. */
const cosineTail: Recipe = (d) => {
  const gain = d.random.uniform(0.1, 0.3);
  scaleBoth(d, (t) => 1 - gain * 0.5 * (1 - Math.cos(Math.PI * t)));
  d.lr = (t) => 3e-4 * (0.001 + 0.999 * 0.5 * (1 + Math.cos(Math.PI * t)));
  d.omit.lr = false;
};

/** Killed and resumed from an older checkpoint: the step goes back a little. */
const resume: Recipe = (d) => {
  const share = d.random.uniform(0.4, 0.8);
  d.edits.push((p) => {
    repeat(p.trainStep, [p.trainT, p.trainStep, p.train, p.trainAccuracy, p.gradNorm], share);
    repeat(p.valStep, [p.valT, p.valStep, p.val, p.valAccuracy], share);
  });
};

/** A running mean that begins anew each epoch: a saw-tooth on the training loss. */
const sawTooth: Recipe = (d) => {
  const epochs = d.random.integer(4, 12);
  const depth = d.random.uniform(0.03, 0.12);
  const train = d.train;
  d.train = (t) => train(t) * (1 + depth * (1 - ((t * epochs) % 1)) * (t < 1 ? 1 : 0));
  d.trainPoints = Math.max(d.trainPoints, 30 * epochs);
};

/** LLM fine-tuning: flat within an epoch, a step down at each epoch's start, validation flat. */
const epochSteps: Recipe = (d) => {
  const epochs = d.random.integer(2, 4);
  const step = d.random.uniform(0.06, 0.15);
  const level = d.start * d.random.uniform(0.5, 0.9);
  const start = d.start;
  d.train = (t) =>
    (level + (start - level) * Math.exp(-40 * t)) * (1 - step * Math.min(epochs - 1, Math.floor(t * epochs)));
  d.val = (t) => level * (1.02 + 0.05 * Math.exp(-5 * t)) - 0.02 * level * Math.min(1, t * 1.5);
  d.trainPoints = Math.max(d.trainPoints, 150);
  d.valNoise = Math.min(d.valNoise, 0.004);
  d.evaluations = Math.min(d.evaluations, 20);
  d.lr = (t) => 2e-5 * Math.max(0.0005, 1 - t);
  d.omit = { accuracy: true, lr: false, val: d.omit.val };
};

/** Validation falls, rises, and falls again below its first minimum. */
const doubleDescent: Recipe = (d) => {
  const centre = d.random.uniform(0.25, 0.4);
  const width = d.random.uniform(0.05, 0.09);
  const height = d.random.uniform(0.15, 0.4);
  const val = d.val;
  d.val = (t) => val(t) * (1 + height * Math.exp(-(((t - centre) / width) ** 2)));
  d.visibleFrom = 0.75;
};

/** A harder data mix from some point on: a step up, then falling as before. */
const curriculum: Recipe = (d) => {
  const at = d.random.uniform(0.35, 0.65);
  const jump = d.random.uniform(0.15, 0.5);
  scaleBoth(d, (t) => (t > at ? 1 + jump * Math.exp(-2.5 * (t - at)) : 1));
  d.visibleFrom = 0.85;
};

/** One to three batches with a loss far out. */
const hardBatch: Recipe = (d) => {
  const { random } = d;
  d.edits.push((p) => {
    for (let n = random.integer(1, 3); n > 0; n--)
      p.train[random.integer(2, p.train.length - 2)]! *= random.uniform(2, 8);
  });
  d.trainPoints = Math.max(d.trainPoints, 60);
};

/** Each step logged by several ranks. */
const duplicateRanks: Recipe = (d) => {
  const ranks = d.random.integer(2, 8);
  d.trainPoints = Math.min(d.trainPoints, 300);
  d.edits.push((p) => {
    for (const column of [p.trainT, p.trainStep, p.trainAccuracy, p.gradNorm, p.train] as number[][]) {
      const noisy = column === p.train;
      const wide = column.flatMap((value) =>
        Array.from({ length: ranks }, () => (noisy ? value * (1 + 0.03 * d.random.normal()) : value)),
      );
      column.splice(0, column.length, ...wide);
    }
  });
};

/** A running average that starts at zero and climbs to the loss before it falls with it. */
const averageFromZero: Recipe = (d) => {
  const rate = d.random.uniform(60, 150);
  const train = d.train;
  d.train = (t) => train(t) * (1 - Math.exp(-rate * (t + 0.002)));
  d.trainPoints = Math.max(d.trainPoints, 100);
  d.trainNoise = Math.min(d.trainNoise, 0.02);
};

/** Converged early, noisy about a flat mean for the rest. */
const noisyFlat: Recipe = (d) => {
  const k = d.random.uniform(15, 40);
  const level = d.start * d.random.uniform(0.1, 0.5);
  const train = (t: number) => level + (d.start - level) * Math.exp(-k * t);
  const gap = d.random.uniform(0, 0.06) * level;
  d.train = train;
  d.val = (t) => train(t) + gap;
  d.trainNoise = d.random.uniform(0.05, 0.25);
  d.trainPoints = Math.max(d.trainPoints, 60);
  d.accuracyTop = Math.max(d.accuracyTop, 0.9);
};

/** Fine-tuning of a good model: starts low, gains little, and the schedule ends it. */
const fineTuning: Recipe = (d) => {
  const gain = d.random.uniform(0.1, 0.4);
  const train = (t: number) => d.start * (1 - gain * (1 - Math.exp(-7 * t)));
  d.train = train;
  d.val = (t) => train(t) * 1.02;
  d.accuracyStart = d.random.uniform(0.4, 0.6);
  d.accuracyTop = 1.5;
  d.lr = (t) => 5e-5 * Math.max(0.0005, 1 - t);
  d.omit.lr = false;
  d.visibleFrom = 0.92;
};

/** Long after convergence: validation flat, training creeping down, accuracy as good as ever. */
const converged: Recipe = (d) => {
  const level = d.start * d.random.uniform(0.08, 0.25);
  const low = d.random.uniform(0.6, 0.9);
  const k = d.random.uniform(6, 15);
  d.val = (t) => level + (d.start - level) * Math.exp(-k * t);
  d.train = (t) => level * (1 - (1 - low) * t) + (d.start - level) * Math.exp(-k * t);
  d.accuracyTop = Math.max(d.accuracyTop, 0.9);
};

function scaleBoth(d: Draft, factor: (t: number) => number): void {
  const { train, val } = d;
  d.train = (t) => train(t) * factor(t);
  d.val = (t) => val(t) * factor(t);
}

/** Repeats a twentieth of the points at `share`, as a job does that restarts from its last checkpoint. */
function repeat(steps: number[], columns: number[][], share: number): void {
  const at = Math.floor(share * steps.length);
  const back = Math.max(1, Math.floor(0.05 * steps.length));
  if (at - back < 2) return;
  for (const column of columns) column.splice(at, 0, ...column.slice(at - back, at));
}

export const notFaults = {
  plain,
  lrDecayDrop,
  warmRestart,
  cosineTail,
  resume,
  sawTooth,
  epochSteps,
  doubleDescent,
  curriculum,
  hardBatch,
  duplicateRanks,
  averageFromZero,
  noisyFlat,
  fineTuning,
  converged,
} as const;
