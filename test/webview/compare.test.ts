import { expect, test } from 'vitest';
import { runColours } from '../../webview/runColours';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour, curve, marks, texts, xLabels } from './reading';
import { append, compared, like, overfitting } from './runs';

const open = useBrowser();
const [first, second, third] = runColours.onLight;
const run = overfitting();
const other = like(run, 'keras/other.csv', 0, { batch_size: 64, optimizer: 'adamw' });
const late = like(run, 'keras/late.csv', 100, { batch_size: 32 });

const rows = (panel: Panel) => panel.page.locator('.compare tbody').first().locator('tr');
const drawn = async (panel: Panel, colour: string): Promise<number> =>
  curve(await panel.drawing(), colour).length;

test('runs stand in the charts of their metrics, each in its colour, each split in its dash', async () => {
  const panel = await open({ messages: [run, ...compared(other)] });
  expect(await panel.page.locator('.chart h3').allTextContents()).toEqual([
    'loss',
    'accuracy',
    'learning_rate',
  ]);
  for (const chart of [0, 1]) {
    const { strokes } = await panel.drawing(chart);
    for (const colour of [first, second]) {
      const lines = strokes.filter((one) => one.colour === colour && one.points.length === 40);
      expect(lines.map(({ dash }) => dash)).toContainEqual([]);
      expect(lines.map(({ dash }) => dash)).toContainEqual([7, 3]);
    }
  }
  expect(await drawn(panel, chartColour('blue'))).toBe(0);
  expect(await panel.page.locator('.chart').first().locator('.key').allTextContents()).toEqual([
    'train ',
    'val ',
  ]);
});

test('the table has best and last values, marks the best run, and each run keeps being told', async () => {
  const panel = await open({ messages: [run, ...compared(other)] });
  const { values } = run.run.series[1]!.points;
  const best = Number(Math.min(...values).toPrecision(4));
  const cells = rows(panel).first().locator('td');
  expect(await cells.nth(2).innerText()).toBe(`${best} at ${values.indexOf(Math.min(...values))}`);
  expect(await cells.nth(2).locator('strong').count()).toBe(1);
  const better = rows(panel).nth(1).locator('td').nth(2).locator('strong');
  expect(await better.count()).toBe(0);
  await panel.send(append(other, { 1: [0.001] }));
  expect(await better.allTextContents()).toEqual(['0.001']);
  expect(await drawn(panel, second)).toBe(81);
});

test('a run is hidden in all charts, left alone, and taken out', async () => {
  const panel = await open({ messages: [run, ...compared(other, late)] });
  await rows(panel).nth(1).getByRole('button', { pressed: true }).click();
  await panel.frames(2);
  expect(await drawn(panel, second)).toBe(0);
  expect(await drawn(panel, first)).toBe(80);
  expect(curve(await panel.drawing(1), second)).toHaveLength(0);
  await panel.page.getByRole('button', { name: 'Only other.csv' }).press('Enter');
  await panel.frames(2);
  expect(await drawn(panel, first)).toBe(0);
  expect(await drawn(panel, second)).toBe(80);
  await panel.page.getByRole('button', { name: 'Only other.csv' }).press('Enter');
  await panel.frames(2);
  expect([await drawn(panel, first), await drawn(panel, third)]).toEqual([80, 80]);
  await panel.page.getByRole('button', { name: 'Remove other.csv' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'uncompare', path: '/runs/keras/other.csv' });
  await panel.send(...compared(late));
  expect([await drawn(panel, second), await drawn(panel, third)]).toEqual([0, 80]);
  await panel.send(...compared());
  expect(await panel.page.locator('.compare').isVisible()).toBe(false);
  expect(await drawn(panel, chartColour('blue'))).toBe(40);
});

test('a key of the legend stands for its split in all runs, and leaves only it with Alt', async () => {
  const panel = await open({ messages: [run, ...compared(other)] });
  const keys = panel.page.locator('.chart').first().locator('.key');
  await keys.first().click();
  await panel.frames(2);
  expect([await drawn(panel, first), await drawn(panel, second)]).toEqual([40, 40]);
  await keys.first().press('Enter');
  await keys.nth(1).press('Alt+Enter');
  await panel.frames(2);
  expect(await keys.first().getAttribute('aria-pressed')).toBe('false');
  expect(await keys.nth(1).getAttribute('aria-pressed')).toBe('true');
  await keys.nth(1).click({ modifiers: ['Alt'] });
  await panel.frames(2);
  expect(await keys.first().getAttribute('aria-pressed')).toBe('true');
  await keys.first().dblclick();
  await panel.frames(2);
  expect(await keys.nth(1).getAttribute('aria-pressed')).toBe('false');
});

