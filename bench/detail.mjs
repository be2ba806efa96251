import { createRequire } from 'node:module';
import { bundle } from './bundle.mjs';
import { seeded } from './generate.mjs';
import { compared, quantile } from './table.mjs';

const POINTS = 10_000_000;
const ROUNDS = 15;
/** Pixel columns of a wide chart. */
const COLUMNS = 1_600;

/** What a page asks for after a zoom: a part of a curve of ten million points, beside a copy of that part. */
export async function measure(folder) {
  const { detailOf, Series, identifyMetric } = createRequire(import.meta.url)(
    await bundle(folder, 'detail', ['engine/points', 'runs/series', 'formats/metricName']),
  );
  const random = seeded(5);
  const series = new Series('loss', identifyMetric('loss'));
  for (let i = 0; i < POINTS; i++) series.append(i, random(), Number.NaN, Number.NaN, i + 1);
  const run = { series: [series] };
  return [0.01, 0.1, 1].map((share) => {
    const [min, max] = [Math.floor((POINTS * (1 - share)) / 2), Math.floor((POINTS * (1 + share)) / 2)];
    const part = { series: [0], axis: 'step', min, max, log: false, columns: COLUMNS };
    const detail = median(() => detailOf(run, 1, part));
    const copy = median(() => [series.steps.view().slice(min, max), series.values.view().slice(min, max)]);
    return compared(
      `detail of a range of 10 million points (${share * 100} %)`,
      detail,
      'ms',
      'a copy of its steps and values',
      copy,
    );
  });
}

function median(work) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return quantile(times, 0.5);
}
