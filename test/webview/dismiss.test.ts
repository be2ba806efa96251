import { expect, test } from 'vitest';
import type { SymptomId } from '../../src/analysis/diagnosis';
import type { ToWebview } from '../../src/protocol';
import { useBrowser } from './browser';
import { overfitting } from './runs';
import { texts } from './reading';

const open = useBrowser();
const away = (id: SymptomId = 'val-loss-rising'): ToWebview => ({
  type: 'dismissed',
  findings: [{ id, reason: 'design' }],
});

test('a finding opens its evidence: numbers, definition, source, what else it may be', async () => {
  const { page } = await open({ messages: [overfitting()] });
  const finding = page.locator('.finding').first();
  expect(await finding.locator('dl').first().isVisible()).toBe(false);
  await finding.locator('summary').press('Enter');
  const text = await finding.innerText();
  expect(text).toMatch(/best val\s+0\.91\s+last val\s+1\.03/);
  expect(text).toMatch(/Told when\s+Validation at least 5 % above its best/);
  expect(text).toMatch(/Source\s+AUTOTRAINER/);
  expect(text).toMatch(/False alarm if\s+The validation set is small/);
});

test('what is not so is told to the host, with the reason, and taken back', async () => {
  const panel = await open({ messages: [overfitting()] });
  const finding = panel.page.locator('.finding').first();
  await finding.locator('summary').click();
  await finding.getByRole('button', { name: 'expected by design' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'dismiss', id: 'val-loss-rising', reason: 'design' });
  await panel.send(away());
  expect(await panel.page.locator('.finding:visible strong').allTextContents()).toEqual([
    'Trained past its best',
  ]);
  await panel.page.getByText('1 dismissed').click();
  const folded = panel.page.locator('.finding').last();
  expect(await folded.innerText()).toContain('You say it is not so: expected by design.');
  await folded.getByRole('button', { name: 'restore' }).click();
  expect(await panel.posted()).toContainEqual({ type: 'restore', id: 'val-loss-rising' });
});

test('a dismissed finding marks nothing', async () => {
  const panel = await open({ messages: [overfitting(), away()] });
  expect(texts(await panel.drawing())).not.toContain('Validation gets worse');
  expect(texts(await panel.drawing())).toContain('Trained past its best');
});

test('the verdict says when the user disagrees with what it rests on, and only then', async () => {
  const panel = await open({ messages: [overfitting(), away('past-the-optimum')] });
  const dispute = panel.page.locator('.verdict .dispute');
  expect(await dispute.count()).toBe(0);
  await panel.send(away());
  expect(await dispute.innerText()).toBe(
    'You say that "Validation gets worse", on which this rests, is not so (expected by design). The analyzer still says:',
  );
  const remedies = panel.page.getByRole('region', { name: 'Remedies' });
  expect(await remedies.innerText()).toContain('For what else was found. One change at a time, and measure.');
  await panel.send({ type: 'dismissed', findings: [] });
  expect(await dispute.count()).toBe(0);
});

test('what was said of one run is not said of another', async () => {
  const other = overfitting();
  other.run.summary.id = 'another';
  const panel = await open({ messages: [overfitting(), away(), other] });
  expect(await panel.page.locator('.verdict .dispute').count()).toBe(0);
});
