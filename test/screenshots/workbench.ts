import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { VsCode } from '../workbench/vscode';
import { scenes } from './scenes';

/** Takes the picture of a page under a name. @param kept it is one of those that the documentation shows */
export type Save = (name: string, page: Page, kept: boolean) => Promise<void>;

/** Time for what fades in (ms). */
const FADE = 800;

/** The themes that VS Code brings, and what tells that one is shown. */
export const themes = {
  light: { setting: 'Default Light Modern', shown: '.monaco-workbench.vs' },
  'high-contrast': { setting: 'Default High Contrast', shown: '.monaco-workbench.hc-black' },
  'high-contrast-light': { setting: 'Default High Contrast Light', shown: '.monaco-workbench.hc-light' },
  // Last: what the documentation keeps is dark, and a training goes on while the pictures are taken.
  dark: { setting: 'Default Dark Modern', shown: '.monaco-workbench.vs-dark' },
} as const;

/** VS Code around and with the panel, each scene in all themes. @param only a word of the names of the scenes that are wanted */
export async function workbenchPictures(only: string, save: Save): Promise<void> {
  const code = await VsCode.open({
    beside: ['test/screenshots/fitcheck.picture-kernel-0.0.1'],
    settings: {
      'fitcheck.panel.openWhenRunStarts': false,
      'fitcheck.notifications': 'never',
      'workbench.startupEditor': 'none',
    },
  });
  try {
    for (const { name, enter, kept } of scenes.filter((scene) => scene.name.includes(only))) {
      await code.run('View: Close All Editors');
      const again = await enter(code);
      for (const [theme, { setting, shown }] of Object.entries(themes)) {
        await code.set('workbench.colorTheme', setting);
        await code.page.locator(shown).waitFor();
        await again?.();
        await delay(FADE);
        await save(`${name}-${theme}`, code.page, kept === true && theme === 'dark');
      }
    }
  } catch (error) {
    // What was there instead.
    await save('failed', code.page, false);
    throw error;
  } finally {
    await code.close();
  }
}
