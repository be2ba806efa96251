/**
 * Writes media/sample/sensors.csv: readings of twelve sensors in three states of a machine, most of it noise.
 * Seeded, so that the same file comes out. Few training examples and a weak signal: a network large enough first finds
 * the signal, then learns the examples by heart.
 */
import { writeFile } from 'node:fs/promises';

const SENSORS = 12;
const STATES = 3;
/** Distance between the states' mean readings, in units of the noise. */
const SIGNAL = 0.75;

let seed = 20_240_607;
function random() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return (seed + 0.5) / 2 ** 32;
}
const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

const means = Array.from({ length: STATES }, () =>
  Array.from({ length: SENSORS }, () => (SIGNAL * normal()) / 1.4),
);
const names = Array.from({ length: SENSORS }, (_, i) => `sensor${i + 1}`);
const rows = [['split', ...names, 'state'].join(',')];
for (const [split, count] of [
  ['train', 150],
  ['val', 300],
]) {
  for (let i = 0; i < count; i++) {
    const state = i % STATES;
    const readings = means[state].map((mean) => (mean + normal()).toFixed(3));
    rows.push([split, ...readings, state].join(','));
  }
}
await writeFile(new URL('../media/sample/sensors.csv', import.meta.url), `${rows.join('\n')}\n`);
