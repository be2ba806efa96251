import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Assessment, ToWebview } from '../../src/protocol';
import { faults } from './axe';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { texts } from './reading';
import { append, compared, incidents, like, manyMetrics, overfitting, undetermined, unstable } from './runs';

const strings = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>;
const open = useBrowser({ name: 'zh-cn', strings });

/** Sentences of the host: their language is its own, so that here they have none. */
const sentences = new Set([
  ...[
    'message',
    'why',
    'title',
    'what',
    'cost',
    'check',
    'notWhen',
    'cautions',
    'context',
    'value',
    'section',
  ],
  ...['threshold', 'source', 'falseAlarm', 'unfitFor', 'since', 'changed', 'lines', 'problem', 'lastLines'],
]);

/** The same message with nothing in its sentences that could be taken for a word of the page. */
function mute<T extends ToWebview>(message: T): T {
  const text = JSON.stringify(message, (key, value: unknown) => {
    if (ArrayBuffer.isView(value)) return { numbers: Array.from(value as Float64Array, String) };
    if (!sentences.has(key)) return value;
    if (typeof value === 'string') return '……';
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value.map(() => '……')
      : value;
  });
  return JSON.parse(text, (_key, value: unknown) => {
    const { numbers } = (value ?? {}) as { numbers?: string[] };
    return numbers ? Float64Array.from(numbers, Number) : value;
  }) as T;
}

/** What is no word of the page: names of logs, metrics, settings, formats, symptoms, keys of the keyboard, and file types. */
const names = new Set([
  ...['train', 'val', 'loss', 'accuracy', 'learning', 'rate', 'lr', 'key', 'layer', 'norm', 'grad', 'NaN'],
  ...['keras', 'history', 'csv', 'other', 'py', 'config', 'yaml'],
  ...['batch', 'size', 'optimizer', 'adamw', 'wasm', 'cpu', 'Alt', 'Ctrl', 'Shift', 'Enter'],
  ...['PNG', 'SVG', 'CSV', 'Regularization', 'Techniques'],
]);
const ids = /\b(val-loss-rising|past-the-optimum|non-finite|loss-spike)\b|\/runs\/\S+/g;

/** The English words among texts. */
function english(all: readonly string[]): string[] {
  const words = all.flatMap(
    (text) =>
      text
        .replace(ids, '')

        .match(/[A-Za-z]{2,}/g) ?? [],
  );
  return [...new Set(words)].filter((word) => !names.has(word));
}

