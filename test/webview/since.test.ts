import { expect, test } from 'vitest';
import type { SinceBefore, ToWebview } from '../../src/protocol';
import { useBrowser } from './browser';
import { overfitting } from './runs';

const open = useBrowser();
const since = (words: SinceBefore | null): ToWebview => ({ type: 'since', since: words });
const words = {
  changed: 'dropout 0 → 0.1, lr <b>0.1</b> → 0.2',
  lines: [
    'val loss 0.41 → 0.36 (better); one run each: within seed noise?',
    'Applied from Fitcheck: Add dropout.',
  ],
};

test('what changed since the run before stands under the verdict, as text, with the comparison a click away', async () => {
  const panel = await open({ messages: [overfitting(), since(words)] });
  const section = panel.page.locator('.since');
  expect(await section.locator('p').allTextContents()).toEqual([
    'Since the run before: dropout 0 → 0.1, lr <b>0.1</b> → 0.2',
    ...words.lines,
  ]);
  await section.getByRole('button', { name: 'Compare' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'compareBefore' });
  await panel.send(since(null));
  expect(await section.isVisible()).toBe(false);
});

test('another run in the panel has nothing of it before the host says so', async () => {
  const panel = await open({ messages: [overfitting(), since(words)] });
  const other = overfitting();
  if (other.type !== 'snapshot') throw new Error('a snapshot');
  await panel.send({ ...other, run: { ...other.run, summary: { ...other.run.summary, id: 'other' } } });
  expect(await panel.page.locator('.since').isVisible()).toBe(false);
});
