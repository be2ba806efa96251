import { LABELS, softmax } from '../classifier';

/**
 * The temperature in [0.3, 5] with the least log-loss, by golden-section search to 1e-3.
 * @param logits row after row, one logit for each label
 * @param labels index of the true label of each row
 */
export function fitTemperature(logits: ArrayLike<number>, labels: readonly number[]): number {
  const cost = (temperature: number) => logLoss(logits, labels, temperature);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0.3;
  let high = 5;
  while (high - low > 1e-3) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  return Number(((low + high) / 2).toFixed(3));
}

/** Mean negative log-probability of the true labels, in nats. */
export function logLoss(logits: ArrayLike<number>, labels: readonly number[], temperature: number): number {
  let sum = 0;
  labels.forEach((label, i) => {
    const probabilities = softmax(logits, i * LABELS.length, temperature);
    sum -= Math.log(Math.max(probabilities[LABELS[label]!], 1e-12));
  });
  return sum / labels.length;
}
