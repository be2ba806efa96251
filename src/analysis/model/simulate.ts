import type { MetricIdentity } from '../../formats/metricName';
import type { Run } from '../../runs/run';
import { Series } from '../../runs/series';
import { healthyDraft, type Draft, type Points } from './draft';
import { faults, type Recipe } from './faults';
import { notFaults } from './notFaults';
import { Random } from './random';
import type { ShapeFamily } from './shapes';

/** A made-up run and the truth about it. */
export interface Simulated {
  run: Run;
  label: Draft['label'];
  recipe: string;
  family: ShapeFamily;
}

export interface SimulateOptions {
  seed: number;
  family: ShapeFamily;
  label: Draft['label'];
  /** Name of a recipe of that label; random when missing. */
  recipe?: string;
  /** Whole runs only; by default two in five are prefixes. */
  whole?: boolean;
}

/** Recipes of a label by name. */
export function recipesOf(label: Draft['label']): Record<string, Recipe> {
  return label === 'healthy' ? notFaults : faults[label];
}

/** Makes up one run. The same options give the same run. */
export function simulate(options: SimulateOptions): Simulated {
  const random = new Random(options.seed * 2654435761);
  const recipes = recipesOf(options.label);
  const recipe = options.recipe ?? random.pick(Object.keys(recipes));
  const draft = healthyDraft(random, options.family, options.label);
  recipes[recipe]!(draft);
  if (draft.needs.val) draft.omit.val = false;
  const cut = cutOf(draft, options.whole ?? false);
  const label = cut < draft.healthyUntil ? 'healthy' : options.label;
  const points = sample(draft);
  for (const edit of draft.edits) edit(points);
  return { run: toRun(draft, points, cut, options), label, recipe, family: options.family };
}

/** Where the prefix ends: 1 for a whole run; never where the label is neither visible nor absent. */
function cutOf(draft: Draft, whole: boolean): number {
  const { random } = draft;
  if (whole || !random.chance(0.4) || draft.visibleFrom >= 1) {
    draft.status = draft.label === 'healthy' && random.chance(0.3) ? 'unknown' : draft.status;
    return 1;
  }
  draft.status = random.chance(0.8) ? 'running' : 'unknown';
  const early = draft.healthyUntil < 1 && draft.healthyUntil > 0.3 && random.chance(0.25);
  return early ? random.uniform(0.25, 0.85) * draft.healthyUntil : random.uniform(draft.visibleFrom, 1);
}

function sample(d: Draft): Points {
  const { random } = d;
  const noisy = (value: number, noise: number) => value * Math.max(0.05, 1 + noise * random.normal());
  const accuracy = (loss: number) => {
    const learned = Math.max(0, Math.min(1, 1 - loss / d.start));
    const value = d.accuracyStart + (d.accuracyTop - d.accuracyStart) * learned;
    return Math.max(0, Math.min(1, value + 0.004 * random.normal()));
  };
  const perEpoch = d.trainPoints === d.evaluations;
  const stride = perEpoch ? 1 : random.pick([1, 10, 50, 100]);
  const every = Math.max(1, Math.round(d.trainPoints / d.evaluations));
  const p: Points = {
    trainT: [],
    trainStep: [],
    train: [],
    trainAccuracy: [],
    gradNorm: [],
    valT: [],
    valStep: [],
    val: [],
    valAccuracy: [],
  };
  for (let i = 0; i < d.trainPoints; i++) {
    const t = i / Math.max(1, d.trainPoints - 1);
    const loss = d.train(t);
    p.trainT.push(t);
    p.trainStep.push(i * stride);
    p.train.push(noisy(loss, d.trainNoise));
    p.trainAccuracy.push(accuracy(loss));
    p.gradNorm.push(noisy(1, 0.2));
    if ((i + 1) % every !== 0) continue;
    const value = d.val(t);
    p.valT.push(t);
    p.valStep.push(i * stride);
    p.val.push(noisy(value, d.valNoise));
    p.valAccuracy.push(
      d.valAccuracy ? Math.max(0, Math.min(1, d.valAccuracy(t) + 0.004 * random.normal())) : accuracy(value),
    );
  }
  return p;
}

function toRun(d: Draft, p: Points, cut: number, options: SimulateOptions): Run {
  // Any unit: the loss may be a sum over pixels or a mean in bits.
  const unit = d.random.logUniform(1e-2, 1e3);
  const percent = d.random.chance(0.5) ? 100 : 1;
  const list: Series[] = [];
  let line = 1;
  const write = (
    identity: MetricIdentity,
    t: number[],
    steps: number[],
    values: number[],
    factor: number,
  ) => {
    const s = new Series(identity.split === 'val' ? `val_${identity.name}` : identity.name, identity);
    values.forEach((value, i) => {
      if (t[i]! <= cut) s.append(steps[i]!, value * factor, Number.NaN, Number.NaN, line++);
    });
    if (s.length > 0) list.push(s);
  };
  const loss = { name: 'loss', direction: 'lower', unit: null } as const;
  const accuracy = { name: 'accuracy', direction: 'higher', unit: null } as const;
  // Some scripts print nothing but their evaluations.
  const valOnly =
    !d.omit.val && !d.needs.val && d.edits.length === 0 && p.val.length >= 8 && d.random.chance(0.12);
  if (!valOnly) write({ ...loss, split: 'train' }, p.trainT, p.trainStep, p.train, unit);
  if (!d.omit.val) write({ ...loss, split: 'val' }, p.valT, p.valStep, p.val, unit);
  if (!d.omit.accuracy)
    write({ ...accuracy, split: 'train' }, p.trainT, p.trainStep, p.trainAccuracy, percent);
  if (!d.omit.accuracy && !d.omit.val) {
    write({ ...accuracy, split: 'val' }, p.valT, p.valStep, p.valAccuracy, percent);
  }
  const plain = { direction: 'none', unit: null } as const;
  if (!d.omit.lr) {
    const lr = p.trainT.map((t) => d.lr(t));
    write({ ...plain, name: 'learning_rate', split: null }, p.trainT, p.trainStep, lr, 1);
  }
  if (d.gradNorm) write({ ...plain, name: 'grad_norm', split: null }, p.trainT, p.trainStep, p.gradNorm, 1);
  return {
    id: `simulated-${options.seed}`,
    path: `simulated/${options.family}/${options.seed}`,
    format: 'simulated',
    series: list,
    status: d.status,
    context: new Map(),
    skipped: { lines: 0, first: null },
  };
}
