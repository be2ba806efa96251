/**
 * What the two layers say, as one set of probabilities: a logarithmic pool, in which the network's log-probabilities and
 * the detectors' answer each have a weight, by how strongly the detectors speak. The weights are fitted by `npm run
 * model:train` on programs that the network did not learn from, so that nine in ten verdicts that say 0.9 are right.
 */
import { LABELS, type Probabilities } from './classifier';
import type { Finding, Severity } from './diagnosis';
import fitted from './combination.json';

/** How strongly the detectors speak; `promoted`: information that the network lifts to the verdict. */
export type Strength = 'none' | 'promoted' | Severity;

/** Weight of the network's log-probabilities, of the answer beside them, and of the answer without a network. */
export type Combination = Readonly<
  Record<'network' | 'finding' | 'alone', Readonly<Record<Strength, number>>>
>;

/**
 * Probabilities of the labels.
 * @param label what the detectors answer
 * @param model the network's probabilities; null when it is not loaded
 */
export function combine(
  label: keyof Probabilities,
  strength: Strength,
  model: Probabilities | null,
  weights: Combination = fitted,
): Probabilities {
  const support = model ? weights.finding[strength] : weights.alone[strength];
  const scores = LABELS.map((one) => {
    const network = model ? weights.network[strength] * Math.log(Math.max(model[one], 1e-6)) : 0;
    return network + (one === label ? support : 0);
  });
  const top = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - top));
  const sum = parts.reduce((a, b) => a + b, 0);
  const result = {} as Probabilities;
  LABELS.forEach((one, i) => (result[one] = parts[i]! / sum));
  return result;
}

/** How strongly the detectors speak. */
export function strengthOf(
  lead: Finding | undefined,
  promoted: boolean,
  findings: readonly Finding[],
): Strength {
  if (lead) return promoted ? 'promoted' : lead.severity;
  return findings.length > 0 ? 'info' : 'none';
}
