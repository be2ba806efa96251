import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { append, points, range, series, snapshot } from './runs';

const open = useBrowser();
const steps = range(400);
const run = snapshot('r', [
  series(
    0,
    { axis: 'step' },
    points(
      steps,
      steps.map((x) => 2 + Math.sin(x / 40) + (x % 7) / 10),
    ),
  ),
  series(
    1,
    { axis: 'step', split: 'val' },
    points(
      steps,
      steps.map((x) => 3 - Math.sin(x / 40) + (x % 5) / 10),
    ),
  ),
]);

/** How many points of raw lines were drawn on the chart itself. */
async function rawPoints(panel: Panel): Promise<number> {
  const { strokes } = await panel.drawing();
  const raw = strokes.filter(({ colour, points: at }) => colour.endsWith(', 0.4)') && at.length > 30);
  return raw.reduce((sum, { points: at }) => sum + at.length, 0);
}

/** The bytes of the chart's pixels as they are seen on white. */
async function pixels(panel: Panel): Promise<number[]> {
  const bytes = await panel.page.evaluate<string>(`(() => {
    const { width, height } = document.querySelector('canvas');
    const seen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    seen.fillStyle = '#fff';
    seen.fillRect(0, 0, width, height);
    seen.drawImage(document.querySelector('canvas'), 0, 0);
    return Array.from(seen.getImageData(0, 0, width, height).data, (byte) => String.fromCharCode(byte)).join('');
  })()`);
  return Array.from(bytes, (one) => one.charCodeAt(0));
}

test('while the smoothing changes, raw lines come from a picture that looks as they do', async () => {
  const [dragged, fresh] = [await open({ messages: [run] }), await open({ messages: [run] })];
  // Smooth from the first: a line that was drawn thin before is cut a fraction of a pixel earlier at the edges.
  await dragged.smooth(0.8, 0.85, 0.9);
  expect(await rawPoints(dragged)).toBe(0);
  await fresh.smooth(0.9);
  expect(await rawPoints(fresh)).toBeGreaterThan(0);
  const [kept, drawn] = [await pixels(dragged), await pixels(fresh)];
  expect(kept.length).toBe(drawn.length);
  // What is drawn over what, in another order of roundings.
  const differing = kept.filter((byte, i) => Math.abs(byte - drawn[i]!) > 3);
  expect(differing.length).toBe(0);
});

test('raw lines that grow, are looked at closely, have other colours or are hidden are drawn anew', async () => {
  const panel = await open({ messages: [run] });
  const kept = async (): Promise<void> => {
    await panel.smooth(0.3, 0.5, 0.6);
    expect(await rawPoints(panel)).toBe(0);
  };
  await kept();
  await panel.send(append(run, { 0: [0.5, 0.4] }));
  expect(await rawPoints(panel)).toBeGreaterThan(700);
  await kept();
  await panel.page.locator('.frame').first().press('+');
  await panel.frames(2);
  expect(await rawPoints(panel)).toBeGreaterThan(0);
  await kept();
  await panel.page.locator('.frame').first().press('0');
  await panel.frames(2);
  await kept();
  await panel.setTheme('dark');
  await panel.frames(2);
  expect(await rawPoints(panel)).toBeGreaterThan(0);
  await kept();
  await panel.page.locator('.legend button').first().click();
  await panel.frames(2);
  expect(await rawPoints(panel)).toBeGreaterThan(0);
});
