/**
 * Writes media/sample/spirals.csv: points of three interleaved spirals, a quarter of the training labels wrong.
 * Seeded, so that the same file comes out. Little data and noisy labels: a network large enough learns it by heart.
 */
import { writeFile } from 'node:fs/promises';

let state = 20_240_607;
function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const CLASSES = 3;
const rows = ['split,x,y,label'];
for (const [split, count, noise] of [
  ['train', 150, 0.25],
  ['val', 300, 0],
]) {
  for (let i = 0; i < count; i++) {
    const label = i % CLASSES;
    const radius = 0.1 + 0.9 * random();
    const angle = (2 * Math.PI * label) / CLASSES + 3 * radius + 0.22 * normal();
    const shown = random() < noise ? Math.floor(random() * CLASSES) : label;
    rows.push(
      `${split},${(radius * Math.cos(angle)).toFixed(4)},${(radius * Math.sin(angle)).toFixed(4)},${shown}`,
    );
  }
}
await writeFile(new URL('../media/sample/spirals.csv', import.meta.url), `${rows.join('\n')}\n`);
