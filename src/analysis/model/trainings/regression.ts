/** Functions with noise. The values have any size, as the losses of real regressions do. */
import { Random } from '../random';
import { fill, type Problem } from './dataset';
import { teacher } from './teacher';

export const REGRESSIONS = ['friedman', 'sines', 'teacher-values'];

export function regression(name: string, random: Random): Problem {
  const { width, value } = rule(name, random);
  const noise = random.logUniform(0.05, 0.6);
  const gaussian = random.chance(0.35);
  const { mean, deviation } = moments(width, value);
  return {
    kind: 'vector',
    width,
    targetsPer: 1,
    classes: null,
    vocabulary: 0,
    outputs: gaussian ? 2 : 1,
    loss: gaussian ? 'gaussian' : 'squared',
    scale: random.logUniform(1e-2, 1e3),
    draw: (count, source) =>
      fill(count, width, 1, (x, y) => {
        for (let i = 0; i < width; i++) x[i] = source.uniform(-1.7, 1.7);
        // With a predicted variance there must be one to predict: the noise grows with the first feature.
        const wide = gaussian ? Math.exp(0.5 * x[0]!) : 1;
        y[0] = (value(x) - mean) / deviation + noise * wide * source.normal();
      }),
  };
}

interface Rule {
  width: number;
  value: (x: Float32Array) => number;
}

function rule(name: string, random: Random): Rule {
  if (name === 'friedman') {
    const unit = (x: number) => (x + 1.7) / 3.4;
    return {
      width: random.integer(5, 12),
      value: (x) =>
        10 * Math.sin(Math.PI * unit(x[0]!) * unit(x[1]!)) +
        20 * (unit(x[2]!) - 0.5) ** 2 +
        10 * unit(x[3]!) +
        5 * unit(x[4]!),
    };
  }
  const width = random.integer(name === 'sines' ? 1 : 4, name === 'sines' ? 3 : 14);
  if (name === 'sines') {
    const waves = Array.from({ length: random.integer(2, 4) }, () => ({
      height: random.uniform(0.4, 1),
      phase: random.uniform(0, 6.3),
      along: Array.from({ length: width }, () => 1.6 * random.normal()),
    }));
    return {
      width,
      value: (x) =>
        waves.reduce(
          (sum, { height, phase, along }) =>
            sum + height * Math.sin(phase + along.reduce((s, w, i) => s + w * x[i]!, 0)),
          0,
        ),
    };
  }
  const answer = teacher(width, random.integer(6, 16), 1, random);
  return { width, value: (x) => answer(x)[0]! };
}

function moments(width: number, value: Rule['value']): { mean: number; deviation: number } {
  const random = new Random(1);
  const point = new Float32Array(width);
  const values = Array.from({ length: 500 }, () => value(point.map(() => random.uniform(-1.7, 1.7))));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length) || 1 };
}
