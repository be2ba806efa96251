import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import { chartColour, crosses, curve, marks, pieces, texts, xLabels, yLabels } from './reading';
import {
  long,
  manyMetrics,
  mixedAxes,
  noValidation,
  onePoint,
  overfitting,
  points,
  range,
  series,
  snapshot,
  unstable,
} from './runs';
import { themes } from './server';

const open = useBrowser();
const [blue, orange, red, yellow] = ['blue', 'orange', 'red', 'yellow'].map((name) => chartColour(name)) as [
  string,
  string,
  string,
  string,
];

test('a snapshot is drawn: a chart per metric, a line per split, every point where its value is', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  expect(await panel.page.locator('.chart h3').allTextContents()).toEqual([
    'loss',
    'accuracy',
    'learning_rate',
  ]);
  const drawing = await panel.drawing();
  const [train, val] = [curve(drawing, blue), curve(drawing, orange)];
  expect(train).toHaveLength(40);
  expect(val).toHaveLength(40);
  const { values } = run.run.series[0]!.points;
  const scale = (train[39]![1] - train[0]![1]) / (values[39]! - values[0]!);
  train.forEach(([, y], i) => expect(y).toBeCloseTo(train[0]![1] + (values[i]! - values[0]!) * scale, 1));
});

test('the x axis ends at the last point, the y axis begins no lower than the data ask for', async () => {
  const panel = await open({ messages: [overfitting()] });
  const drawing = await panel.drawing();
  expect(xLabels(drawing)).toEqual(['0', '5', '10', '15', '20', '25', '30', '35']);
  const { width } = (await panel.page.locator('canvas').first().boundingBox())!;
  expect(width - curve(drawing, blue).at(-1)![0]).toBeLessThan(12);
  expect(yLabels(drawing)[0]).toBe('0');
});

test('ticks of epochs that count from 1 are round', async () => {
  const epochs = range(30).map((i) => i + 1);
  const one = series(
    0,
    {},
    points(
      epochs,
      epochs.map((x) => 1 / x),
    ),
  );
  const panel = await open({ messages: [snapshot('r', [one])] });
  expect(xLabels(await panel.drawing())).toEqual(['5', '10', '15', '20', '25', '30']);
});

test('one enormous value leaves the curve readable, is marked at the edge and told', async () => {
  const steps = range(60);
  const values = steps.map((i) => (i === 30 ? 1e28 : 0.3 + 2 * Math.exp(-i / 20)));
  const panel = await open({ messages: [snapshot('r', [series(0, {}, points(steps, values))])] });
  const note = panel.page.locator('.note');
  expect(await note.textContent()).toBe('\u25b3 off the scale: up to 1e+28; a log scale shows all');
  const drawing = await panel.drawing();
  expect(yLabels(drawing).at(-1)).toBe('2.5');
  const triangles = drawing.strokes.filter(({ colour, points: at }) => colour === blue && at.length === 3);
  expect(triangles).toHaveLength(1);
  expect(triangles[0]!.points[0]![0]).toBeCloseTo(curve(drawing, blue)[30]![0], 0);
  await panel.page.getByRole('checkbox', { name: 'Log scale' }).click();
  await panel.frames(2);
  expect(await note.textContent()).toBe('');
  expect(yLabels(await panel.drawing()).at(-1)).toMatch(/e\+2\d$/);
});

test('what never changes is a line, from which its chart can be opened', async () => {
  const steps = range(20);
  const flat = (index: number, name: string, value: number) =>
    series(
      index,
      { name, key: name, split: null, direction: 'none' },
      points(
        steps,
        steps.map(() => value),
      ),
    );
  const loss = series(
    0,
    {},
    points(
      steps,
      steps.map((i) => 1 / (i + 1)),
    ),
  );
  const panel = await open({
    messages: [snapshot('r', [loss, flat(1, 'learning_rate', 0.001), flat(2, 'momentum', 0.9)])],
  });
  const { page } = panel;
  expect(await page.locator('.chart h3').allTextContents()).toEqual(['loss']);
  const line = page.getByRole('region', { name: 'Constant curves' });
  expect(await line.getByRole('button').allTextContents()).toEqual(['learning_rate 0.001', 'momentum 0.9']);
  const rate = line.getByRole('button', { name: 'learning_rate 0.001' });
  await rate.focus();
  await page.keyboard.press('Enter');
  await panel.frames(2);
  expect(await page.locator('.chart h3').allTextContents()).toEqual(['loss', 'learning_rate']);
  expect(await rate.getAttribute('aria-expanded')).toBe('true');
  expect(await rate.and(page.locator(':focus')).count()).toBe(1);
  await page.keyboard.press('Enter');
  await panel.frames(2);
  expect(await page.locator('.chart h3').allTextContents()).toEqual(['loss']);
  await page.getByRole('checkbox', { name: 'Table' }).click();
  await panel.frames(2);
  expect(await page.locator('.chart.table').count()).toBe(3);
});

