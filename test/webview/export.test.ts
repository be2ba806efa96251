import { expect, test } from 'vitest';
import type { FromWebview } from '../../src/protocol';
import { useBrowser } from './browser';
import type { Panel } from './panelPage';
import { chartColour } from './reading';
import { compared, hostile, like, overfitting, twoTrainings, unstable } from './runs';

const open = useBrowser();

async function exported(panel: Panel, item: string): Promise<FromWebview> {
  const before = (await panel.posted()).length;
  await panel.page
    .getByRole('button', { name: /^Export / })
    .first()
    .click();
  await panel.page.getByRole('menuitem', { name: item }).click();
  await expect.poll(async () => (await panel.posted()).length).toBe(before + 1);
  return (await panel.posted()).at(-1)!;
}

type Picture = Extract<FromWebview, { type: 'picture' }>;

test('a chart is saved as vectors: each curve a path, with axes, legend and marks', async () => {
  const panel = await open({ messages: [overfitting()] });
  const { kind, metric, data } = (await exported(panel, 'SVG…')) as Picture;
  expect({ kind, metric }).toEqual({ kind: 'svg', metric: 'loss' });
  const read = await panel.page.evaluate<{
    error: number;
    texts: string[];
    paths: [string, number][];
  }>(`(() => {
    const svg = new DOMParser().parseFromString(${JSON.stringify(data)}, 'image/svg+xml');
    return {
      error: svg.querySelectorAll('parsererror, image, script').length,
      texts: [...svg.querySelectorAll('text')].map((one) => one.textContent),
      paths: [...svg.querySelectorAll('g path')].map((one) => [one.getAttribute('stroke'), one.getAttribute('d').split('L').length]),
    };
  })()`);
  expect(read.error).toBe(0);
  expect(read.paths).toContainEqual([chartColour('blue'), 40]);
  expect(read.paths).toContainEqual([chartColour('orange'), 40]);
  for (const word of ['loss', 'train', 'val', 'epoch', '35', 'Validation gets worse', 'best'])
    expect(read.texts).toContain(word);
});

test('gaps and crosses are in the file, and every run that is compared', async () => {
  const panel = await open({ messages: [unstable(), ...compared(like(unstable(), 'other.jsonl'))] });
  const { data } = (await exported(panel, 'SVG…')) as Picture;
  expect(data.match(/l8 8m-8 0l8 -8/g)).toHaveLength(12);
  expect(data).toContain('unstable.jsonl train');
  expect(data).toContain('other.jsonl train');
});

test('of several trainings in a log those that are not judged are faint in the file, too', async () => {
  const panel = await open({ messages: [twoTrainings()] });
  const { data } = (await exported(panel, 'SVG…')) as Picture;
  const paths = [...data.matchAll(/<path d="([^"]+)"[^>]* stroke="([^"]+)"/g)];
  const pointsOf = (colour: string): number =>
    paths.find(([, d, stroke]) => stroke === colour && d!.includes('L'))![1]!.split('L').length;
  expect(pointsOf(chartColour('blue'))).toBe(30);
  expect(pointsOf('rgba(26, 133, 255, 0.35)')).toBe(40);
});

test('a PNG has the picture at twice its size', async () => {
  const panel = await open({ messages: [overfitting()] });
  const { data } = (await exported(panel, 'PNG…')) as Picture;
  const png = Buffer.from(data.replace('data:image/png;base64,', ''), 'base64');
  const { width } = (await panel.page.locator('canvas').first().boundingBox())!;
  expect(png.readUInt32BE(16)).toBe(Math.round(width * 2));
  expect(png.length).toBeGreaterThan(10_000);
});

test('a picture is put on the clipboard; where that fails it is told', async () => {
  const panel = await open({ messages: [overfitting()] });
  await panel.page.context().grantPermissions(['clipboard-write', 'clipboard-read']);
  expect(await exported(panel, 'Copy Picture')).toEqual({ type: 'copied', worked: true });
  const types = 'navigator.clipboard.read().then((items) => items.flatMap(({ types }) => types))';
  expect(await panel.page.evaluate(types)).toContain('image/png');
  await panel.page.evaluate('navigator.clipboard.write = () => Promise.reject(new Error("no"))');
  expect(await exported(panel, 'Copy Picture')).toEqual({ type: 'copied', worked: false });
});

test('all points of a metric are asked for by its name', async () => {
  const panel = await open({ messages: [overfitting()] });
  expect(await exported(panel, 'CSV, all points…')).toEqual({ type: 'csv', metric: 'loss' });
});

test('names from a log do no harm in a file', async () => {
  const panel = await open({ messages: [hostile()] });
  const { data } = (await exported(panel, 'SVG…')) as Picture;
  expect(data).not.toMatch(/<img|<script/);
});

test('the menu is driven by the keyboard and closed by Escape', async () => {
  const panel = await open({ messages: [overfitting()] });
  const opener = panel.page.getByRole('button', { name: 'Export loss' });
  await opener.press('Enter');
  const focused = (): Promise<string> => panel.page.evaluate('document.activeElement.textContent');
  expect(await focused()).toBe('PNG…');
  await panel.page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('Copy Picture');
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('SVG…');
  await panel.page.keyboard.press('Escape');
  expect(await panel.page.getByRole('menu').count()).toBe(0);
  expect(await opener.and(panel.page.locator(':focus')).count()).toBe(1);
});
