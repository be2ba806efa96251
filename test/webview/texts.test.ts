import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import { PROTOCOL_VERSION } from '../../src/protocol';
import {
  hostile,
  hostileNames,
  incidents,
  onePoint,
  overfitting,
  points,
  range,
  series,
  snapshot,
  undetermined,
} from './runs';

const open = useBrowser();

test('the header tells what was read, what was not, and what else the log says', async () => {
  const { page } = await open({ messages: [overfitting()] });
  const header = page.locator('header.run');
  expect(await header.locator('h1').textContent()).toBe('keras/history.csv');
  expect(await header.locator('.state').textContent()).toBe('running');
  const text = await header.innerText();
  expect(text).toContain('read as csv, change · 200 points');
  expect(text).toContain('3 lines not understood (the first is line 17: two columns instead of five)');
  expect(text).toContain('batch_size 32');
});

test('the verdict is as loud as the finding that it rests on', async () => {
  const tones = new Set<string>();
  for (const severity of ['error', 'warning', 'info'] as const) {
    const message = overfitting();
    message.run.assessment!.diagnosis.findings[0]!.severity = severity;
    const { page } = await open({ messages: [message] });
    const tone = (selector: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).borderLeftColor`);
    expect(await tone('.verdict')).toBe(await tone('.finding'));
    tones.add(await tone('.verdict'));
  }
  expect(tones.size).toBe(3);
});

test('the verdict tells the word, how sure and why, and each probability', async () => {
  const panel = await open({ messages: [overfitting()] });
  const { page } = panel;
  const verdict = page.getByRole('region', { name: 'Verdict' });
  expect(await verdict.locator('h2').innerText()).toMatch(/Overfitting\s+94 %/);
  expect(await verdict.locator('> p').innerText()).toBe(overfitting().run.assessment!.diagnosis.verdict.why);
  expect(await verdict.locator('li').allInnerTexts()).toEqual(
    ['Healthy', 'Overfitting', 'Underfitting', 'Unstable'].map(
      (name) =>
        expect.stringMatching(new RegExp(`^${name}\\s+${name === 'Overfitting' ? 94 : 2} %$`)) as string,
    ),
  );
  const [track, filled] = [panel.style('.chosen .bar', 'width'), panel.style('.chosen .bar span', 'width')];
  expect(Number.parseFloat(await filled) / Number.parseFloat(await track)).toBeCloseTo(0.94, 1);
  expect(await verdict.innerText()).toContain('Classifier: wasm on cpu');
});

test('what happened to the run is told under the verdict, as text and with its severity', async () => {
  const run = overfitting();
  run.run.assessment!.diagnosis.incidents.push(...incidents());
  const panel = await open({ messages: [run] });
  expect(await panel.page.locator('.verdict .incident').allInnerTexts()).toEqual([
    'Crashed: It ended at line 118: RuntimeError: CUDA out of memory',
    'Stalled: Nothing new for 15 min.',
    'Slower: The last 10 % made 9000 tokens a second.',
  ]);
  const colours = ['.error', '.warning', '.info'].map((name) =>
    panel.style(`.incident${name}`, 'border-left-color'),
  );
  expect(new Set(await Promise.all(colours)).size).toBe(3);
});

test('the last lines of a log that ended are shown as text', async () => {
  const run = overfitting();
  run.run.assessment!.diagnosis.incidents.push(...incidents());
  run.run.assessment!.lastLines = ['Traceback:', '<img src=x onerror=alert(1)>'];
  const { page } = await open({ messages: [run] });
  expect(await page.getByLabel('Last lines of the log').innerText()).toBe(
    'Traceback:\n<img src=x onerror=alert(1)>',
  );
});

test('a run that goes on says how far it is, and counts on since its last point', async () => {
  const run = overfitting();
  run.run.summary.progress = { unit: 'epoch', done: 40, total: 60, left: 90_000 };
  const panel = await open({ messages: [run] });
  const pulse = panel.page.locator('.pulse');
  const told = /^epoch 40 of 60 · about 2 min left · last point (\d+) s ago$/;
  const seconds = async (): Promise<number> => Number(told.exec(await pulse.innerText())?.[1]);
  // It was 3 s when the message was sent; how long that is ago depends on the machine.
  const first = await seconds();
  expect(first).toBeGreaterThanOrEqual(3);
  await expect.poll(seconds).toBeGreaterThan(first);
  const ended = structuredClone(run);
  ended.run.summary.state = 'finished';
  await panel.send(ended);
  expect(await pulse.isVisible()).toBe(false);
});

test('an overfitting run that can be stopped says so, with the checkpoint to keep, as text', async () => {
  const run = overfitting();
  const message = 'Keep the checkpoint at epoch 12 (0.41): "<b>val</b>" rose by 8 %.';
  run.run.assessment!.diagnosis.stopping = {
    best: { step: 12, epoch: 12 },
    evaluations: 14,
    rise: 0.08,
    message,
  };
  const panel = await open({ messages: [run] });
  expect(await panel.page.locator('.verdict .stopping').innerText()).toBe(`Nothing more to gain: ${message}`);
  const other = await open({ messages: [overfitting()] });
  expect(await other.page.locator('.verdict .stopping').count()).toBe(0);
});

test('the verdict tells since when a run is ill, and until what a healthy one was well', async () => {
  const ill = overfitting();
  ill.run.summary.since = 'epoch 15';
  const panel = await open({ messages: [ill] });
  const heading = panel.page.locator('.verdict h2');
  expect(await heading.innerText()).toMatch(/since epoch 15$/);
  const { run } = structuredClone(ill);
  const { diagnosis } = run.assessment!;
  diagnosis.verdict.label = 'healthy';
  await panel.send({ ...ill, run });
  expect(await heading.innerText()).not.toContain('since');
  diagnosis.incidents = [
    { id: 'crashed', severity: 'error', step: null, line: 9, evidence: {}, message: 'Out of memory.' },
  ];
  await panel.send({ ...ill, run });
  expect(await heading.innerText()).toMatch(/until it crashed$/);
  expect(await panel.page.locator('.verdict > p').first().innerText()).toBe('Crashed: Out of memory.');
});

test('of the last lines of a log that are more than fit, the very last is in sight', async () => {
  const run = overfitting();
  run.run.assessment!.lastLines = range(12).map((i) => `${'a long line '.repeat(30)}${i}`);
  const { page } = await open({ messages: [run] });
  const [beyond, place] = await page.evaluate<[number, number]>(
    "(({ scrollHeight, clientHeight, scrollTop }) => [scrollHeight - clientHeight, scrollTop])(document.querySelector('.verdict pre'))",
  );
  expect(beyond).toBeGreaterThan(0);
  // Counted backwards from the end.
  expect(place).toBe(0);
});

test('charts that share the last row leave no room beside them', async () => {
  const { page } = await open({ messages: [overfitting()] });
  const boxes = await Promise.all(
    (await page.locator('.charts > .chart').all()).map(async (chart) => (await chart.boundingBox())!),
  );
  const ends = boxes.map(({ x, width }) => x + width);
  expect(ends.at(-1)).toBeCloseTo(ends[0]!, 0);
});

test('an undetermined run says so without a probability of its own', async () => {
  const { page } = await open({ messages: [undetermined()] });
  expect(await page.locator('.verdict h2').innerText()).toMatch(/Not determined yet$/);
  expect(await page.locator('vscode-badge').count()).toBe(0);
  expect(await page.locator('.probabilities').count()).toBe(0);
  expect(await page.locator('aside').isVisible()).toBe(false);
});

test('findings tell since when and the best point, and lead to the line of the log', async () => {
  const panel = await open({ messages: [overfitting()] });
  const items = panel.page.locator('.finding');
  const [first, second] = await items.allInnerTexts();
  expect(first).toMatch(
    /Validation gets worse\s*error\s+since epoch 15, best at epoch 12, line 17\s+Evidence and doubts$/,
  );
  expect(second).toContain('22 epochs have passed since the best one.');
  await items.first().getByRole('button', { name: 'line 17' }).click();
  expect(await panel.posted()).toContainEqual({
    type: 'reveal',
    line: 17,
    id: 'keras/history.csv',
    file: null,
  });
});

test('remedies tell why, how, what it costs and when not; three first, the rest behind a disclosure', async () => {
  const { page } = await open({ messages: [overfitting()] });
  const shown = page.getByRole('region', { name: 'Remedies' }).getByRole('heading', { level: 3 });
  expect(await shown.allTextContents()).toEqual(['Gradient clipping', 'Weight decay', 'Early stopping']);
  const first = page.locator('.remedy').first();
  expect(await first.innerText()).toContain('validation loss rose by 37 %');
  await first.locator('summary').click();
  const facts = (await first.locator('dl').allInnerTexts()).join();
  for (const text of [
    'What it does',
    'Usual: AdamW',
    '0.01 to 0.1',
    'One setting.',
    'Not when',
    'Leave biases and norms out.',
    'Gradient clipping',
  ])
    expect(facts).toContain(text);
  await page.locator('summary', { hasText: '2 more' }).click();
  expect(await shown.allTextContents()).toContain('Data augmentation');
});

test('an edit is named exactly, and can be shown first or applied at once', async () => {
  const panel = await open({ messages: [overfitting()] });
  const [first, second] = [0, 1].map((i) => panel.page.locator('.remedy').nth(i));
  expect(await first!.locator('.change').innerText()).toBe(
    'Clip gradients to norm 1.0 before optimizer.step() in train_one_epoch',
  );
  expect(await first!.locator('.change code').allTextContents()).toEqual([
    'optimizer.step()',
    'train_one_epoch',
  ]);
  await first!.getByRole('button', { name: 'Preview in train.py' }).click();
  await second!.getByRole('button', { name: 'Preview in config.yaml' }).click();
  await first!.getByRole('button', { name: 'Apply' }).click();
  expect((await panel.posted()).slice(-3)).toEqual([
    { type: 'preview', technique: 'gradient-clipping', kind: 'python' },
    { type: 'preview', technique: 'weight-decay', kind: 'config' },
    { type: 'fix', technique: 'gradient-clipping', kind: 'python' },
  ]);
});

test('all other techniques are one click away, each with its page, its edit, and what it is no part of', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.locator('summary', { hasText: 'All techniques' }).click();
  const [smoothing, spectral] = [0, 1].map((i) => panel.page.locator('.technique').nth(i));
  await smoothing!.getByRole('button', { name: 'Preview in train.py' }).click();
  await spectral!.getByRole('button', { name: 'Learn more: Spectral normalisation' }).click();
  expect(await spectral!.innerText()).toContain('No part of language model pretraining.');
  expect((await panel.posted()).slice(-2)).toEqual([
    { type: 'preview', technique: 'label-smoothing', kind: 'python' },
    { type: 'learn', technique: 'spectral-norm' },
  ]);
});

test('each remedy leads to its page', async () => {
  const panel = await open({ messages: [overfitting()] });
  const card = panel.page.locator('.remedy').first();
  await card.locator('summary').press('Enter');
  await card.getByRole('button', { name: 'Learn more' }).click();
  const technique = overfitting().run.assessment!.remedies[0]!.technique;
  expect(await panel.posted()).toContainEqual({ type: 'learn', technique });
});

test('a fix that needs an open script says so, and appears once it is offered', async () => {
  const run = overfitting();
  const panel = await open({ messages: [{ ...run, fixes: [] }] });
  expect(await panel.page.locator('.remedy').first().innerText()).toContain('Open your training script');
  await panel.send({
    type: 'assessed',
    summary: run.run.summary,
    assessment: run.run.assessment,
    fixes: run.fixes,
  });
  expect(await panel.page.locator('.remedy .fix').count()).toBe(2);
});

test('a script that has no place for a remedy is not asked for again', async () => {
  const run = overfitting();
  const [first] = run.run.assessment!.remedies;
  const fixes = run.fixes.filter(({ technique }) => technique !== first!.technique);
  const panel = await open({ messages: [{ ...run, fixes }] });
  const text = await panel.page.locator('.remedy').first().innerText();
  const { file } = fixes.find(({ kind }) => kind === 'python')!;
  expect(text).toContain(`${file} has no place where this can be written for certain.`);
  expect(text).not.toContain('Open your training script');
});

test('names and messages of a log are text: no element, no script, nothing lost', async () => {
  const { page } = await open({ messages: [hostile()] });
  expect(await page.locator('img, #app script, iframe').count()).toBe(0);
  const names = await page.locator('.chart h3').allTextContents();
  expect(names.sort()).toEqual(hostileNames.map((name) => name || '(no name)').sort());
  expect(await page.locator('h1').textContent()).toBe(hostileNames[1]);
  expect(await page.locator('.verdict > p:not(.incident)').first().textContent()).toBe(
    `${hostileNames[0]} rose; ${hostileNames[1]} fell.`,
  );
  expect(await page.locator('.facts').textContent()).toContain(`${hostileNames[0]} ${hostileNames[1]}`);
  const keys = await page.locator('.key .name').allTextContents();
  expect(keys).toContain(`${hostileNames[0]}_key`);
});

test('a name that reverses the text after it reverses only itself', async () => {
  const panel = await open({ messages: [hostile()] });
  const label = await panel.page.locator('.frame[aria-label*="abc"]').getAttribute('aria-label');
  expect(label).not.toContain('\u202e');
  expect(await panel.style('h3 bdi', 'unicodeBidi')).toBe('isolate');
});

test('while the log is read the page says which', async () => {
  const panel = await open({ messages: [{ type: 'loading', title: '<b>history.csv</b>' }] });
  expect(await panel.page.getByRole('status').textContent()).toBe('Reading <b>history.csv</b> …');
  await panel.send(overfitting());
  expect(await panel.page.locator('.loading').count()).toBe(0);
  await panel.send({ type: 'loading', title: 'other.csv' });
  expect(await panel.page.locator('#app').innerText()).toBe('Reading other.csv …');
});

test('of a large log the page says how far it is read, and lets the user stop that', async () => {
  const panel = await open({ messages: [{ type: 'loading', title: 'big.csv' }] });
  const cancel = panel.page.getByRole('button', { name: 'Cancel' });
  expect(await cancel.isVisible()).toBe(false);
  const read = (done: number) =>
    panel.send({ type: 'loading', title: 'big.csv', read: { done, size: 200e6 } });
  await read(50e6);
  const bar = panel.page.getByRole('progressbar', { name: 'Reading big.csv …' });
  expect([await bar.getAttribute('value'), await bar.getAttribute('max')]).toEqual(['50000000', '200000000']);
  expect(await panel.page.locator('#app').innerText()).toContain('50 of 200 MB');
  await cancel.focus();
  await read(100e6);
  expect(await panel.page.evaluate('document.activeElement.textContent')).toBe('Cancel');
  await panel.page.keyboard.press('Enter');
  expect(await panel.posted()).toContainEqual({ type: 'stop' });
  await panel.send({ type: 'problem', message: 'big.csv: the reading was stopped' });
  expect(await panel.page.getByRole('progressbar').count()).toBe(0);
  await panel.send({ type: 'loading', title: 'big.csv' });
  expect(await panel.page.locator('#app').innerText()).toBe('Reading big.csv …');
});

test('a log that can not be read leaves a way out', async () => {
  const panel = await open({ messages: [{ type: 'problem', message: 'No such file: a.csv.' }] });
  expect(await panel.page.getByRole('alert').innerText()).toContain('No such file: a.csv.');
  expect(await panel.page.locator('#app').innerText()).not.toContain('Reading');
  await panel.page.getByRole('button', { name: 'Choose another log…' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'choose' });
});

test('what was read stays when the log can not be read on, and the notice goes when it can', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run, { type: 'problem', message: 'The file is gone.' }] });
  expect(await panel.page.getByRole('alert').innerText()).toContain('The file is gone.');
  expect(await panel.page.locator('canvas').count()).toBe(3);
  await panel.send({ type: 'append', generation: 1, summary: run.run.summary, series: [] });
  expect(await panel.page.getByRole('alert').innerText()).toBe('');
});

test('the format can be changed, and a guess is told as one', async () => {
  const run = overfitting();
  const panel = await open({
    messages: [{ ...run, run: { ...run.run, recognition: { confidence: 0.5, why: 'four <b>lines</b>' } } }],
  });
  const header = panel.page.locator('header.run');
  expect(await header.innerText()).toContain('probably read as csv');
  expect(await header.getByText('read as').getAttribute('title')).toBe('four <b>lines</b>');
  await header.getByRole('button', { name: 'change' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'format' });
});

test('another log can be chosen at any time', async () => {
  const panel = await open({ messages: [onePoint()] });
  await panel.page.getByRole('button', { name: 'Another Log…' }).click();
  expect(await panel.posted()).toEqual([{ type: 'ready', version: PROTOCOL_VERSION }, { type: 'choose' }]);
});

test('of many settings those that shape a training are seen, and that there are more', async () => {
  const folders = Object.fromEntries(range(15).map((i) => [`folder_${i}`, `/runs/${i}`]));
  const context = { ...folders, batch_size: 64, learning_rate: 0.001, 'optim/weight_decay': 0.1 };
  const { page } = await open({
    messages: [snapshot('a.csv', [series(0, {}, points([0], [2.3]))], null, { context })],
  });
  const facts = await page.locator('.facts > span').allTextContents();
  expect(facts.slice(0, 4)).toEqual([
    ...['batch_size 64', 'learning_rate 0.001', 'optim/weight_decay 0.1', 'folder_0 /runs/0'],
  ]);
  expect(facts.at(-1)).toBe('6 more');
});

test('a word of the log without an end does not make the page wider than it is', async () => {
  const run = overfitting();
  run.run.assessment!.diagnosis.incidents.push(
    ...incidents(`torch.${'distributed.'.repeat(12)}SignalException`),
  );
  const { page } = await open({ messages: [run], width: 420 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(420);
});

test('of a training that is over nothing is awaited', async () => {
  const run = undetermined();
  run.run.summary.state = 'finished';
  const { page } = await open({ messages: [run] });
  expect(await page.locator('.verdict h2').innerText()).toMatch(/Not determined$/);
});
