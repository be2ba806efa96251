import type { Run } from '../../runs/run';
import { LABELS } from '../classifier';
import { features } from '../features';
import { viewRun } from '../pairing';
import { makeRuns } from './dataset';
import { runOf, type History } from './history';
import { truthOf, type Truth } from './oracle';
import { hash, partsOf, programOf, type Part } from './programs';
import { Random } from './random';
import type { ShapeFamily } from './shapes';

/** One run, or the beginning of one, with the truth about it. */
export interface Example {
  run: Run;
  label: Truth['label'];
  recipe: string;
  /** Data set and architecture of a real training, curve family of a simulated one. */
  program: string;
  /** How much it counts in training. */
  weight: number;
  real: { history: History; truth: Truth; seen: number } | null;
}

/** Beginnings of each history that are examples too, for a verdict on a run that goes on. */
const PREFIXES = 3;
/** Real trainings are fewer than simulated ones and count as much together. */
const REAL_WEIGHT = 1.5;
/** A beginning is a third of an example: all beginnings of a run together are one run. */
const PREFIX_WEIGHT = REAL_WEIGHT / PREFIXES;
/** A beginning needs as many evaluations as the shortest verdict does. */
const SHORTEST = 8;

/** Histories of one part of the split. */
export function historiesOf(all: readonly History[], part: Part): History[] {
  const parts = partsOf(all.map(programOf));
  return all.filter((history) => parts.get(programOf(history)) === part);
}

/** Whole runs and their beginnings, without those whose truth is ambiguous. Trainings of GANs have no such truth. */
export function realExamples(histories: readonly History[], prefixes = PREFIXES): Example[] {
  return histories.flatMap((history) => {
    if (history.task === 'gan') return [];
    const random = new Random(hash(history.id));
    const lengths = [history.evaluations];
    for (let i = 0; i < prefixes; i++) {
      const seen = Math.round(history.evaluations * random.uniform(0.15, 0.95));
      if (seen >= SHORTEST && seen < history.evaluations) lengths.push(seen);
    }
    return lengths.map((seen) => exampleOf(history, seen)).filter(({ real }) => !real!.truth.ambiguous);
  });
}

/** A history as seen after some of its evaluations. */
export function exampleOf(history: History, seen: number): Example {
  const truth = truthOf(history, seen);
  return {
    run: runOf(history, seen),
    label: truth.label,
    recipe: history.recipe,
    program: programOf(history),
    weight: seen === history.evaluations ? REAL_WEIGHT : PREFIX_WEIGHT,
    real: { history, truth, seen },
  };
}

/** Simulated runs of the given curve families. */
export function simulatedExamples(count: number, families: readonly ShapeFamily[], seed: number): Example[] {
  return makeRuns(count, families, seed).map(({ run, label, recipe, family }) => ({
    run,
    label,
    recipe,
    program: family,
    weight: 1,
    real: null,
  }));
}

/** The network's view of examples. */
export function toInputs(examples: readonly Example[]): {
  inputs: Float32Array[];
  labels: number[];
  weights: number[];
} {
  return {
    inputs: examples.map(({ run }) => features(viewRun(run))),
    labels: examples.map(({ label }) => LABELS.indexOf(label)),
    weights: examples.map(({ weight }) => weight),
  };
}
