/**
 * Makes real trainings of many kinds, good and bad: `main.js --out FILE --count N --first SEED`.
 * With `--recipe NAME` only those of the N seeds that draw this recipe.
 *
 * One JSON line a training, written as soon as it is done. Seeds that FILE already has are passed over, so a stopped
 * run goes on where it was.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadBackend } from '../../tfjs';
import type { TrainingTf } from '../network';
import { TooSlow } from './loop';
import { drawTraining, idOf, make } from './make';
import { toLine } from './record';

const LIMIT_SECONDS = 30;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      count: { type: 'string', default: '100' },
      first: { type: 'string', default: '1' },
      recipe: { type: 'string' },
    },
  });
  if (!values.out) throw new Error('--out FILE is missing');
  const backend = await loadBackend('auto', {});
  await backend.use();
  const tf = backend.tf as unknown as TrainingTf;
  console.log(`backend: ${backend.info.name} ${backend.info.version}`);
  makeAll(tf, values.out, Number(values.first), Number(values.count), values.recipe);
}

function makeAll(tf: TrainingTf, file: string, first: number, count: number, recipe?: string): void {
  const made = idsIn(file);
  const started = Date.now();
  let [written, dropped] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const plan = drawTraining(seed);
    if (made.has(idOf(plan)) || (recipe && plan.recipe !== recipe)) continue;
    const from = Date.now();
    try {
      appendFileSync(file, `${toLine(make(tf, plan, LIMIT_SECONDS))}\n`);
      written++;
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      dropped++;
    }
    const mean = (Date.now() - started) / 1000 / (written + dropped);
    console.log(
      `${idOf(plan)} ${plan.recipe} ${((Date.now() - from) / 1000).toFixed(1)} s ` +
        `(mean ${mean.toFixed(2)} s, ${dropped} dropped, ${tf.memory().numTensors} tensors)`,
    );
  }
}

function idsIn(file: string): Set<string> {
  if (!existsSync(file)) return new Set();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