test('a loss that never changes keeps its chart', async () => {
  const steps = range(20);
  const stuck = series(
    1,
    { name: 'val_loss', split: 'val' },
    points(
      steps,
      steps.map(() => 0.69),
    ),
  );
  const loss = series(
    0,
    {},
    points(
      steps,
      steps.map((i) => 1 / (i + 1)),
    ),
  );
  const panel = await open({ messages: [snapshot('r', [loss, stuck])] });
  expect(await panel.page.locator('.chart h3').allTextContents()).toEqual(['loss', 'val_loss']);
});

test('steps are written in full', async () => {
  const panel = await open({ messages: [long()] });
  expect(xLabels(await panel.drawing()).at(-1)).toBe('80,000');
});

test('a single point is seen, on an axis without steps that never were', async () => {
  const panel = await open({ messages: [onePoint()] });
  const drawing = await panel.drawing();
  expect(drawing.fills.some(({ colour }) => colour === blue)).toBe(true);
  expect(xLabels(drawing)[0]).toBe('0');
});

test('onset, best point and span stand at their epochs, and no label hides another', async () => {
  const panel = await open({ messages: [overfitting()] });
  const drawing = await panel.drawing();
  const train = curve(drawing, blue);
  expect(marks(drawing, red)).toEqual([expect.closeTo(train[15]![0], 0)]);
  expect(marks(drawing, yellow)).toEqual([expect.closeTo(train[18]![0], 0)]);
  const best = drawing.texts.find(({ text }) => text === 'best')!;
  expect(Math.abs(best.x - train[12]![0])).toBeLessThan(20);
  const span = drawing.fills.find(({ colour }) => colour.startsWith('rgba(229, 20, 0'))!;
  expect(Math.min(...span.points.map(([x]) => x))).toBeCloseTo(train[15]![0], 0);
  expect(Math.max(...span.points.map(([x]) => x))).toBeCloseTo(train[39]![0], 0);
  const labels = ['Validation gets worse', 'Trained past its best', 'best'].map(
    (name) => drawing.texts.find(({ text }) => text === name)!.y,
  );
  labels.sort((a, b) => a - b);
  expect(labels[1]! - labels[0]!).toBeGreaterThan(18);
  expect(labels[2]! - labels[1]!).toBeGreaterThan(18);
});

test('marks stand only in the charts of the curves they are about', async () => {
  const panel = await open({ messages: [overfitting()] });
  expect(texts(await panel.drawing(1))).not.toContain('Validation gets worse');
});

test('on a thinned out curve a mark stands at its step, not at the next point', async () => {
  const run = overfitting();
  const thin = series(0, { axis: 'step' }, points([0, 100, 200, 300, 400], [5, 4, 3, 2, 1]));
  run.run.assessment!.diagnosis.findings[0]!.onset = { step: 150, epoch: null, line: null };
  const panel = await open({ messages: [{ ...run, run: { ...run.run, series: [thin] } }] });
  const drawing = await panel.drawing();
  const train = curve(drawing, blue);
  expect(marks(drawing, red)).toEqual([expect.closeTo((train[1]![0] + train[2]![0]) / 2, 0)]);
});

test('values that are no numbers leave a gap with a cross each', async () => {
  const panel = await open({ messages: [unstable()] });
  const drawing = await panel.drawing();
  const parts = pieces(drawing, blue);
  expect(parts.map(({ length }) => length)).toEqual([80, 5, 29]);
  const odd = crosses(drawing, red);
  expect(odd).toHaveLength(6);
  expect(odd[0]).toBeGreaterThan(parts[0]!.at(-1)![0]);
  expect(odd[0]).toBeLessThan(parts[1]![0]![0]);
});

test('the log scale draws equal ratios equally high', async () => {
  const steps = range(4);
  const panel = await open({ messages: [snapshot('r', [series(0, {}, points(steps, [1000, 100, 10, 1]))])] });
  await panel.page.getByRole('checkbox', { name: 'Log scale' }).click();
  await panel.frames(2);
  const ys = curve(await panel.drawing(), blue).map(([, y]) => y);
  expect(ys[1]! - ys[0]!).toBeCloseTo(ys[2]! - ys[1]!, 0);
  expect(ys[2]! - ys[1]!).toBeCloseTo(ys[3]! - ys[2]!, 0);
});

