/** Small grey images of shapes and textures; the class is what is drawn, place, size and contrast vary. */
import type { Random } from '../random';
import { fill, type Problem } from './dataset';

/** Light at a point, given in units of the drawing's size, from its middle. */
const drawings: ((x: number, y: number, phase: number) => boolean)[] = [
  (x, y) => x * x + y * y < 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.9,
  (x, y) => Math.abs(Math.hypot(x, y) - 0.9) < 0.35,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.3 && Math.hypot(x, y) < 1.4,
  (x, y) => Math.abs(x - y) < 0.45 && Math.hypot(x, y) < 1.5,
  (x, y) => Math.abs(x + y) < 0.45 && Math.hypot(x, y) < 1.5,
  (x, _y, phase) => Math.sin(4 * x + phase) > 0,
  (_x, y, phase) => Math.sin(4 * y + phase) > 0,
  (x, y, phase) => Math.sin(3 * (x + y) + phase) > 0,
  (x, y, phase) => Math.sin(4 * x + phase) * Math.sin(4 * y) > 0,
];

export function images(random: Random): Problem {
  const side = random.pick([8, 8, 12]);
  const classes = random.integer(3, drawings.length);
  const from = random.integer(0, drawings.length - classes);
  const noise = random.uniform(0.3, 0.9);
  return {
    kind: 'image',
    width: side * side,
    targetsPer: 1,
    classes,
    vocabulary: 0,
    outputs: classes,
    loss: 'cross-entropy',
    scale: 1,
    draw: (count, source) =>
      fill(count, side * side, 1, (pixels, label) => {
        label[0] = source.integer(0, classes - 1);
        const lit = drawings[from + label[0]]!;
        const size = source.uniform(0.18, 0.34) * side;
        const [left, top] = [source.uniform(0.35, 0.65) * side, source.uniform(0.35, 0.65) * side];
        const phase = source.uniform(0, 2 * Math.PI);
        const contrast = source.uniform(0.7, 1.3);
        for (let i = 0; i < pixels.length; i++) {
          const on = lit(((i % side) + 0.5 - left) / size, (Math.floor(i / side) + 0.5 - top) / size, phase);
          pixels[i] = (on ? contrast : 0) - 0.4 + noise * source.normal();
        }
      }),
  };
}
