import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import { chartColour, curve, texts, xLabels } from './reading';
import { append, hostile, mixedAxes, overfitting, unstable } from './runs';

const open = useBrowser();
const [blue, orange] = [chartColour('blue'), chartColour('orange')];

test('arrows, Home, End and the page keys move along a curve, which is spoken', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('.frame').first().focus();
  const said = async (key: string): Promise<string> => {
    await panel.page.keyboard.press(key);
    return panel.spoken();
  };
  expect(await said('End')).toBe('train loss, epoch 39: 0.1116');
  expect(await said('ArrowLeft')).toMatch(/^train loss, epoch 38: /);
  expect(await said('ArrowRight')).toMatch(/^train loss, epoch 39: /);
  expect(await said('ArrowRight')).toMatch(/^train loss, epoch 39: /);
  expect(await said('PageUp')).toMatch(/^train loss, epoch 35: /);
  expect(await said('PageDown')).toMatch(/^train loss, epoch 39: /);
  expect(await said('Home')).toBe('train loss, epoch 0: 2.272');
  expect(await said('ArrowDown')).toMatch(/^val loss, epoch 0: /);
  expect(await said('ArrowUp')).toMatch(/^train loss, epoch 0: /);
});

test('the point that is spoken has its tooltip, Escape takes it away', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  await panel.frames(2);
  expect(texts(await panel.drawing())).toContainEqual(expect.stringMatching(/^epoch 0 · 0:00:00 · /));
  await panel.page.keyboard.press('Escape');
  await panel.frames(2);
  expect(texts(await panel.drawing()).filter((text) => text.startsWith('epoch 0'))).toEqual([]);
});

test('a click pins the tooltip: mouse and new points leave it, Escape and a click there let go', async () => {
  const panel = await open({ messages: [overfitting()] });
  const { page } = panel;
  const frame = page.locator('.frame').first();
  const told = async (): Promise<string[]> => {
    await panel.frames(3);
    return texts(await panel.drawing()).filter((text) => /^epoch \d+ · |^pinned/.test(text));
  };
  const at = async (index: number): Promise<{ position: { x: number; y: number } }> => {
    const [x, y] = curve(await panel.drawing(), blue)[index]!;
    return { position: { x, y } };
  };
  // As a hand does it: the tooltip is there before the click.
  await frame.hover(await at(30));
  expect(await told()).toEqual([expect.stringMatching(/^epoch 30 · /)]);
  await frame.click(await at(30));
  const pinned = [expect.stringMatching(/^epoch 30 · /), 'pinned: a click or Escape lets go'];
  expect(await told()).toEqual(pinned);
  await frame.hover(await at(10));
  expect(await told()).toEqual(pinned);
  await page.mouse.move(5, 5);
  await panel.send(append(overfitting(), { 0: [0.1], 1: [0.9] }));
  expect(await told()).toEqual(pinned);
  await page.getByRole('slider').first().press('ArrowRight');
  expect(await told()).toEqual(pinned);
  await frame.focus();
  await page.keyboard.press('Escape');
  await panel.send(append(overfitting(), { 0: [0.1, 0.1], 1: [0.9, 0.9] }));
  expect(await told()).toEqual([]);
  await frame.click(await at(20));
  await frame.click(await at(25));
  expect(await told()).toEqual([expect.stringMatching(/^epoch 25 · /), pinned[1]]);
  await frame.click(await at(25));
  // While the mouse stays there the browser may tell of it again.
  await page.mouse.move(5, 5);
  expect(await told()).toEqual([]);
  // A drag is no click, nor is one with a key.
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await frame.click({ position: { x: 300, y: 100 }, modifiers: ['Shift'] });
  expect(await told()).not.toContain(pinned[1]);
});

test('Enter and a double click show the line of the log', async () => {
  const place = { type: 'reveal', id: 'keras/history.csv', file: null };
  const panel = await open({ messages: [overfitting()] });
  const frame = panel.page.locator('.frame').first();
  await frame.focus();
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('Enter');
  expect(await panel.posted()).toContainEqual({ ...place, line: 3 });
  const [x, y] = curve(await panel.drawing(), blue)[30]!;
  await frame.dblclick({ position: { x, y } });
  expect(await panel.posted()).toContainEqual({ ...place, line: 32 });
});

