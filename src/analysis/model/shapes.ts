import type { Random } from './random';

/** Share of the reachable gain that is still to come at time t in [0, 1]: 1 at the start, falling. */
export type Shape = (t: number) => number;

/** The families of learning curves. A family is either trained on or held out, never both. */
export const shapeFamilies = [
  'power',
  'exponential',
  'stretched',
  'staircase',
  'hyperbolic',
  'logistic',
  'two-phase',
] as const;

export type ShapeFamily = (typeof shapeFamilies)[number];

/**
 * A random curve of a family.
 * @param speed about how many time constants fit in the run: 0.3 is far too slow, 5 and more converges
 */
export function shapeOf(family: ShapeFamily, speed: number, random: Random): Shape {
  switch (family) {
    case 'power': {
      const exponent = random.uniform(0.6, 1.6);
      return (t) => (1 + (3 * speed * t) / exponent) ** -exponent;
    }
    case 'exponential':
      return (t) => Math.exp(-speed * t);
    case 'stretched': {
      const beta = random.uniform(0.4, 0.8);
      return (t) => Math.exp(-((speed * t) ** beta));
    }
    case 'staircase': {
      const first = random.uniform(0.3, 0.6);
      const second = random.uniform(first + 0.15, 0.9);
      const left = random.uniform(0.2, 0.4);
      return (t) => {
        const drops =
          (t > first ? 1 - Math.exp(-30 * (t - first)) : 0) +
          (t > second ? 1 - Math.exp(-30 * (t - second)) : 0);
        return Math.exp(-speed * 2 * t) * (1 - left) + left * (1 - drops / 2);
      };
    }
    case 'hyperbolic':
      return (t) => 1 / (1 + 2 * speed * t);
    case 'logistic': {
      const centre = random.uniform(0.6, 1.6) / Math.max(speed, 1);
      const width = centre / random.uniform(3, 8);
      const at = (t: number) => 1 / (1 + Math.exp((t - centre) / width));
      return (t) => at(t) / at(0);
    }
    case 'two-phase': {
      const share = random.uniform(0.3, 0.7);
      return (t) => share * Math.exp(-6 * speed * t) + (1 - share) * Math.exp(-0.7 * speed * t);
    }
  }
}
