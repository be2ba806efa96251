import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour, crosses, curve, pieces, xLabels } from './reading';
import {
  append,
  long,
  manyMetrics,
  mixedAxes,
  noValidation,
  overfitting,
  points,
  range,
  series,
  snapshot,
  unstable,
} from './runs';

const open = useBrowser();
const blue = chartColour('blue');
const legend = (panel: Panel): Promise<string[]> =>
  panel.page.locator('.chart').first().locator('.key').allTextContents();

test('appended points are drawn within a frame, without a new snapshot', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const more = append(run, { 0: [0.05], 1: [1.2] });
  const drawn = await panel.page.evaluate<number>(`(async () => {
    const before = instruments.drawing(0).times;
    instruments.send(${JSON.stringify(plain(more))});
    await instruments.frames(1);
    return instruments.drawing(0).times - before;
  })()`);
  expect(drawn).toBe(1);
  expect(curve(await panel.drawing(), blue)).toHaveLength(41);
  expect(xLabels(await panel.drawing()).at(-1)).toBe('40');
  expect(await legend(panel)).toEqual(['train 0.05', 'val 1.2']);
});

test('a page that is paused shows nothing new, says so, and asks for all of it afterwards', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const { page } = panel;
  await page.getByRole('button', { name: 'Pause' }).click();
  const later = { ...run, run: { ...run.run, series: run.run.series.slice(0, 1) } };
  await panel.send(append(run, { 0: [0.05] }), later);
  expect(curve(await panel.drawing(), blue)).toHaveLength(40);
  expect(await page.locator('.chart h3').count()).toBe(3);
  expect(await page.locator('.pulse').innerText()).toBe('paused: what is new is shown after Resume');
  const asked = (await panel.posted()).length;
  await page.getByRole('button', { name: 'Resume' }).click();
  expect((await panel.posted()).slice(asked)).toEqual([{ type: 'ready', version: run.version }]);
  await panel.send(run, append(run, { 0: [0.05] }));
  expect(curve(await panel.drawing(), blue)).toHaveLength(41);
  expect(await page.locator('.pulse').innerText()).toMatch(/^last point/);
});

test('another run is shown at once, though the page was paused; a run that is over has nothing to pause', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const pause = panel.page.getByRole('button', { name: 'Pause' });
  await pause.click();
  await panel.send(unstable());
  expect(await panel.page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  const { summary } = run.run;
  await panel.send({ ...run, run: { ...run.run, summary: { ...summary, state: 'finished' } } });
  expect(await panel.page.locator('h1').innerText()).toBe(summary.title);
  expect(await pause.isVisible()).toBe(false);
});

test('many messages in a frame are one drawing, and charts without news are not drawn', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const before = [await panel.drawing(0), await panel.drawing(1)];
  await panel.send(append(run, { 0: [0.05] }), append(run, { 0: [0.04] }), append(run, { 0: [0.03] }));
  expect((await panel.drawing(0)).times - before[0]!.times).toBe(1);
  expect((await panel.drawing(1)).times - before[1]!.times).toBe(0);
});

test('points of an earlier generation or of another run are left out', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  const other = append(run, { 0: [9] });
  await panel.send(append(run, { 0: [9] }, 0), { ...other, summary: { ...other.summary, id: 'another' } });
  expect(curve(await panel.drawing(), blue)).toHaveLength(40);
  expect((await legend(panel))[0]).toBe('train 0.1116');
});

test('a snapshot after a reset takes the place of all that was shown', async () => {
  const panel = await open({ messages: [overfitting()] });
  const fresh = snapshot('keras/history.csv', [series(0, {}, points(range(5), [5, 4, 3, 2, 1]))], null, {
    generation: 2,
  });
  await panel.send(fresh, append(fresh, { 0: [0.5] }));
  expect(await panel.page.locator('.chart h3').allTextContents()).toEqual(['loss']);
  expect(curve(await panel.drawing(), blue)).toHaveLength(6);
  expect(await panel.page.locator('.verdict').innerText()).toContain('Analysing');
  expect(await panel.page.locator('aside').isVisible()).toBe(false);
});

