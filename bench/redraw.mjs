import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../scripts/lib/chromium.mjs';
import { bundle } from './bundle.mjs';
import { seeded } from './generate.mjs';
import { openPage } from './redrawPage.mjs';
import { compared, quantile, skipped } from './table.mjs';

/** As `editor/panel` and `engine/session` have them. */
const [MAX_POINTS, APPEND_POINTS] = [2_000, 2_000];
const LONG = 10_000_000;
const SHORT = 1_000;
const ROUNDS = 60;
/** New points of a redraw: a tenth of a second of a fast training. */
const NEW = 10;
/** Between the evaluations of a training. */
const EVALUATED = 100;

/** What a redraw of the panel takes in Chromium, of a run of ten million points and of one of a thousand. */
export async function measure(folder) {
  const engine = createRequire(import.meta.url)(
    await bundle(folder, 'redraw', ['engine/points', 'engine/summary', 'runs/runBuilder', 'protocol']),
  );
  const executablePath = await findChromium().catch(() => null);
  if (executablePath === null) return [skipped('redraw of the panel', 'no Chromium')];
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    const [long, short] = [await redraws(browser, engine, LONG), await redraws(browser, engine, SHORT)];
    return Object.keys(long).flatMap((what) =>
      [0.5, 0.95].map((share) =>
        compared(
          `redraw of 10 million points: ${what}, p${100 * share}`,
          quantile(long[what], share),
          'ms',
          'of a thousand',
          quantile(short[what], share),
        ),
      ),
    );
  } finally {
    await browser.close();
  }
}

/** Times in ms of each kind of redraw. */
async function redraws(browser, engine, points) {
  const page = await openPage(browser);
  const run = growing(engine, points);
  const summary = engine.summarise({ path: 'run.csv', format: 'csv' }, [], run, 0, null);
  const snapshot = engine.snapshotOf(run, 1, summary, null, null, MAX_POINTS);
  const drawn = (action, argument) => page.evaluate(`bench.drawn(() => bench.${action}(${argument}))`);
  await page.evaluate((message) => bench.drawn(() => bench.send(message)), {
    type: 'snapshot',
    version: engine.PROTOCOL_VERSION,
    run: plain(snapshot),
    fixes: [],
  });
  const cursor = new engine.Cursor();
  cursor.catchUp(run);
  const append = () => {
    run.grow(NEW);
    run.settle();
    const series = plain(cursor.advance(run, APPEND_POINTS));
    return page.evaluate((message) => bench.drawn(() => bench.send(message)), {
      type: 'append',
      generation: 1,
      summary,
      series,
    });
  };
  const times = { appended: [], smoothed: [], panned: [] };
  for (let i = 0; i < ROUNDS; i++) times.appended.push(await append());
  for (let i = 0; i < ROUNDS; i++) times.smoothed.push(await drawn('smooth', ((i % 18) + 1) / 20));
  await drawn('smooth', 0);
  await zoom(page, engine, run, drawn);
  for (let i = 0; i < ROUNDS; i++)
    times.panned.push(await drawn('press', `"${i % 8 < 4 ? 'ArrowLeft' : 'ArrowRight'}", true`));
  await page.close();
  return times;
}

/** Looks closely at a tenth of the run, and gives the page what it asks for then. */
async function zoom(page, engine, run, drawn) {
  await page.evaluate(`bench.press('PageUp')`);
  for (let i = 0; i < 4; i++) await drawn('press', '"+"');
  await delay(400);
  const request = (await page.evaluate('bench.posted')).findLast(({ type }) => type === 'detail');
  if (!request) return;
  const detail = plain(engine.detailOf(run, 1, request.part));
  const { id, request: number } = request;
  await page.evaluate((message) => bench.drawn(() => bench.send(message)), {
    type: 'detail',
    id,
    request: number,
    detail,
  });
}

/** A run of some points that can go on: a noisy loss at each step, and an evaluation at each hundredth. */
function growing({ RunBuilder }, points) {
  const random = seeded(11);
  const run = new RunBuilder('run.csv');
  const sink = run.sink();
  let step = 0;
  run.grow = (count) => {
    for (const end = step + count; step < end; step++) {
      const loss = 0.4 + 2 * Math.exp((-6 * step) / points) + 0.3 * random();
      sink.at(step, Number.NaN, Number.NaN, step + 2);
      sink.value('loss', loss);
      if (step % EVALUATED === 0) sink.value('val_loss', loss + 0.1);
      if (step % EVALUATED === 0) sink.value('lr', 1e-3 * (1 - step / (2 * points)));
    }
  };
  run.grow(points);
  run.settle();
  return run;
}

/** With plain arrays, which reach the page as they are. */
function plain(value) {
  if (ArrayBuffer.isView(value)) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
