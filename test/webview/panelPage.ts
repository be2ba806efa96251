import type { Page } from 'playwright-core';
import type { FromWebview } from '../../src/protocol';
import type { Drawing } from './drawing';
import { themes, type ThemeName } from './server';

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

  /** Sets the smoothing, one weight after another, each of which is drawn. */
  async smooth(...weights: number[]): Promise<void> {
    for (const weight of weights) {
      await this.page.getByRole('slider', { name: 'Smoothing' }).fill(String(weight));
      await this.frames(2);
    }
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