test('messages of a kind that is not known, and things that are no messages, change nothing', async () => {
  const panel = await open({ messages: [overfitting()] });
  const before = await panel.page.locator('#app').innerText();
  await panel.send({ type: 'from the future', run: null });
  await panel.page.evaluate(
    `for (const data of [null, 7, 'text', {}]) window.dispatchEvent(new MessageEvent('message', { data }))`,
  );
  await panel.frames(2);
  expect(await panel.page.locator('#app').innerText()).toBe(before);
});

test('what did not change is not touched: elements, focus, disclosures, scroll position', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run], height: 500 });
  await panel.page.locator('.remedy summary').first().click();
  await panel.page.locator('.finding').getByText('line 17').focus();
  await panel.page.evaluate('window.scrollTo(0, 200)');
  await panel.page.evaluate(`
    window.kept = [...document.querySelectorAll('.verdict, .finding, .remedy, .toolbar, canvas, .key')];
    window.changes = [];
    new MutationObserver((all) => changes.push(...all.map(({ target }) => target.className || target.tagName)))
      .observe(document.querySelector('.body'), { childList: true, subtree: true });`);
  for (const value of [0.1, 0.09, 0.08]) await panel.send(append(run, { 0: [value] }));
  await panel.send({
    type: 'assessed',
    summary: run.run.summary,
    assessment: run.run.assessment,
    fixes: run.fixes,
  });
  expect(await panel.page.evaluate('kept.every((element) => element.isConnected)')).toBe(true);
  expect([...new Set(await panel.page.evaluate<string[]>('changes'))]).toEqual(['value']);
  expect(await panel.page.evaluate('document.activeElement.textContent')).toBe('line 17');
  expect(await panel.page.evaluate('scrollY')).toBe(200);
  expect(await panel.page.locator('.remedy details').first().getAttribute('open')).toBe('');
});

test('what did change keeps the focus and the open disclosure', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  await panel.page.locator('.remedy summary').first().click();
  const send = async (text: string): Promise<void> => {
    const assessment = structuredClone(run.run.assessment!);
    assessment.diagnosis.findings[0]!.message = text;
    assessment.diagnosis.findings[0]!.onset!.step = 16;
    assessment.remedies[0]!.why = text;
    await panel.send({ type: 'assessed', summary: run.run.summary, assessment, fixes: run.fixes });
  };
  await send('The first.');
  expect(await panel.page.locator('.remedy > p').first().innerText()).toBe('The first.');
  expect(await panel.page.locator('.remedy details').first().getAttribute('open')).toBe('');
  expect(await panel.page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
  await panel.page.locator('.finding').getByText('line 17').focus();
  await send('The second.');
  expect(await panel.page.locator('.finding').first().innerText()).toContain('The second.');
  expect(await panel.page.evaluate('document.activeElement.textContent')).toBe('line 17');
});

test('a disclosure opened in the very moment of an update stays open, and one closed stays closed', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  // The browser tells of a toggle some time after the click; here, never.
  await panel.page.evaluate(
    "document.addEventListener('toggle', (event) => event.stopImmediatePropagation(), { capture: true })",
  );
  const clickAndUpdate = async (text: string): Promise<void> => {
    const assessment = structuredClone(run.run.assessment!);
    assessment.remedies[0]!.why = text;
    const message = { type: 'assessed', summary: run.run.summary, assessment, fixes: run.fixes };
    await panel.page.evaluate(
      `document.querySelector('.remedy summary').click(); instruments.send(${JSON.stringify(plain(message))});`,
    );
    await panel.frames(2);
    expect(await panel.page.locator('.remedy > p').first().innerText()).toBe(text);
  };
  await clickAndUpdate('The first.');
  expect(await panel.page.locator('.remedy details').first().getAttribute('open')).toBe('');
  await clickAndUpdate('The second.');
  expect(await panel.page.locator('.remedy details').first().getAttribute('open')).toBeNull();
});

