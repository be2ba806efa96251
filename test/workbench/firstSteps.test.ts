import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VsCode } from './vscode';

const python = process.env['FITCHECK_PYTHON'];
const overfits = /Overfitting[\s\S]*"val_loss" rose \d+ % from its best 0\.\d+ at epoch \d+/;
const decay = /weight_decay=0\.0*[1-9]/;

// Each of the two begins from nothing, also where one is tried again.
let code: VsCode;
beforeEach(async () => {
  code = await VsCode.open();
});
afterEach(() => code.close());

/** The card of a remedy that can be written, by its title. */
const card = (panel: Frame, title: string): ReturnType<Frame['locator']> =>
  panel.locator('.remedy', { has: panel.locator('h3', { hasText: title }) });

/** All that the editors show, with plain spaces. */
const shown = async (): Promise<string> =>
  (await code.page.locator('.view-lines').allInnerTexts()).join('\n').replace(/\s/g, ' ');

/** Saves what was written into a script: again where VS Code was busy with another thing. */
const saved = async (script: string): Promise<void> => {
  const save = async (): Promise<string> => {
    await code.run('File: Save All Files');
    return readFile(script, 'utf8');
  };
  await expect.poll(save, { timeout: 60_000, interval: 2_000 }).toMatch(decay);
};

describe('who opens it for the first time', () => {
  it('finds a sample run in the empty view, reads what is wrong, looks at a remedy and applies it', async () => {
    await code.run('View: Show Fitcheck');
    const sample = code.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Overfitting' });
    await code.until(
      () => code.page.getByRole('button', { name: 'Open Sample Run…' }).first().click({ timeout: 60_000 }),
      sample,
    );
    await sample.click();
    const panel = await code.panel(overfits);
    const remedy = card(panel, 'Decoupled weight decay');
    const inserted = code.page.locator('.line-insert');
    await code.until(() => remedy.getByText('Preview in train.py').click({ timeout: 20_000 }), inserted);
    await code.screenshot('first-preview');
    await code.page.getByRole('button', { name: 'Apply' }).first().click();
    // The diff shows the same before it is written.
    await expect.poll(() => inserted.count(), { timeout: 20_000 }).toBe(0);
    await expect.poll(shown, { timeout: 20_000 }).toMatch(decay);
    const script = join(code.storage, 'samples/overfitting/train.py');
    await saved(script);
    await code.screenshot('first-applied');
  });
});

describe.skipIf(!python)('with a training of torch behind it (set FITCHECK_PYTHON)', () => {
  const row = (text: RegExp): ReturnType<VsCode['page']['locator']> =>
    code.page.locator('.pane-body .monaco-list-row', { hasText: text });

  it('is told while it trains, writes the remedy into its script, and sees what that did', async () => {
    const script = join(code.workspace, 'fit.py');
    await cp('media/samples/overfitting/train.py', script);
    const text = await readFile(script, 'utf8');
    // Slow enough to be watched.
    await writeFile(
      script,
      text
        .replace('training.csv"', 'live.csv"')
        .replace('import csv\n', 'import csv\nimport time\n')
        .replace('            file.flush()\n', '            file.flush()\n            time.sleep(0.25)\n'),
    );
    await code.run('View: Show Fitcheck');
    await code.openTerminal();
    await code.runInTerminal(`${python!} fit.py`, row(/live\.csv/));
    await code.openRun(row(/live\.csv/), 'live.csv');
    const panel = await code.panel(/live\.csv[\s\S]*running[\s\S]*Overfitting[\s\S]*"val_loss" rose \d+ %/);
    await code.screenshot('live-verdict');
    await card(panel, 'Decoupled weight decay')
      .getByRole('button', { name: 'Apply' })
      .click({ timeout: 30_000 });
    await expect.poll(shown, { timeout: 20_000 }).toMatch(decay);
    await saved(script);
    // The script lies over the panel.
    await code.openRun(row(/live\.csv/), 'live.csv');
    const ended = await code.panel(/live\.csv[\s\S]*180 points[\s\S]*Overfitting/, 120_000);
    await expect
      .poll(() => ended.locator('header.run .state').innerText(), { timeout: 30_000 })
      .toBe('finished');
    await row(/first run.*val loss 0\.3/s).waitFor({ timeout: 30_000 });
    await code.runInTerminal(`${python!} fit.py`, row(/weight_decay 0 → 0\.0*[1-9]/));
    await code.run('Fitcheck: Show Run');
    await code.page.locator('.quick-input-list .monaco-list-row', { hasText: 'live.csv' }).first().click();
    // Both runs had the same seed; what the remedy did is told at the end of the second.
    const changed = /Since the run before: AdamW weight_decay 0 → 0\.0*[1-9]/;
    const did = /val loss 0\.\d+ → 0\.\d+/;
    await code.panel(new RegExp(`${changed.source}[\\s\\S]*${did.source}`), 120_000);
    await code.screenshot('live-since');
    // Two trainings, each of which is to be watched.
  }, 400_000);
});