test('without a value above 0 the log scale is refused and says why', async () => {
  const steps = range(4);
  const panel = await open({ messages: [snapshot('r', [series(0, {}, points(steps, [-3, -0.5, 0, -1]))])] });
  const box = panel.page.locator('vscode-checkbox', { hasText: 'Log scale' });
  expect(await box.textContent()).toBe('Log scale (needs values above 0)');
  expect(await box.getAttribute('aria-disabled')).toBe('true');
});

test('on a log scale values at or below 0 are gaps with a mark each, which is explained', async () => {
  const steps = range(9);
  const both = [
    series(0, {}, points(steps, [9, 8, 7, 6, 5, 4, 3, 2, 1])),
    series(1, { name: 'reward', key: 'reward' }, points(steps, [1, 1, 2, 0, 3, 4, -1, 5, 6])),
    series(2, { name: 'elbo', key: 'elbo' }, points(steps, [-9, -8, -7, -6, -5, -4, -3, -2, -1])),
  ];
  const panel = await open({ messages: [snapshot('r', both)], state: { logScale: true } });
  expect(await panel.page.locator('.note').allTextContents()).toEqual([
    '',
    '\u25bd at or below 0: no place on a log scale',
    'linear: no value is above 0',
  ]);
  const drawing = await panel.drawing(1);
  expect(pieces(drawing, blue).map(({ length }) => length)).toEqual([3, 2, 2]);
  const foreground = themes.light.variables['--vscode-foreground'];
  const marks = drawing.strokes.filter(({ colour, points: at }) => colour === foreground && at.length === 3);
  expect(marks).toHaveLength(2);
});

test('the x axis can be logarithmic, too; what has no place there is left out', async () => {
  const steps = [0, 1, 10, 100, 1000];
  const panel = await open({
    messages: [snapshot('r', [series(0, { axis: 'step' }, points(steps, [5, 4, 3, 2, 1]))])],
  });
  await panel.page.getByRole('checkbox', { name: 'Log x' }).click();
  await panel.frames(2);
  const xs = curve(await panel.drawing(), blue).map(([x]) => x);
  expect(xs).toHaveLength(4);
  expect(xs[1]! - xs[0]!).toBeCloseTo(xs[3]! - xs[2]!, 0);
});

test('wall time counts from the start, in hours and minutes', async () => {
  const steps = range(5).map((i) => i * 1800);
  const one = series(0, { axis: 'step' }, points(steps, [5, 4, 3, 2, 1], { times: true }));
  const panel = await open({ messages: [snapshot('r', [one])], state: { axis: 'time' } });
  expect(xLabels(await panel.drawing())).toEqual(['0:00', '0:30', '1:00', '1:30', '2:00']);
  expect(texts(await panel.drawing())).toContain('time since the start (h:mm)');
  await panel.page.locator('.frame').first().focus();
  await panel.page.keyboard.press('End');
  expect(await panel.spoken()).toBe('train loss, time since the start 2:00:00: 1');
});

test('smoothing draws a calmer line over the faint raw one', async () => {
  const steps = range(200);
  const noisy = steps.map((x) => 2 * Math.exp(-x / 60) + (x % 3) / 10);
  const panel = await open({
    messages: [snapshot('r', [series(0, { axis: 'step' }, points(steps, noisy))])],
  });
  const roughness = (line: [number, number][]): number =>
    line.slice(1).reduce((sum, [, y], i) => sum + Math.abs(y - line[i]![1]), 0);
  const before = roughness(curve(await panel.drawing(), blue));
  await panel.smooth(0.9);
  const drawing = await panel.drawing();
  expect(roughness(curve(drawing, blue))).toBeLessThan(before / 3);
  expect(roughness(curve(drawing, 'rgba(26, 133, 255, 0.4)'))).toBeCloseTo(before, -1);
  expect(await panel.page.locator('.words').textContent()).toBe('0.90');
});

test('curves that count differently are compared by epoch, unless the user wants steps', async () => {
  const panel = await open({ messages: [mixedAxes()] });
  const before = await panel.drawing();
  expect(texts(before)).toContain('epoch');
  // Ten validations over ten epochs: the last one at epoch 9 of 9.95.
  const [train, val] = [curve(before, blue), curve(before, orange)];
  expect(val.at(-1)![0]).toBeGreaterThan(train[0]![0] + (train.at(-1)![0] - train[0]![0]) * 0.88);
  await panel.page.locator('vscode-dropdown').click();
  await panel.page.locator('vscode-option', { hasText: 'step' }).click();
  await panel.frames(2);
  const after = await panel.drawing();
  expect(texts(after)).toContain('step');
  expect(curve(after, orange).at(-1)![0]).toBeLessThan(curve(after, blue)[20]![0]);
});

