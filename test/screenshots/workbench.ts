import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { VsCode } from '../workbench/vscode';
import { script } from './digitsScript';

const NAME = 'train_digits.py';
/** A training of the script, imports included, on a slow machine (ms). */
const TRAINING = 120_000;
/** The shell says that it is there; what fades in has done so (ms). */
const [SHELL, FADE] = [10_000, 600];

/**
 * VS Code with two real trainings of a script, the second one with a remedy: the script with its verdict, the panel, the
 * experiments, and an edit before it is written.
 * @param python a Python with torch and scikit-learn
 * @param save takes the picture of a page under a name
 */
export async function workbenchPictures(
  python: string,
  save: (name: string, page: VsCode['page']) => Promise<void>,
): Promise<void> {
  const code = await VsCode.open();
  const { page } = code;
  const write = (dropout: number): Promise<void> =>
    writeFile(join(code.workspace, NAME), script.replace('DROPOUT = 0.0', `DROPOUT = ${dropout.toFixed(1)}`));
  const row = (text: RegExp): Locator => page.locator('.pane-body .monaco-list-row', { hasText: text });
  const train = async (count: number): Promise<void> => {
    await page.locator('.terminal-wrapper.active').click();
    await page.keyboard.type(`python ${NAME}\n`, { delay: 20 });
    // Its line in the Experiments view, once it is measured.
    await row(count === 1 ? /first run.*val loss/ : /DROPOUT 0 → 0\.5.*val loss/i).waitFor({
      timeout: TRAINING,
    });
  };
  try {
    await write(0);
    await code.set('workbench.colorTheme', 'Default Dark Modern');
    await code.set('fitcheck.panel.openWhenRunStarts', false);
    // The first key goes nowhere before the workbench stands.
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: NAME })
      .dblclick({ timeout: TRAINING });
    await page.locator('.tab.active', { hasText: NAME }).waitFor();
    await page
      .getByRole('tab', { name: /Fitcheck/ })
      .first()
      .click();
    await page.keyboard.press('Control+`');
    await page.locator('.terminal-wrapper.active .xterm').first().waitFor({ timeout: TRAINING });
    await delay(SHELL);
    await page.locator('.terminal-wrapper.active').click();
    await page.keyboard.type(`PATH=${dirname(python)}:$PATH; clear\n`, { delay: 20 });
    await train(1);
    await write(0.5);
    await train(2);
    await code.run('View: Hide Panel');
    await delay(FADE);
    await save('script', page);
    await row(/python train_digits\.py.*overfitting/s).click();
    await code.panel(/Overfitting/);
    await delay(FADE);
    await save('panel', page);
  } finally {
    await code.close();
  }
}
