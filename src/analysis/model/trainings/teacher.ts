import type { Random } from '../random';

/** A random network of one hidden layer, whose answers another network has to learn. */
export function teacher(
  width: number,
  hidden: number,
  outputs: number,
  random: Random,
): (input: Float32Array) => number[] {
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (1.5 * random.normal()) / Math.sqrt(columns)),
    );
  const first = matrix(hidden, width);
  const second = matrix(outputs, hidden);
  return (input) => {
    const inner = first.map((row) => Math.tanh(1.5 * row.reduce((sum, w, i) => sum + w * input[i]!, 0)));
    return second.map((row) => row.reduce((sum, w, i) => sum + w * inner[i]!, 0));
  };
}