test('wall time is a choice where the log has times, and only there', async () => {
  const panel = await open({ messages: [overfitting()] });
  expect(await panel.page.locator('vscode-option').allTextContents()).toEqual(['epoch', 'wall time']);
  const other = await open({ messages: [noValidation()] });
  expect(await other.page.locator('vscode-dropdown').isVisible()).toBe(false);
});

test('dragging zooms all charts, and the button shows everything again', async () => {
  const panel = await open({ messages: [overfitting()] });
  const box = (await panel.page.locator('canvas').first().boundingBox())!;
  const train = curve(await panel.drawing(), blue);
  await panel.page.mouse.move(box.x + train[10]![0], box.y + 60);
  await panel.page.mouse.down();
  await panel.page.mouse.move(box.x + train[15]![0], box.y + 80, { steps: 4 });
  await panel.page.mouse.move(box.x + train[20]![0], box.y + 90, { steps: 4 });
  await panel.page.mouse.up();
  await expect.poll(async () => Number(xLabels(await panel.drawing())[0])).toBeGreaterThan(8);
  // The other charts follow in the next frame.
  await panel.frames(2);
  for (const chart of [0, 1, 2]) {
    const labels = xLabels(await panel.drawing(chart));
    expect(Number(labels[0])).toBeGreaterThanOrEqual(9.5);
    expect(Number(labels.at(-1))).toBeLessThanOrEqual(20.5);
  }
  await panel.page.getByRole('button', { name: 'Reset Zoom' }).click();
  await panel.frames(2);
  for (const chart of [0, 1, 2])
    expect(Number(xLabels(await panel.drawing(chart)).at(-1))).toBeGreaterThan(29);
});

test('a box zooms the height of its chart, too', async () => {
  const panel = await open({ messages: [overfitting()] });
  const box = (await panel.page.locator('canvas').first().boundingBox())!;
  const train = curve(await panel.drawing(), blue);
  const before = yLabels(await panel.drawing());
  await panel.page.mouse.move(box.x + train[10]![0], box.y + 100);
  await panel.page.mouse.down();
  await panel.page.mouse.move(box.x + train[15]![0], box.y + 140, { steps: 4 });
  await panel.page.mouse.move(box.x + train[20]![0], box.y + 180, { steps: 4 });
  await panel.page.mouse.up();
  await expect.poll(async () => yLabels(await panel.drawing())).not.toEqual(before);
  await panel.frames(2);
  expect(Number(xLabels(await panel.drawing(1)).at(-1))).toBeLessThanOrEqual(20.5);
  // The box was above the curves, which the y axis would show otherwise.
  expect(Number(yLabels(await panel.drawing())[0])).toBeGreaterThanOrEqual(1.1);
  expect(Number(yLabels(await panel.drawing(1))[0])).toBeLessThan(0.7);
  await panel.page.getByRole('button', { name: 'Reset Zoom' }).click();
  await panel.frames(2);
  expect(yLabels(await panel.drawing())).toEqual(before);
});

test('of sixty metrics six are drawn first, the rest on demand', async () => {
  const panel = await open({ messages: [manyMetrics()] });
  expect(await panel.page.locator('canvas').count()).toBe(6);
  await panel.page.getByRole('button', { name: 'Show 54 More Curves' }).click();
  await panel.frames(3);
  expect(await panel.page.locator('canvas').count()).toBe(60);
  await panel.page.locator('.chart').last().scrollIntoViewIfNeeded();
  await expect.poll(async () => curve(await panel.drawing(59), blue).length).toBe(40);
});

test('a curve without a single number shows crosses where they happened, and no heights', async () => {
  const none = points([1, 2, 3], [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY]);
  const run = snapshot('nan.csv', [series(0, {}, none)]);
  const panel = await open({ messages: [run] });
  const drawing = await panel.drawing();
  expect(crosses(drawing, red)).toHaveLength(3);
  expect(yLabels(drawing)).toEqual([]);
});

test('it is told which of the trainings in the log is judged, and findings by what their curve counts', async () => {
  const run = overfitting();
  const { diagnosis } = run.run.assessment!;
  diagnosis.scope = 'The log holds 3 trainings.';
  const [first] = diagnosis.findings;
  first!.onset = { step: 1500, epoch: 0, line: null, axis: 'step' };
  first!.best = { step: 1200, epoch: 0, axis: 'step' };
  const panel = await open({ messages: [run] });
  expect(await panel.page.locator('.verdict').textContent()).toContain('The log holds 3 trainings.');
  expect(await panel.page.locator('.finding').first().textContent()).toContain(
    'since step 1,500, best at step 1,200',
  );
});
