import { chromium, type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumFlags, findChromium } from '../../scripts/lib/chromium.mjs';
import type { Language } from '../../src/editor/panelHtml';
import type { ToWebview } from '../../src/protocol';
import { Panel } from './panelPage';
import { servePage, type PageServer, type ThemeName } from './server';

export interface Options {
  theme?: ThemeName;
  /** What an earlier page saved. */
  state?: unknown;
  width?: number;
  height?: number;
  reducedMotion?: 'reduce' | 'no-preference';
  messages?: readonly ToWebview[];
}

/**
 * One browser for the tests of a file. Each page must stay without console errors, dialogs, requests beyond its own
 * files and breaches of its content security policy, except the control library's inline styles.
 * @param language of the pages; English where it is left out
 */
export function useBrowser(language?: Language): (options?: Options) => Promise<Panel> {
  let browser: Browser;
  let server: PageServer;
  let panels: Panel[] = [];

  beforeAll(async () => {
    server = await servePage(language);
    browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  afterEach(async () => {
    const closing = panels;
    panels = [];
    for (const panel of closing) {
      const violations = await panel.page.evaluate<string[]>('instruments.violations');
      await panel.page.context().close();
      expect(violations.filter((text) => !/^style-src-(attr|elem) inline$/.test(text))).toEqual([]);
      expect(panel.problems).toEqual([]);
    }
  });

  return async ({ theme = 'light', state, width = 1280, height = 900, reducedMotion, messages } = {}) => {
    const context = await browser.newContext({
      viewport: { width, height },
      ...(reducedMotion ? { reducedMotion } : {}),
    });
    const page = await context.newPage();
    const panel = new Panel(page);
    panels.push(panel);
    listen(panel, server);
    await page.goto(server.url(theme, state));
    if (messages) await panel.send(...messages);
    return panel;
  };
}

function listen({ page, problems }: Panel, server: PageServer): void {
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!server.owns(request.url())) problems.push(`request: ${request.url()}`);
  });
  page.on('console', (message) => {
    const inlineStyle = /inline style.*Content Security Policy/is.test(message.text());
    if (message.type() === 'error' && !inlineStyle) problems.push(`console: ${message.text()}`);
  });
}
