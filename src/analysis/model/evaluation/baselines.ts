/**
 * What the analyzer is measured against: rules that people use, on the same curves. The first four know only
 * overfitting from health; a threshold that their source leaves open is chosen on the training programs.
 */
import { LABELS } from '../../classifier';
import { features } from '../../features';
import { endLevel } from '../../measure';
import { viewRun, type RunView } from '../../pairing';
import type { Example } from '../examples';
import type { Truth } from './score';

export interface Baseline {
  name: string;
  answer: (view: RunView, example: Example) => Truth;
}

/** Evaluations without a new best until Keras' and Lightning's early stopping is usually told to stop. */
const PATIENCE = 10;
/** SageMaker Debugger's Overfit rule: (val - train) / train above it is overfitting. */
const SAGEMAKER_RATIO = 0.1;
const SAGEMAKER_PATIENCE = 1;

/** All baselines; `training` is what they may learn from. */
export function baselines(training: readonly Example[]): Baseline[] {
  const rise = bestThreshold(training, riseOf, [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1]);
  return [
    {
      name: `validation at the end over its minimum (threshold ${rise})`,
      answer: (view) => (riseOf(view) >= rise ? 'overfitting' : 'healthy'),
    },
    {
      name: `early stopping (patience ${PATIENCE})`,
      answer: (view) => (sinceBest(view) >= PATIENCE ? 'overfitting' : 'healthy'),
    },
    {
      name: `SageMaker's ratio of validation to training (${SAGEMAKER_RATIO})`,
      answer: (view) => (exceedsRatio(view) ? 'overfitting' : 'healthy'),
    },
    {
      name: "UMLAUT's rule (validation up, training down, one epoch)",
      answer: (view) => (oneEpochUp(view) ? 'overfitting' : 'healthy'),
    },
    nearestNeighbour(training),
  ];
}

function riseOf({ val }: RunView): number {
  if (!val || val.y.length < 2) return 0;
  const best = Math.min(...val.y);
  return best > 0 ? endLevel(val) / best - 1 : 0;
}

function sinceBest({ val }: RunView): number {
  if (!val || val.y.length === 0) return 0;
  return val.y.length - 1 - val.y.indexOf(Math.min(...val.y));
}

function exceedsRatio({ val, trainAtVal }: RunView): boolean {
  if (!val || !trainAtVal) return false;
  let over = 0;
  for (let i = 0; i < val.y.length; i++) {
    over = (val.y[i]! - trainAtVal[i]!) / Math.abs(trainAtVal[i]!) > SAGEMAKER_RATIO ? over + 1 : 0;
  }
  return over > SAGEMAKER_PATIENCE;
}

function oneEpochUp({ val, trainAtVal }: RunView): boolean {
  if (!val || !trainAtVal) return false;
  return val.y.some((y, i) => i > 2 && y > val.y[i - 1]! && trainAtVal[i]! < trainAtVal[i - 1]!);
}

/** One nearest neighbour among the training examples, on the network's own view of the curves. */
function nearestNeighbour(training: readonly Example[]): Baseline {
  const known = training.map(({ run, label }) => ({ vector: features(viewRun(run)), label }));
  return {
    name: 'nearest neighbour on resampled curves',
    answer: (view) => {
      const vector = features(view);
      let best: Truth = LABELS[0];
      let nearest = Number.POSITIVE_INFINITY;
      for (const one of known) {
        const distance = distanceBelow(vector, one.vector, nearest);
        if (distance < nearest) {
          nearest = distance;
          best = one.label;
        }
      }
      return best;
    },
  };
}

/** Squared distance; stops where it is no longer the nearest. */
function distanceBelow(a: Float32Array, b: Float32Array, limit: number): number {
  let sum = 0;
  for (let i = 0; i < a.length && sum < limit; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** The threshold with the best F1 of overfitting against all else. */
function bestThreshold(
  training: readonly Example[],
  value: (view: RunView) => number,
  candidates: readonly number[],
): number {
  const values = training.map(({ run, label }) => ({
    value: value(viewRun(run)),
    truth: label === 'overfitting',
  }));
  const f1 = (threshold: number): number => {
    const answered = values.filter((one) => one.value >= threshold);
    const hits = answered.filter(({ truth }) => truth).length;
    return (2 * hits) / Math.max(1, answered.length + values.filter(({ truth }) => truth).length);
  };
  return candidates.reduce((best, one) => (f1(one) > f1(best) ? one : best));
}
