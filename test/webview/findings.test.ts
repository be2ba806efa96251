import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { texts, xLabels } from './reading';
import { overfitting } from './runs';

const open = useBrowser();
const place = (panel: Panel, text: string) => panel.page.locator('.finding').getByText(text, { exact: true });
const labels = async (panel: Panel, chart: number): Promise<number[]> =>
  xLabels(await panel.drawing(chart)).map(Number);
const shade = async (panel: Panel): Promise<string | undefined> =>
  (await panel.drawing()).fills.find(({ colour }) => /^rgba\(.* 0\.08\)$/.test(colour))?.colour;

test('the place of a finding leads to its chart and its span, in all charts, and Reset Zoom back', async () => {
  const panel = await open({ messages: [overfitting()] });
  await place(panel, 'since epoch 15, best at epoch 12').click();
  await panel.frames(2);
  for (const chart of [0, 1, 2]) {
    const shown = await labels(panel, chart);
    expect(shown[0]).toBeGreaterThanOrEqual(5);
    expect(shown[0]).toBeLessThanOrEqual(12);
    expect(shown.at(-1)).toBeGreaterThan(34);
  }
  expect(await panel.page.evaluate('document.activeElement.matches(".chart .frame")')).toBe(true);
  await panel.page.getByRole('button', { name: 'Reset Zoom' }).click();
  await panel.frames(2);
  expect((await labels(panel, 0))[0]).toBe(0);
});

test('the span of the finding that is looked at is the one that is shaded', async () => {
  const panel = await open({ messages: [overfitting()] });
  expect(await shade(panel)).toContain('rgba(229, 20, 0');
  await place(panel, 'since epoch 18, best at epoch 12').click();
  await panel.frames(2);
  expect(await shade(panel)).toContain('rgba(191, 136, 3');
  await place(panel, 'since epoch 15, best at epoch 12').click();
  await panel.frames(2);
  expect(await shade(panel)).toContain('rgba(229, 20, 0');
});

test('the chart of the curve that decided is scrolled to, whatever other charts the finding is seen in', async () => {
  const run = overfitting();
  run.run.assessment!.diagnosis.findings[1]!.series = [3, 0];
  const panel = await open({ messages: [run], width: 400 });
  await panel.page.evaluate('scrollTo(0, document.body.scrollHeight)');
  const seen = (): Promise<boolean> =>
    panel.page.evaluate<boolean>(`(() => {
      const { top, bottom } = document.querySelectorAll('.chart')[1].getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })()`);
  expect(await seen()).toBe(false);
  await place(panel, 'since epoch 18, best at epoch 12').press('Enter');
  await panel.frames(2);
  expect(await seen()).toBe(true);
  expect(await panel.page.evaluate('document.activeElement.closest(".chart").textContent')).toContain(
    'accuracy',
  );
  expect(texts(await panel.drawing(1))).toContain('Trained past its best');
});

test('what is only worth a remark is marked while it is looked at', async () => {
  const run = overfitting();
  run.run.assessment!.diagnosis.findings[1]!.severity = 'info';
  const panel = await open({ messages: [run] });
  expect(texts(await panel.drawing())).not.toContain('Trained past its best');
  await place(panel, 'since epoch 18, best at epoch 12').click();
  await panel.frames(2);
  expect(texts(await panel.drawing())).toContain('Trained past its best');
});

test('a finding without a place, and one that is dismissed, lead nowhere', async () => {
  const run = overfitting();
  const [first, second] = run.run.assessment!.diagnosis.findings;
  Object.assign(second!, { onset: null, best: undefined });
  const dismissed = { type: 'dismissed', findings: [{ id: first!.id, reason: 'noise' }] } as const;
  const panel = await open({ messages: [run, dismissed] });
  expect(await panel.page.locator('[data-key^="place of"]').count()).toBe(0);
});