test('a value that is no number is spoken too', async () => {
  const panel = await open({ messages: [unstable()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  for (let i = 0; i < 80; i++) await panel.page.keyboard.press('ArrowRight');
  expect(await panel.spoken()).toBe('train loss, step 80: NaN');
});

test('another curve is entered at the same place', async () => {
  const panel = await open({ messages: [mixedAxes()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.press('ArrowDown');
  expect(await panel.spoken()).toMatch(/^val loss, epoch 9: /);
});

test('plus and minus zoom around the point', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('+');
  await panel.frames(2);
  expect(Number(xLabels(await panel.drawing(1)).at(-1))).toBeLessThan(20);
  await panel.page.keyboard.press('-');
  await panel.frames(2);
  expect(xLabels(await panel.drawing(1)).at(-1)).toBe('35');
});

test('with Shift the arrows pan, no further than there are points, and 0 shows everything', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  for (let i = 0; i < 2; i++) {
    await panel.page.keyboard.press('+');
    await panel.frames(2);
  }
  const first = async (): Promise<number> => Number(xLabels(await panel.drawing())[0]);
  expect(await first()).toBe(0);
  await panel.page.keyboard.press('Shift+ArrowRight');
  await panel.frames(2);
  expect(await first()).toBeGreaterThan(1);
  for (let i = 0; i < 5; i++) {
    await panel.page.keyboard.press('Shift+ArrowLeft');
    await panel.frames(2);
  }
  expect(await first()).toBe(0);
  expect(Number(xLabels(await panel.drawing()).at(-1))).toBeLessThan(12);
  await panel.page.keyboard.press('0');
  await panel.frames(2);
  expect(xLabels(await panel.drawing()).at(-1)).toBe('35');
});

test('each point, and each finding, leads to the file of the run that it is from', async () => {
  const run = overfitting();
  run.run.files = ['/runs/keras/one.csv', '/runs/keras/two.csv'];
  run.run.series[0]!.points.files = [
    { at: 0, file: 0 },
    { at: 20, file: 1 },
  ];
  run.run.series[1]!.points.files = [{ at: 0, file: 1 }];
  const panel = await open({ messages: [run] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('Enter');
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.press('Enter');
  const more = append(run, { 0: [0.1] });
  more.series[0]!.points.files = [{ at: 0, file: 0 }];
  await panel.send(more);
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.press('Enter');
  await panel.page
    .locator('.finding')
    .getByText(/^line /)
    .first()
    .click();
  const id = 'keras/history.csv';
  expect((await panel.posted()).filter(({ type }) => type === 'reveal')).toEqual([
    { type: 'reveal', id, line: 2, file: 0 },
    { type: 'reveal', id, line: 41, file: 1 },
    { type: 'reveal', id, line: 42, file: 0 },
    { type: 'reveal', id, line: 17, file: 1 },
  ]);
});

test('keys that are none of the chart scroll and tab as ever', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Tab');
  expect(await panel.page.evaluate('document.activeElement.className')).toContain('key');
});

test('the legend hides and shows a curve with the keyboard and keeps the focus', async () => {
  const panel = await open({ messages: [overfitting()] });
  const train = panel.page.getByRole('button', { name: /^train/ }).first();
  expect(await train.getAttribute('aria-pressed')).toBe('true');
  await train.focus();
  await panel.page.keyboard.press('Space');
  await panel.frames(2);
  expect(await train.getAttribute('aria-pressed')).toBe('false');
  expect(curve(await panel.drawing(), blue)).toHaveLength(0);
  expect(curve(await panel.drawing(), orange)).toHaveLength(40);
  await panel.page.keyboard.press('Enter');
  await panel.frames(2);
  expect(curve(await panel.drawing(), blue)).toHaveLength(40);
  expect(await train.and(panel.page.locator(':focus')).count()).toBe(1);
});

test('every chart can be hidden whole, and its keys then do nothing', async () => {
  const panel = await open({
    messages: [overfitting()],
    state: { path: '/runs/keras/history.csv', hidden: ['train/loss', 'val/val_loss'] },
  });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  expect(await panel.spoken()).toBe('');
});

test('the table gives the same numbers, newest first, and goes on with the run', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  await panel.page.getByRole('checkbox', { name: 'Table' }).press('Space');
  await panel.frames(2);
  expect(await panel.page.locator('canvas').count()).toBe(0);
  const table = panel.page.getByRole('table', { name: 'loss' });
  expect(await table.locator('thead th').allTextContents()).toEqual(['epoch', 'train', 'val']);
  expect(await table.locator('tbody tr').first().locator('th, td').allTextContents()).toEqual([
    '39',
    '0.1116',
    '1.001',
  ]);
  expect(await table.locator('tbody tr').count()).toBe(40);
  await panel.page.getByRole('checkbox', { name: 'Table' }).press('Space');
  await panel.frames(2);
  expect(curve(await panel.drawing(), blue)).toHaveLength(40);
});

test('hostile names do no harm in the table', async () => {
  const { page } = await open({ messages: [hostile()], state: { asTable: true } });
  expect(await page.locator('.charts table').count()).toBe(6);
  expect(await page.locator('img').count()).toBe(0);
});
