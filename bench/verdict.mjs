import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';
import { seeded } from './generate.mjs';
import { compared, quantile } from './table.mjs';

const ROUNDS = 30;
/** Points that came since the verdict before. */
const NEW = 10;
const RUNS = 1_000;
const EPOCHS = 60;

/** A verdict of a live run (curves, detectors, network), and a folder of a thousand runs read and judged. */
export async function measure(folder) {
  const code = createRequire(import.meta.url)(
    await bundle(folder, 'verdict', [
      'analysis/classifier',
      'analysis/diagnose',
      'runs/series',
      'formats/metricName',
    ]),
  );
  const classifier = await code.createClassifier({
    backend: 'wasm',
    wasmDir: join(root, 'dist', 'wasm'),
    modelDir: join(root, 'media', 'model'),
  });
  const rows = [];
  for (const points of [1_000, 1_000_000]) {
    const { verdict, copy } = await live(code, classifier, points);
    rows.push(
      compared(
        `verdict of a live run, ${points.toLocaleString('en')} points`,
        verdict,
        'ms',
        'a copy of its loss',
        copy,
      ),
    );
  }
  classifier.dispose();
  rows.push(await manyRuns(folder));
  return rows;
}

/** Median times in ms: a verdict after some more points, and copying one column, which is the least a look at all takes. */
async function live({ diagnose, Series, identifyMetric }, classifier, points) {
  const random = seeded(3);
  const series = ['loss', 'val_loss', 'lr', 'grad_norm'].map((key) => new Series(key, identifyMetric(key)));
  const run = {
    id: 'bench',
    path: 'bench',
    format: 'bench',
    status: 'running',
    context: new Map(),
    skipped: { lines: 0, first: null },
    series,
  };
  let at = 0;
  const grow = (count) => {
    for (const end = at + count; at < end; at++) {
      const loss = 0.4 + 2 * Math.exp((-4 * at) / points) + 0.1 * random();
      const values = [loss, loss + 0.05, 1e-3, 1 + random()];
      series.forEach((one, i) => {
        if (i === 1 && at % Math.ceil(points / 200) !== 0) return;
        one.append(at, values[i], Number.NaN, Number.NaN, at + 1);
      });
    }
  };
  grow(points);
  const verdicts = [];
  const copies = [];
  for (let i = 0; i < ROUNDS + 5; i++) {
    grow(NEW);
    const start = performance.now();
    await diagnose(run, classifier);
    const middle = performance.now();
    series[0].values.view().slice();
    // The first ones compile, and the very first reads everything.
    if (i < 5) continue;
    verdicts.push(middle - start);
    copies.push(performance.now() - middle);
  }
  return { verdict: quantile(verdicts, 0.5), copy: quantile(copies, 0.5) };
}

/** Seconds for `fitcheck diagnose FOLDER --json` over many small logs, beside reading and splitting the same files. */
async function manyRuns(folder) {
  const random = seeded(7);
  const runs = join(folder, 'runs');
  for (let r = 0; r < RUNS; r++) {
    const turn = random() * EPOCHS;
    const lines = ['epoch,loss,val_loss,accuracy,val_accuracy'];
    for (let i = 0; i < EPOCHS; i++) {
      const train = 2 * Math.exp(-i / 12) + 0.02 * random();
      const val = train + 0.1 + (i > turn ? 0.02 * (i - turn) : 0) + 0.02 * random();
      lines.push([i, train, val, 1 - train / 2.2, 1 - val / 3].join(','));
    }
    await mkdir(join(runs, `run-${r}`), { recursive: true });
    await writeFile(join(runs, `run-${r}`, 'history.csv'), `${lines.join('\n')}\n`);
  }
  let start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'diagnose', runs, '--json'],
    {
      maxBuffer: 1 << 30,
    },
  );
  if (status !== 0) throw new Error(`diagnose failed: ${stderr}`);
  const seconds = (performance.now() - start) / 1000;
  start = performance.now();
  let cells = 0;
  for (const name of await readdir(runs)) {
    const text = await readFile(join(runs, name, 'history.csv'), 'utf8');
    for (const line of text.split('\n')) cells += line.split(',').length;
  }
  const split = (performance.now() - start) / 1000;
  if (cells < RUNS * EPOCHS) throw new Error('the logs were not written');
  return compared(
    `diagnose ${RUNS.toLocaleString('en')} runs in a folder`,
    seconds,
    's',
    'read and split',
    split,
  );
}
