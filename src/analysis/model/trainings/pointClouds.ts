/** Classification of points: where the classes lie is drawn once, the samples as often as asked for. */
import type { Random } from '../random';
import { fill, type Problem, type Samples } from './dataset';
import { teacher } from './teacher';

export function pointCloud(name: string, random: Random): Problem {
  const make = clouds[name];
  if (!make) throw new Error(`no data set ${name}`);
  return make(random);
}

const problem = (width: number, classes: number, draw: Problem['draw']): Problem => ({
  kind: 'vector',
  width,
  targetsPer: 1,
  classes,
  vocabulary: 0,
  outputs: classes,
  loss: 'cross-entropy',
  scale: 1,
  draw,
});

const clouds: Record<string, (random: Random) => Problem> = {
  blobs(random) {
    const classes = random.integer(2, 20);
    const width = random.integer(2, 9);
    const spread = random.uniform(0.6, 1.4);
    const centres = Array.from({ length: classes * width }, () => random.normal());
    return problem(width, classes, (count, source) =>
      fill(count, width, 1, (x, y) => {
        const label = source.integer(0, classes - 1);
        y[0] = label;
        for (let i = 0; i < width; i++) x[i] = centres[label * width + i]! + spread * source.normal();
      }),
    );
  },
  moons(random) {
    const noise = random.uniform(0.15, 0.4);
    return problem(2, 2, (count, source) =>
      fill(count, 2, 1, (x, y) => {
        const upper = source.chance(0.5);
        const angle = Math.PI * source.next();
        y[0] = upper ? 1 : 0;
        x[0] = (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + noise * source.normal();
        x[1] = (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + noise * source.normal();
      }),
    );
  },
  spirals(random) {
    const classes = random.integer(2, 5);
    const turns = random.uniform(0.6, 1.4);
    const noise = random.uniform(0.05, 0.15);
    return problem(2, classes, (count, source) =>
      fill(count, 2, 1, (x, y) => {
        y[0] = source.integer(0, classes - 1);
        const along = Math.sqrt(source.next());
        const angle = 2 * Math.PI * (turns * along + y[0] / classes);
        x[0] = 2 * (along * Math.cos(angle) + noise * source.normal());
        x[1] = 2 * (along * Math.sin(angle) + noise * source.normal());
      }),
    );
  },
  checkerboard(random) {
    const cells = random.integer(2, 4);
    const noise = random.uniform(0.02, 0.12);
    return problem(2, 2, (count, source) =>
      fill(count, 2, 1, (x, y) => {
        const [across, up] = [source.next() * cells, source.next() * cells];
        y[0] = (Math.floor(across) + Math.floor(up)) % 2;
        x[0] = 3 * (across / cells - 0.5) + noise * source.normal();
        x[1] = 3 * (up / cells - 0.5) + noise * source.normal();
      }),
    );
  },
  teacher(random) {
    const classes = random.integer(2, 10);
    const width = random.integer(6, 20);
    const answer = teacher(width, random.integer(8, 24), classes, random);
    const noise = random.uniform(0.05, 0.4);
    return problem(width, classes, (count, source): Samples =>
      fill(count, width, 1, (x, y) => {
        for (let i = 0; i < width; i++) x[i] = source.normal();
        const scores = answer(x).map((score) => score + noise * source.normal());
        y[0] = scores.indexOf(Math.max(...scores));
      }),
    );
  },
};

export const POINT_CLOUDS = Object.keys(clouds);
