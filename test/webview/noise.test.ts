import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour } from './reading';
import { points, range, series, snapshot } from './runs';

const open = useBrowser();
const steps = range(2000);

/** How the line of the validation loss was stroked. */
async function stroked(panel: Panel): Promise<{ dash: number[]; width: number }> {
  const { strokes } = await panel.drawing();
  const found = strokes.find(({ colour, points: at }) => colour === chartColour('orange') && at.length > 30);
  return { dash: found!.dash, width: found!.width };
}

test('a band of noise is thin and without dashes, a noisy curve thin, a smooth one of as many points neither', async () => {
  const val = (y: (x: number) => number) =>
    snapshot('r', [series(0, { axis: 'step', split: 'val' }, points(steps, steps.map(y)))]);
  const noisy = await open({ messages: [val((x) => 1 + 0.5 * (x % 2) - x / 4000)] });
  expect(await stroked(noisy)).toEqual({ dash: [], width: 1 });
  await noisy.page.getByRole('slider', { name: 'Smoothing' }).fill('0.95');
  await noisy.frames(2);
  expect(await stroked(noisy)).toEqual({ dash: [7, 3], width: 1 });
  const smooth = await open({ messages: [val((x) => Math.exp(-x / 900))] });
  expect(await stroked(smooth)).toEqual({ dash: [7, 3], width: expect.closeTo(1.8) as number });
});
