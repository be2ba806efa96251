import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour, curve, texts } from './reading';
import { points, range, series, snapshot } from './runs';

const open = useBrowser();

const loss = (value: (step: number) => number) => {
  const steps = range(300);
  return snapshot('r', [series(0, { axis: 'step' }, points(steps, steps.map(value)))]);
};
const falling = loss((x) => 0.2 + 8 * Math.exp(-x / 20) + (x % 7) / 30);

/** The line, how it is stroked, and what is written at the axes, px for px. */
async function drawn(panel: Panel): Promise<object> {
  const drawing = await panel.drawing();
  const colour = chartColour('blue');
  const line = curve(drawing, colour).map((at) => at.map((px) => Math.round(px * 100) / 100));
  const widths = drawing.strokes.filter((stroke) => stroke.colour === colour).map(({ width }) => width);
  return { line, widths, texts: texts(drawing) };
}

test.each([
  ['all of it', falling, () => Promise.resolve()],
  [
    'noise that is drawn thin until it is smooth',
    loss((x) => 1 + (x % 2) / 2 + x / 300),
    () => Promise.resolve(),
  ],
  [
    // Averages bring to the part what was before it.
    'a part',
    falling,
    (panel: Panel) => panel.page.locator('.frame').first().press('+'),
  ],
  [
    // Averages with values that it does not show are below all that it shows.
    'a log scale',
    loss((x) => (x < 10 ? -1 : 2 + Math.exp(-x / 20))),
    (panel: Panel) => panel.page.getByRole('checkbox', { name: 'Log scale' }).click(),
  ],
])('%s looks while the smoothing is dragged as it does when it is not', async (_what, run, look) => {
  const [dragged, fresh] = [await open({ messages: [run] }), await open({ messages: [run] })];
  for (const panel of [dragged, fresh]) {
    await look(panel);
    await panel.frames(2);
  }
  await dragged.smooth(0.2, 0.6);
  const before = await drawn(dragged);
  await dragged.smooth(0.99);
  await fresh.smooth(0.99);
  const now = await drawn(dragged);
  expect(now).not.toEqual(before);
  expect(now).toEqual(await drawn(fresh));
});

test('a pinned tooltip tells the values of the smoothing that is drawn', async () => {
  const panel = await open({ messages: [falling] });
  await panel.smooth(0.2);
  await panel.page
    .locator('.frame')
    .first()
    .click({ position: { x: 400, y: 120 } });
  await panel.frames(2);
  const told = async (): Promise<string[]> =>
    texts(await panel.drawing()).filter((text) => /^ train: /.test(text));
  const before = await told();
  expect(before).toHaveLength(1);
  await panel.smooth(0.6, 0.95);
  const after = await told();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});
