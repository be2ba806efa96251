import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { VsCode } from '../workbench/vscode';

/** Time between two epochs, and for what fades in (ms). */
const [PACE, FADE] = [150, 800];

/** VS Code with the panel on a training that is going on. @param save takes the picture of a page under a name */
export async function workbenchPictures(save: (name: string, page: Page) => Promise<void>): Promise<void> {
  const code = await VsCode.open();
  try {
    await code.set('workbench.colorTheme', 'Default Dark Modern');
    code.train(PACE);
    const panel = await code.panel(/"val_loss" rose \d+ % from its best/, 120_000);
    await panel.locator('body.vscode-dark').waitFor();
    await delay(FADE);
    await save('panel', code.page);
  } finally {
    await code.close();
  }
}
