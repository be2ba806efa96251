import { expect, test } from 'vitest';
import { diagnose } from '../../../src/analysis/diagnose';
import { readHistories, runOf } from '../../../src/analysis/model/history';
import { HISTORIES } from '../../../src/analysis/model/paths';
import { evidenceName, evidenceNames, evidenceText } from '../../../webview/evidenceNames';

/** Of the recorded trainings one of so many is looked at. */
const EVERY = 15;

test('a number is called as its detector names it, with blanks', () => {
  expect(evidenceName('gainNextFifth')).toBe('gain next fifth');
});

test('a share is told in per cent, as in the sentence beside it, and nothing else is', () => {
  const told = ['rise', 'gap', 'gainNextFifth', 'shareSince', 'learningRateShare'];
  expect(told.map((key) => evidenceText(key, 0.4567))).toEqual(told.map(() => '45.67 %'));
  expect(['ratio', 'bestVal', 'accuracy'].map((key) => evidenceText(key, 0.5))).toEqual([
    '0.5',
    '0.5',
    '0.5',
  ]);
});

test('what is found in recorded trainings has a name for each of its numbers', async () => {
  const recorded = (await readHistories(HISTORIES)).filter((_, i) => i % EVERY === 0);
  const found = new Set<string>();
  for (const history of recorded) {
    const { findings } = await diagnose(runOf(history), null);
    for (const { evidence } of findings)
      for (const key of Object.keys(evidence)) found.add(evidenceName(key));
  }
  expect(found.size).toBeGreaterThan(25);
  expect([...found].filter((name) => !(evidenceNames as readonly string[]).includes(name))).toEqual([]);
});
