import { expect, test } from 'vitest';
import { faults } from './axe';
import { useBrowser } from './browser';
import { chartColour } from './reading';
import { compared, hostile, like, manyMetrics, overfitting, undetermined } from './runs';
import { themeNames } from './server';

const open = useBrowser();

test.each(themeNames)('nothing serious for axe in the theme %s', async (theme) => {
  const panel = await open({ theme, messages: [overfitting()] });
  await panel.page.locator('.remedy summary').first().click();
  await panel.page.locator('.finding summary').first().click();
  await panel.send({ type: 'dismissed', findings: [{ id: 'past-the-optimum', reason: 'noise' }] });
  const words = { changed: 'dropout 0 → 0.1', lines: ['val loss 0.41 → 0.36 (better)'] };
  await panel.send({ type: 'since', since: words });
  await panel.page.locator('aside .more > summary').first().click();
  await panel.page.getByRole('button', { name: /^val/ }).first().click();
  await panel.page.getByRole('button', { name: 'Export loss' }).click();
  await panel.frames(2);
  expect(await faults(panel)).toEqual([]);
  await panel.page.getByRole('checkbox', { name: 'Table' }).click();
  await panel.send({ type: 'problem', message: 'The file is gone.' });
  expect(await faults(panel)).toEqual([]);
});

test.each(themeNames)('nor beside other runs in the theme %s', async (theme) => {
  const run = overfitting();
  const panel = await open({ theme, messages: [run, ...compared(like(run, 'b'), like(run, 'c'))] });
  await panel.page.locator('.compare summary').click();
  await panel.page.getByRole('checkbox', { name: 'Show all' }).click();
  await panel.frames(2);
  expect(await faults(panel)).toEqual([]);
});

test.each(themeNames)('nor in the other states of the page in the theme %s', async (theme) => {
  const panel = await open({ theme });
  expect(await faults(panel)).toEqual([]);
  await panel.send({ type: 'problem', message: 'The file is gone.' });
  expect(await faults(panel)).toEqual([]);
  await panel.send(undetermined());
  expect(await faults(panel)).toEqual([]);
  await panel.send(hostile());
  expect(await faults(panel)).toEqual([]);
});

test.each(themeNames)('splits differ by more than their colour in the theme %s', async (theme) => {
  const panel = await open({ theme, messages: [overfitting()] });
  const { strokes } = await panel.drawing();
  const dashes = ['blue', 'orange'].map(
    (name) =>
      strokes.find(({ colour, points }) => colour === chartColour(name, theme) && points.length === 40)!.dash,
  );
  expect(dashes).toEqual([[], [7, 3]]);
});

test('high contrast has borders around what has none otherwise', async () => {
  const panel = await open({ theme: 'high-contrast', messages: [overfitting()] });
  for (const part of ['.verdict', '.chart', '.finding']) {
    const border = await panel.style(part, 'borderTopWidth');
    expect(border).toBe('1px');
  }
});

test('every control can be reached with the Tab key, and shows it', async () => {
  const { page } = await open({ messages: [overfitting()] });
  const reached: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const [name, visible] = await page.evaluate<[string, string]>(`(() => {
      const one = document.activeElement;
      const inner = one.shadowRoot?.activeElement ?? one;
      return [one.tagName + ' ' + (one.textContent || one.id).trim(), String(inner.matches(':focus-visible'))];
    })()`);
    if (name.startsWith('BODY')) break;
    expect(visible, name).toBe('true');
    reached.push(name);
  }
  for (const name of [
    'control-smoothing',
    'Log scale',
    'Table',
    'Reset Zoom',
    'Another Log',
    'train',
    'since epoch 15',
    'line 17',
    'Preview in train.py',
    'Apply',
    'Preview in config.yaml',
    'How, usual',
    '2 more',
    'All techniques',
  ])
    expect(
      reached.some((text) => text.includes(name)),
      name,
    ).toBe(true);
});

test('a verdict that turns is told, numbers that change are not', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const turned = structuredClone(run.run.assessment!);
  turned.diagnosis.verdict.why = 'Another sentence.';
  await panel.send({ type: 'assessed', summary: run.run.summary, assessment: turned, fixes: [] });
  expect(await panel.spoken()).toBe('');
  turned.diagnosis.verdict.label = 'unstable';
  await panel.send({ type: 'assessed', summary: run.run.summary, assessment: turned, fixes: [] });
  expect(await panel.spoken()).toBe('Verdict: Unstable, 94 %');
});

test('with reduced motion nothing moves by itself', async () => {
  const { page } = await open({ reducedMotion: 'reduce', messages: [overfitting()] });
  const moving = `[...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    return style.transitionDuration !== '0s' || style.animationName !== 'none';
  }).length`;
  expect(await page.evaluate(moving)).toBe(0);
  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
});

test.each([360, 500, 900, 1280])('at a width of %i px nothing scrolls sideways', async (width) => {
  for (const run of [overfitting(), hostile(), manyMetrics()]) {
    const { page } = await open({ width, messages: [run, { type: 'problem', message: 'x'.repeat(300) }] });
    const { scroll, client } = await page.evaluate<{ scroll: number; client: number }>(
      '({ scroll: document.scrollingElement.scrollWidth, client: document.scrollingElement.clientWidth })',
    );
    expect(scroll).toBe(client);
    const wide = `[...document.querySelectorAll('#app *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('table, .key, h3')).map((element) => element.outerHTML.slice(0, 80))`;
    expect(await page.evaluate(wide)).toEqual([]);
  }
});

test('charts follow the width, and narrow again', async () => {
  const panel = await open({ messages: [overfitting()] });
  const width = async (): Promise<number> =>
    (await panel.page.locator('canvas').first().boundingBox())!.width;
  const before = await width();
  await panel.page.setViewportSize({ width: 500, height: 900 });
  await expect.poll(width).toBeLessThan(480);
  await panel.page.setViewportSize({ width: 1280, height: 900 });
  await expect.poll(width).toBe(before);
});