/** All that the page says: its text nodes and what stands in attributes that are read or shown. */
async function said({ page }: Panel): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [document.title];
    const attributes = ['aria-label', 'aria-valuetext', 'aria-roledescription', 'title', 'placeholder', 'alt'];
    const look = (root) => {
      for (const node of root.childNodes) {
        if (node.nodeType === 3) found.push(node.textContent);
        if (node.nodeType !== 1 || ['SCRIPT', 'STYLE'].includes(node.tagName)) continue;
        for (const name of attributes) found.push(node.getAttribute(name) ?? '');
        look(node);
        if (node.shadowRoot) look(node.shadowRoot);
      }
    };
    look(document.body);
    return found.map((text) => text.trim()).filter((text) => text !== '' && text !== 'Fitcheck');
  })()`);
}

/** Texts of all charts. */
async function drawn(panel: Panel): Promise<string[]> {
  const count = await panel.page.locator('canvas').count();
  const all = await Promise.all(Array.from({ length: count }, (_, i) => panel.drawing(i)));
  return all.flatMap(texts);
}

/** A run with all that a page can tell of one. */
function eventful(): ReturnType<typeof overfitting> {
  const run = overfitting();
  const { summary } = run.run;
  const judged: Assessment = run.run.assessment!;
  Object.assign(summary, { since: '……', progress: { unit: 'epoch', done: 40, total: 60, left: 90_000 } });
  judged.diagnosis.incidents.push(...incidents());
  judged.lastLines = ['……'];
  judged.diagnosis.stopping = { best: { step: 12, epoch: 12 }, evaluations: 14, rise: 0.08, message: '……' };
  run.run.skipped = { lines: 3, first: { line: 17, reason: '……' } };
  run.run.recognition = { confidence: 0.5, why: '……' };
  return run;
}

test('no word of the page is English, whatever is opened, and axe has nothing to say', async () => {
  const run = eventful();
  const panel = await open();
  const { page } = panel;
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-cn');
  expect(english(await said(panel))).toEqual([]);
  await panel.send({ type: 'loading', title: '……' });
  expect(english(await said(panel))).toEqual([]);
  await panel.send(
    mute(run),
    { type: 'since', since: { changed: '……', lines: ['……'] } },
    { type: 'dismissed', findings: [{ id: 'val-loss-rising', reason: 'noise' }] },
  );
  for (const summary of await page.locator('summary').all())
    if (await summary.isVisible()) await summary.click();
  await page.getByRole('button', { name: '导出 loss' }).click();
  expect(await page.locator('.verdict h2').innerText()).toMatch(/过拟合\s+94%/);
  expect(await page.locator('.pulse').innerText()).toMatch(
    /^第 40 轮，共 60 轮 · 约剩 2 分钟 · 最近的数据点在 \d+ 秒前$/,
  );
  expect(english(await said(panel))).toEqual([]);
  expect(await faults(panel)).toEqual([]);
  await panel.send({ type: 'problem', message: '……' });
  expect(english(await said(panel))).toEqual([]);
});

test('nor beside other runs, nor in a table', async () => {
  const run = mute(eventful());
  const panel = await open({ messages: [run, ...compared(like(run, 'keras/other.csv'))] });
  const { page } = panel;
  await panel.send({ type: 'compared', runs: [{ path: '/runs/x', id: null, title: '……', problem: null }] });
  expect(english(await said(panel))).toEqual([]);
  await panel.send(...compared(like(run, 'keras/other.csv', 0, { batch_size: 64 })));
  await page.locator('.compare summary').click();
  await page.getByRole('checkbox', { name: '全部显示' }).click();
  expect(await page.locator('.compare thead th').allInnerTexts()).toEqual(
    expect.arrayContaining(['训练', '结论', '最佳 val loss', '最新', '超参数']) as string[],
  );
  expect(english(await said(panel))).toEqual([]);
  expect(english(await drawn(panel))).toEqual([]);
  await page.getByRole('checkbox', { name: '表格' }).click();
  expect(await page.locator('.table th').first().innerText()).toBe('轮次');
  expect(english(await said(panel))).toEqual([]);
});

test('charts, their tooltips, what is spoken of them and what is saved of them are Chinese', async () => {
  const run = mute(unstable());
  const panel = await open({ messages: [run] });
  const { page } = panel;
  await page.getByRole('checkbox', { name: '对数刻度' }).click();
  await panel.send({ ...append(run, { 0: [-1, 0.2] }) });
  await page.locator('#control-smoothing').fill('0.6');
  await page.locator('.frame').first().focus();
  await page.keyboard.press('End');
  await panel.frames(2);
  expect(await panel.spoken()).toMatch(/^train loss，第 121 步：0\.\d+$/);
  const shown = await drawn(panel);
  expect(shown).toContain('步');
  expect(shown).toContainEqual(expect.stringMatching(/^第 121 步 · 第 121 轮$/));
  expect(shown).toContain(' train 小于或等于 0');
  expect(english([...shown, ...(await said(panel))])).toEqual([]);
  await page.getByRole('button', { name: '导出 loss' }).click();
  await page.getByRole('menuitem', { name: 'SVG' }).click();
  const saved = (await panel.posted()).find(({ type }) => type === 'picture');
  const svg = saved?.type === 'picture' ? saved.data : '';
  const written = [...svg.matchAll(/<(?:text|title)[^>]*>([^<]*)</g)].map(([, text]) => text!);
  expect(written).toContain('步');
  // The faint line under the smoothed one is drawn and is no entry of the legend, whatever it is called.
  expect(svg.match(/<g><path/g)).toHaveLength(2);
  expect(written.filter((text) => text.startsWith('train'))).toEqual(['train']);
  expect(english(written)).toEqual([]);
});

test('nor where there is little to say, or much to show', async () => {
  const panel = await open({ messages: [mute(undetermined())] });
  expect(await panel.page.locator('.verdict h2').innerText()).toMatch(/尚未确定$/);
  expect(english(await said(panel))).toEqual([]);
  await panel.send(mute(manyMetrics()));
  expect(english(await said(panel))).toEqual([]);
  await panel.page.getByRole('button', { name: '再显示 54 条曲线' }).click();
  await expect.poll(() => panel.page.locator('.chart').count()).toBe(60);
});

test.each([320, 500, 1280])('at a width of %i px nothing scrolls sideways', async (width) => {
  const run = eventful();
  const messages = [
    run,
    ...compared(like(run, 'keras/other.csv')),
    { type: 'problem', message: '……' } as const,
  ];
  const { page } = await open({ width, messages });
  await page.locator('.remedy summary').first().click();
  await page.locator('.finding summary').first().click();
  const { scroll, client } = await page.evaluate<{ scroll: number; client: number }>(
    '({ scroll: document.scrollingElement.scrollWidth, client: document.scrollingElement.clientWidth })',
  );
  expect(scroll).toBe(client);
});
