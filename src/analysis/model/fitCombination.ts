import type { Combination, Strength } from '../combine';
import { combine } from '../combine';
import type { Probabilities } from '../classifier';

/** What both layers say of a run, with the truth. */
export interface Opinion {
  truth: keyof Probabilities;
  /** The detectors' answer, and how strongly they speak. */
  label: keyof Probabilities;
  strength: Strength;
  model: Probabilities;
  weight: number;
}

const STRENGTHS: readonly Strength[] = ['none', 'info', 'promoted', 'warning', 'error'];
const NETWORK = grid(0, 1.2, 0.05);
const FINDING = grid(0, 4.5, 0.1);
/** An error is a proof: however sure the network is of something else, the proof must stand. */
const NETWORK_AT_ERROR = 0.3;
/** Few runs of a strength must not give weights of their own: so many runs' worth of the weights that were there. */
const PRIOR = 4;

/** The weights with the least log-loss, for each strength by itself. Two decimals: more would be noise. */
export function fitCombination(opinions: readonly Opinion[], prior: Combination): Combination {
  const result = { network: { ...prior.network }, finding: { ...prior.finding }, alone: { ...prior.alone } };
  for (const strength of STRENGTHS) {
    const own = opinions.filter((one) => one.strength === strength);
    let least = Number.POSITIVE_INFINITY;
    for (const network of NETWORK) {
      if (strength === 'error' && network > NETWORK_AT_ERROR) break;
      for (const finding of FINDING) {
        const weights = withWeights(prior, strength, { network, finding });
        const pull = (network - prior.network[strength]) ** 2 + (finding - prior.finding[strength]) ** 2;
        const cost = logLoss(own, weights, true) + 0.25 * PRIOR * pull;
        if (cost >= least) continue;
        least = cost;
        result.network[strength] = network;
        result.finding[strength] = finding;
      }
    }
    least = Number.POSITIVE_INFINITY;
    for (const alone of FINDING) {
      const cost =
        logLoss(own, withWeights(prior, strength, { alone }), false) +
        0.25 * PRIOR * (alone - prior.alone[strength]) ** 2;
      if (cost >= least) continue;
      least = cost;
      result.alone[strength] = alone;
    }
  }
  return result;
}

function logLoss(opinions: readonly Opinion[], weights: Combination, withNetwork: boolean): number {
  let cost = 0;
  for (const { truth, label, strength, model, weight } of opinions) {
    const p = combine(label, strength, withNetwork ? model : null, weights)[truth];
    cost -= weight * Math.log(Math.max(p, 1e-6));
  }
  return cost;
}

function withWeights(
  base: Combination,
  strength: Strength,
  change: Partial<Record<keyof Combination, number>>,
): Combination {
  const changed = (name: keyof Combination) => ({
    ...base[name],
    [strength]: change[name] ?? base[name][strength],
  });
  return { network: changed('network'), finding: changed('finding'), alone: changed('alone') };
}

function grid(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step) + 1;
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(2)));
}
