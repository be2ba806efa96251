import type { Draft } from './draft';
import { shapeOf } from './shapes';

/** Turns a healthy draft into a run with one fault. */
export type Recipe = (draft: Draft) => void;

/** Validation turns at some point and rises while training goes on falling. */
const valRises: Recipe = (d) => {
  const { random } = d;
  const turn = random.uniform(0.04, 0.65);
  const rise = random.logUniform(0.15, 3);
  const power = random.uniform(0.6, 1.6);
  const held = d.val;
  const best = held(turn);
  const drop = random.uniform(0.2, 0.9);
  const train = d.train;
  d.train = (t) => train(t) * (t > turn ? 1 - drop * ((t - turn) / (1 - turn)) ** 0.7 : 1);
  d.val = (t) => (t <= turn ? held(t) : best * (1 + rise * ((t - turn) / (1 - turn)) ** power));
  const mood = random.pick(['falls', 'holds', 'derived'] as const);
  const top = d.accuracyTop * random.uniform(0.6, 0.95);
  if (mood !== 'derived') {
    const fall = mood === 'falls' ? random.uniform(0.03, 0.15) : 0;
    d.valAccuracy = (t) => {
      const climbed = d.accuracyStart + (top - d.accuracyStart) * (1 - Math.exp(-6 * Math.min(t / turn, 4)));
      return climbed - (t > turn ? (fall * (t - turn)) / (1 - turn) : 0);
    };
  }
  d.valNoise = Math.min(d.valNoise, 0.25 * rise);
  d.needs.val = true;
  d.healthyUntil = turn;
  // Visible when the rise is 8 %.
  d.visibleFrom = Math.min(1, turn + (1 - turn) * Math.max((0.08 / rise) ** (1 / power), 0.15));
};

/** Validation goes flat early, training falls on to a small part of it. */
const wideGap: Recipe = (d) => {
  const { random } = d;
  const turn = random.uniform(0.08, 0.3);
  const train = d.train;
  const level = train(turn);
  const held = d.val;
  const creep = random.uniform(0.05, 0.12);
  d.train = (t) => (t <= turn ? train(t) : level * Math.exp(-sinceTurn(t, turn) * 3.5));
  d.val = (t) => (t <= turn ? held(t) : held(turn) * (1 + creep * ((t - turn) / (1 - turn))));
  d.valNoise = Math.min(d.valNoise, 0.02);
  d.evaluations = Math.max(d.evaluations, 25);
  d.valAccuracy = (t) =>
    d.accuracyTop * (0.75 - 0.06 * sinceTurn(t, turn)) * (1 - Math.exp(-8 * Math.min(1, t / turn)));
  d.needs.val = true;
  d.healthyUntil = turn;
  d.visibleFrom = Math.min(1, turn + 0.55);
};

function sinceTurn(t: number, turn: number): number {
  return Math.max(0, (t - turn) / (1 - turn));
}

/** The loss stays where it began, or at chance level. */
const neverLearned: Recipe = (d) => {
  const { random } = d;
  const gain = random.uniform(0, 0.015);
  const train = (t: number) => d.start * (1 - gain * (1 - Math.exp(-5 * t)));
  const offset = random.uniform(-0.01, 0.01) * d.start;
  d.train = train;
  d.val = (t) => train(t) + offset;
  d.trainNoise = Math.min(d.trainNoise, 0.05);
  d.valNoise = Math.min(d.valNoise, 0.02);
  const guess = d.accuracyStart * random.uniform(0.9, 1.2);
  d.accuracyTop = guess;
  d.accuracyStart = guess;
  d.lr = random.chance(0.7) ? () => 1e-3 : d.lr;
};

/** A quick first gain, then flat and poor with the learning rate still up. */
const plateau: Recipe = (d) => {
  const { random } = d;
  const gain = random.uniform(0.06, 0.28);
  const shape = shapeOf('exponential', random.uniform(12, 40), random);
  const train = (t: number) => d.start * (1 - gain * (1 - shape(t)));
  const gap = random.uniform(-0.02, 0.03) * d.start;
  d.train = train;
  d.val = (t) => train(t) + gap * (1 - shape(t));
  d.accuracyTop = random.uniform(0.15, 0.5) / gain;
  d.accuracyStart = Math.min(d.accuracyStart, 0.1);
  d.lr = () => 1e-3;
  d.trainNoise = Math.min(d.trainNoise, 0.04);
  d.trainPoints = Math.max(d.trainPoints, 20);
  d.visibleFrom = 0.5;
};