test('only settings that differ are listed, unless all are asked for', async () => {
  const panel = await open({ messages: [run, ...compared(other, late)] });
  const summary = panel.page.locator('.compare summary');
  expect(await summary.textContent()).toBe('Settings: 2 of 2 differ');
  await panel.send(...compared(other));
  expect(await summary.textContent()).toBe('Settings: 1 of 2 differ');
  await summary.click();
  const settings = panel.page.locator('.compare details tbody tr');
  expect(await settings.allInnerTexts()).toEqual(['batch_size\t32\t64']);
  await panel.page.getByRole('checkbox', { name: 'Show all' }).click();
  await panel.frames(2);
  expect(await settings.allInnerTexts()).toEqual(['batch_size\t32\t64', 'optimizer\tadamw\tadamw']);
});

test('runs that began elsewhere are aligned on demand, marks included', async () => {
  const panel = await open({ messages: [run, ...compared(late)] });
  expect(xLabels(await panel.drawing()).at(-1)).toBe('120');
  await panel.page.getByRole('checkbox', { name: 'Align starts' }).click();
  await panel.frames(2);
  const drawing = await panel.drawing();
  expect(xLabels(drawing).at(-1)).toBe('35');
  const [own, moved] = [curve(drawing, first), curve(drawing, second)];
  expect(moved[5]![0]).toBeCloseTo(own[5]![0], 0);
  expect(marks(drawing, chartColour('red'))).toEqual([expect.closeTo(own[15]![0], 0)]);
});

test('the tooltip tells every run, by mouse and by keyboard', async () => {
  const panel = await open({ messages: [run, ...compared(other)] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  await panel.frames(2);
  const told = texts(await panel.drawing()).filter((text) =>
    /^ (history|other)\.csv (train|val): /.test(text),
  );
  expect(told).toHaveLength(4);
  await panel.page.keyboard.press('Escape');
  await panel.page.locator('canvas').first().hover();
  await panel.frames(3);
  expect(texts(await panel.drawing()).filter((text) => text.startsWith(' other.csv'))).toHaveLength(2);
});

test('of more runs than a tooltip has room for the nearest are told, and how many there are besides', async () => {
  const many = Array.from({ length: 30 }, (_, i) => like(run, `keras/run${i}.csv`, 0, {}));
  const panel = await open({ messages: [run, ...compared(...many)] });
  const chart = panel.page.locator('canvas').first();
  await chart.hover();
  await panel.frames(3);
  const said = texts(await panel.drawing());
  const told = said.filter((text) => /csv (train|val): /.test(text));
  expect(told.length).toBeGreaterThan(3);
  const { height } = (await chart.boundingBox())!;
  expect(told.length * 17).toBeLessThan(height);
  expect(said).toContain(`${62 - told.length} more`);
});

test('what can not be read is told in its row; colours and choice outlive the page', async () => {
  const panel = await open({ messages: [run, ...compared(other)] });
  const list = {
    type: 'compared',
    runs: [
      { path: '/gone', id: null, title: 'gone', problem: '/gone: no such file' },
      { path: '/runs/keras/other.csv', id: 'keras/other.csv', title: 'keras/other.csv', problem: null },
    ],
  };
  await panel.send(list);
  expect(await rows(panel).nth(1).innerText()).toContain('/gone: no such file');
  expect(await drawn(panel, second)).toBe(80);
  expect(await panel.state()).toMatchObject({
    compared: ['/gone', '/runs/keras/other.csv'],
    colours: { '/runs/keras/history.csv': 0, '/runs/keras/other.csv': 1, '/gone': 2 },
  });
});

test('another run is asked for in VS Code', async () => {
  const panel = await open({ messages: [run] });
  await panel.page.getByRole('button', { name: 'Compare…' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'compare' });
});
