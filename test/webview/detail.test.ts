import { expect, test } from 'vitest';
import type { FromWebview, Points } from '../../src/protocol';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour, curve, xLabels } from './reading';
import { append, long, overfitting, points, range } from './runs';

const open = useBrowser();
const blue = chartColour('blue');
type Asked = Extract<FromWebview, { type: 'detail' }>;

const asked = async (panel: Panel): Promise<Asked[]> =>
  (await panel.posted()).filter((message) => message.type === 'detail');

const ZOOMS = 8;

/** Into the start of the run, by steps of the keyboard, and until zooming is over for the page. */
async function zoomIn({ page }: Panel): Promise<void> {
  await page.locator('.frame').first().focus();
  await page.evaluate(`(async () => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('Home');
    for (let i = 0; i < ${ZOOMS}; i++) {
      press('+');
      await instruments.frames(2);
    }
    // Timers of a page end in their order: that of the page's own is shorter and began before.
    await new Promise((done) => setTimeout(done, 300));
  })()`);
}

/** Every step of the part, 0.5 high, with a spike. */
function closely({ part }: Asked, spike: number): Points {
  const first = Math.ceil(part.min);
  const steps = range(Math.floor(part.max) - first + 1).map((i) => first + i);
  return points(
    steps,
    steps.map((x) => (x === spike ? 3 : 0.5)),
  );
}

test('a zoom into a long run asks for the part that is looked at, and draws it there', async () => {
  const run = long();
  const panel = await open({ messages: [run] });
  const before = curve(await panel.drawing(), blue).length;
  await zoomIn(panel);
  const requests = await asked(panel);
  // Once, unless the machine is so busy that a pause comes in between.
  expect(requests.length).toBeLessThan(ZOOMS);
  const request = requests.at(-1);
  const { id, part } = request!;
  expect([id, part.axis, part.log, part.series]).toEqual([run.run.summary.id, 'step', false, [0, 1, 2, 3]]);
  expect(part.columns).toBeGreaterThan(100);
  expect(part.max - part.min).toBeLessThan(20_000);

  const spike = Math.round((part.min + part.max) / 2);
  const given = closely(request!, spike);
  const series = [{ index: 0, points: given, whole: false }];
  const message = { type: 'detail', id, request: request!.request, detail: { generation: 1, series } };
  // Of a part that was looked at before, and of points that do not hold any more, nothing is drawn.
  await panel.send({ ...message, request: request!.request - 1 });
  await panel.send({ ...message, detail: { generation: 9, series } });
  const thinned = curve(await panel.drawing(), blue).length;
  await panel.send(message);
  const drawn = curve(await panel.drawing(), blue);
  expect(drawn.length).toBeGreaterThan(thinned);
  const heights = drawn.map(([, y]) => y);
  const flat = heights.toSorted((a, b) => b - a)[Math.floor(heights.length / 2)]!;
  expect(flat - Math.min(...heights)).toBeGreaterThan(20);

  // The run goes on, and the picture stays.
  const labels = xLabels(await panel.drawing());
  await panel.send(append(run, { 0: [0.4], 1: [0.6] }));
  expect(xLabels(await panel.drawing())).toEqual(labels);
  expect(curve(await panel.drawing(), blue).length).toBeGreaterThan(thinned);

  await panel.page.getByRole('button', { name: 'Reset Zoom' }).click();
  await expect.poll(async () => curve(await panel.drawing(), blue).length).toBeLessThanOrEqual(before + 1);
  expect((await asked(panel)).length).toBe(requests.length);
});

test('a run that is there as a whole asks for nothing', async () => {
  const panel = await open({ messages: [overfitting()] });
  await zoomIn(panel);
  expect(await asked(panel)).toEqual([]);
});