/** Stopped while falling fast. */
const tooShort: Recipe = (d) => {
  const { random } = d;
  const speed = random.uniform(0.5, 1.2);
  const train = (t: number) => d.start * (0.1 + 0.9 * Math.exp(-speed * t * (1 + 0.3 * t)));
  const gap = random.uniform(0, 0.03) * d.start;
  d.train = train;
  d.val = (t) => train(t) + gap * t;
  d.lr = () => 1e-4;
  d.valNoise = Math.min(d.valNoise, 0.008);
  d.trainNoise = Math.min(d.trainNoise, 0.02);
  d.accuracyTop = random.uniform(0.5, 0.85);
  d.trainPoints = Math.max(d.trainPoints, 15);
  d.evaluations = Math.max(d.evaluations, 12);
  d.status = 'finished';
  d.visibleFrom = 1;
  d.healthyUntil = 0;
};

/** NaN from some point on, sometimes only for a while, sometimes hidden as 0 with a NaN gradient norm. */
const becomesNaN: Recipe = (d) => {
  const at = d.random.uniform(0.02, 0.9);
  const kind = d.random.pick(['stays', 'stays', 'masked', 'patch'] as const);
  if (kind === 'masked') d.gradNorm = true;
  d.healthyUntil = at;
  d.visibleFrom = Math.min(1, at + 0.1);
  d.edits.push((p) => {
    const end = kind === 'patch' ? at + 0.08 : 2;
    p.trainT.forEach((t, i) => {
      if (t < at || t > end) return;
      p.train[i] = kind === 'masked' ? 0 : Number.NaN;
      p.gradNorm[i] = Number.NaN;
    });
    p.valT.forEach((t, i) => {
      if (t >= at && t <= end) p.val[i] = Number.NaN;
    });
  });
};

/** The loss climbs away, to chance level or far beyond. */
const diverges: Recipe = (d) => {
  const { random } = d;
  const at = random.uniform(0.08, 0.75);
  const train = d.train;
  const from = train(at);
  const to = Math.max(from * random.logUniform(2.5, 30), random.chance(0.5) ? d.start : 0);
  const width = random.uniform(0.01, 0.1);
  const lost = (t: number) => (t <= at ? train(t) : from + (to - from) * (1 - Math.exp(-(t - at) / width)));
  d.train = lost;
  const val = d.val;
  d.val = (t) => (t <= at ? val(t) : val(at) + lost(t) - from);
  d.trainPoints = Math.max(d.trainPoints, 16);
  d.healthyUntil = at;
  d.visibleFrom = Math.min(1, at + 0.2);
};

/** High spikes that need time to come down; or one that never quite does. */
const spikes: Recipe = (d) => {
  const { random } = d;
  const lingers = random.chance(0.3);
  const count = lingers ? 1 : random.integer(3, 7);
  const times = Array.from({ length: count }, () => random.uniform(0.2, lingers ? 0.6 : 0.92)).sort(
    (a, b) => a - b,
  );
  const height = random.uniform(1.5, 5);
  const width = random.uniform(0.012, 0.03);
  const train = d.train;
  const bump = (t: number) => {
    let sum = 0;
    for (const at of times) {
      if (t < at) continue;
      sum += height * train(at) * Math.exp(-(t - at) / width) + (lingers ? 0.45 * height * train(at) : 0);
    }
    return sum;
  };
  const val = d.val;
  d.train = (t) => train(t) + bump(t);
  d.val = (t) => val(t) + bump(t);
  d.trainPoints = Math.max(d.trainPoints, 400);
  d.trainNoise = Math.min(d.trainNoise, 0.06);
  d.omit.lr = false;
  d.healthyUntil = times[0]!;
  d.visibleFrom = Math.min(1, times.at(-1)! + 0.06);
};

/** Swings from one evaluation to the next, far beyond noise, in training and validation. */
const oscillates: Recipe = (d) => {
  const { random } = d;
  const amplitude = random.uniform(0.35, 0.9);
  const base = d.start * random.uniform(0.4, 0.9);
  d.train = () => base;
  d.val = () => base * 1.05;
  d.trainNoise = amplitude;
  d.valNoise = amplitude;
  d.accuracyTop *= 0.7;
};

export const faults = {
  overfitting: { valRises, wideGap },
  underfitting: { neverLearned, plateau, tooShort },
  unstable: { becomesNaN, diverges, spikes, oscillates },
} as const;
