import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumFlags, findChromium } from '../../scripts/lib/chromium.mjs';
import type { FromWebview, ToWebview } from '../../src/protocol';
import type { Drawing } from './drawing';
import { servePage, themes, type PageServer, type ThemeName } from './server';

export interface Options {
  theme?: ThemeName;
  /** What an earlier page saved. */
  state?: unknown;
  width?: number;
  height?: number;
  reducedMotion?: 'reduce' | 'no-preference';
  messages?: readonly ToWebview[];
}

/** The page in a browser, with the other end of its message channel. */
export class Panel {
  readonly problems: string[] = [];

  constructor(readonly page: Page) {}

  /** Sends messages as the host would, and waits until they are drawn. */
  async send(...messages: readonly object[]): Promise<void> {
    await this.page.evaluate(`for (const message of ${literal(messages)}) instruments.send(message);`);
    await this.frames(2);
  }

  frames(count: number): Promise<void> {
    return this.page.evaluate(`instruments.frames(${count})`);
  }

  posted(): Promise<FromWebview[]> {
    return this.page.evaluate('instruments.posted');
  }

  state(): Promise<unknown> {
    return this.page.evaluate('instruments.state()');
  }

  drawing(index = 0): Promise<Drawing> {
    return this.page.evaluate(`instruments.drawing(${index})`);
  }

  setTheme(name: ThemeName): Promise<void> {
    return this.page.evaluate(`instruments.setTheme(${JSON.stringify(themes[name])})`);
  }

  /** A computed style of the first element that fits. */
  style(selector: string, property: string): Promise<string> {
    const element = `document.querySelector(${JSON.stringify(selector)})`;
    return this.page.evaluate(`getComputedStyle(${element})[${JSON.stringify(property)}]`);
  }

  /** Text of the one region that is read aloud. */
  async spoken(): Promise<string> {
    return (await this.page.locator('[aria-live]').textContent()) ?? '';
  }
}

/** JSON with the numbers that JSON has not. */
function literal(value: unknown): string {
  const odd = new Map([
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['-Infinity', '-Infinity'],
  ]);
  const mark = '\u0001';
  const text = JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one)
      ? `${mark}${String(one)}`
      : ArrayBuffer.isView(one)
        ? Array.from(one as Float64Array)
        : one,
  );
  return text.replace(/"\\u0001(-?\w+)"/g, (_all, name: string) => odd.get(name)!);
}

/**
 * One browser for the tests of a file. Each page must stay without console errors, dialogs, requests beyond its own
 * files and breaches of its content security policy, except the control library's inline styles.
 */
export function useBrowser(): (options?: Options) => Promise<Panel> {
  let browser: Browser;
  let server: PageServer;
  let panels: Panel[] = [];

  beforeAll(async () => {
    server = await servePage();
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
