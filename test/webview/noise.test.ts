import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour } from './reading';
import { points, range, series, snapshot } from './runs';

const open = useBrowser();
const steps = range(2000);

/** How the line of the validation loss is stroked. */
async function stroked(panel: Panel): Promise<{ dash: number[]; width: number }> {
  const { strokes } = await panel.drawing();
  const found = strokes.find(({ colour, points: at }) => colour === chartColour('orange') && at.length > 30);
  return { dash: found!.dash, width: found!.width };
}

test('a band of noise is drawn column by column, a noisy curve thin, a smooth one of as many points neither', async () => {
  const val = (y: (x: number) => number) =>
    snapshot('r', [series(0, { axis: 'step', split: 'val' }, points(steps, steps.map(y)))]);
  const noisy = await open({ messages: [val((x) => 1 + 0.5 * (x % 2) - x / 4000)] });
  const { fills, strokes } = await noisy.drawing();
  const columns = fills.filter(({ colour }) => colour === chartColour('orange')).map(({ points: at }) => at);
  const lefts = columns.map(([from]) => from![0]);
  expect(columns.length).toBeGreaterThan(1100);
  expect(lefts).toEqual(range(columns.length).map((i) => lefts[0]! + i));
  expect(columns.every(([from, to]) => to![0] - from![0] === 1 && to![1] > from![1])).toBe(true);
  expect(strokes.some(({ colour, points: at }) => colour === chartColour('orange') && at.length > 30)).toBe(
    false,
  );
  await noisy.smooth(0.95);
  expect(await stroked(noisy)).toEqual({ dash: [7, 3], width: 1 });
  const smooth = await open({ messages: [val((x) => Math.exp(-x / 900))] });
  expect(await stroked(smooth)).toEqual({ dash: [7, 3], width: expect.closeTo(1.8) as number });
});