test('the choices of the x axis follow the run, without taking the focus', async () => {
  const run = noValidation();
  const panel = await open({ messages: [run] });
  const slider = panel.page.getByRole('slider');
  await slider.focus();
  const { series: all, ...about } = mixedAxes().run;
  await panel.send({ ...run, run: { ...about, summary: run.run.summary, series: all } });
  expect(await panel.page.locator('vscode-option').allTextContents()).toEqual(['step', 'epoch']);
  expect(await panel.page.evaluate("document.querySelector('vscode-dropdown').value")).toBe('epoch');
  expect(await slider.and(panel.page.locator(':focus')).count()).toBe(1);
});

test('a zoom stays while the run goes on', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('+');
  await panel.frames(2);
  const before = xLabels(await panel.drawing());
  await panel.send(append(run, { 0: [0.05], 1: [1.2] }));
  expect(xLabels(await panel.drawing())).toEqual(before);
});

test('a chart out of sight is drawn when it comes into sight', async () => {
  const run = manyMetrics(6);
  const panel = await open({ messages: [run], height: 300, width: 500 });
  await panel.frames(4);
  const { times } = await panel.drawing(5);
  await panel.send(append(run, { 5: [2] }));
  expect((await panel.drawing(5)).times).toBe(times);
  await panel.page.locator('.chart').last().scrollIntoViewIfNeeded();
  await expect.poll(async () => curve(await panel.drawing(5), blue).length).toBe(41);
});

test('a new theme recolours the charts', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.setTheme('dark');
  await panel.frames(2);
  expect(curve(await panel.drawing(), chartColour('blue', 'dark'))).toHaveLength(40);
  expect(curve(await panel.drawing(), blue)).toHaveLength(0);
});

test('so does a colour that the user changed in the settings', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.evaluate("document.documentElement.style.setProperty('--vscode-charts-blue', '#123456')");
  await panel.frames(2);
  expect(curve(await panel.drawing(), '#123456')).toHaveLength(40);
});

test('a NaN that arrives live leaves a cross, a smoothed curve goes on', async () => {
  const run = unstable();
  const panel = await open({ messages: [run], state: { smoothing: 0.5 } });
  const odd = async (): Promise<number> => crosses(await panel.drawing(), chartColour('red')).length;
  expect(await odd()).toBe(6);
  await panel.send(append(run, { 0: [Number.NaN, 0.5, 0.5, 0.5] }));
  expect(await odd()).toBe(7);
  expect(curve(await panel.drawing(), blue).length).toBeGreaterThan(115);
});

test('a run that goes back, resumed from a checkpoint, is still seen to its furthest step', async () => {
  const one = series(
    0,
    { axis: 'step' },
    points(
      range(60),
      range(60).map((i) => 3 - i / 30),
    ),
  );
  const run = snapshot('resumed.csv', [one]);
  const panel = await open({ messages: [run] });
  const more = append(run, { 0: [2.2, 2.1, 2] });
  more.series[0]!.points.steps.set([20, 21, 22]);
  await panel.send(more);
  expect(xLabels(await panel.drawing()).at(-1)).toBe('50');
  const [first, second] = pieces(await panel.drawing(), blue);
  expect([first!.length, second!.length]).toEqual([60, 3]);
  expect(second!.at(-1)![0]).toBeLessThan(first!.at(-1)![0]);
});

test('a long run takes in a thousand appended points', async () => {
  const run = long();
  const panel = await open({ messages: [run] });
  for (let i = 0; i < 10; i++) await panel.send(append(run, { 0: range(100).map(() => 0.5) }));
  expect(xLabels(await panel.drawing()).at(-1)).toBe('100,000');
});

/** Typed arrays as plain ones, for JSON. */
function plain(message: object): object {
  return JSON.parse(
    JSON.stringify(message, (_key, value: unknown) =>
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    ),
  ) as object;
}
