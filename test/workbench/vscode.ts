import { fork, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { removeAfterwards, startServer } from '../../scripts/lib/vscodeServer.mjs';
import { openWorkbench, remote } from '../../scripts/lib/workbench.mjs';

/** So long no page takes to begin to load (ms). */
const STUCK = 15_000;

/** What VS Code is started with. */
export interface VsCodeOptions {
  /** Language of the user; VS Code's own texts stay English where no language pack is installed. */
  language?: string;
  /** Folders of extensions that are installed beside this one; a folder's name is `publisher.name-version`. */
  beside?: readonly string[];
  /** Settings of the workspace. */
  settings?: Readonly<Record<string, unknown>>;
}

/** VS Code in a browser, on a copy of the sample workspace, with the extension as it is in this folder. */
export class VsCode {
  private constructor(
    readonly page: Page,
    /** The opened folder. */
    readonly workspace: string,
    /** Folder in which the extension keeps what belongs to no workspace. */
    readonly storage: string,
    /** Id of the server's process. */
    readonly pid: number,
    private readonly cleanUp: (() => Promise<void> | void)[],
  ) {}

  static async open({ language, beside = [], settings = {} }: VsCodeOptions = {}): Promise<VsCode> {
    const scratch = await mkdtemp(join(tmpdir(), 'fc-'));
    const workspace = join(scratch, 'sample');
    await cp('media/sample/workspace', workspace, { recursive: true });
    await mkdir(join(workspace, 'runs'));
    await addSettings(workspace, settings);
    const dataFolder = join(scratch, 'd');
    // What lies there at the first start is installed.
    for (const folder of beside)
      await cp(folder, join(dataFolder, 'extensions', basename(folder)), { recursive: true });
    const server = await startServer({ dataFolder });
    const payload = [['extensionDevelopmentPath', remote(server, resolve('.'))]];
    const prepare = async (page: Page): Promise<void> => {
      if (language !== undefined) await speak(page, language);
    };
    const { browser, page } = await openWorkbench({ server, folder: workspace, payload, prepare });
    const storage = join(dataFolder, 'data/User/globalStorage/fitcheck.fitcheck');
    return new VsCode(page, workspace, storage, server.pid, [
      () => browser.close(),
      () => server.stop(),
      () => removeAfterwards(scratch),
    ]);
  }

  async close(): Promise<void> {
    for (const step of this.cleanUp) await step();
  }

  /** Starts the sample training in its own process, an epoch every `pace` ms. @returns the path of its log */
  train(pace: number): string {
    const log = join(this.workspace, 'runs', 'training.csv');
    const env = { ...process.env, FITCHECK_SAMPLE_PACE: String(pace) };
    const child: ChildProcess = fork('dist/sampleTraining.js', [log], { env });
    this.cleanUp.unshift(() => void child.kill());
    return log;
  }

  /** Sets a workspace setting; VS Code takes it over by itself. */
  async set(key: string, value: unknown): Promise<void> {
    await addSettings(this.workspace, { [key]: value });
  }

  /** Runs a command as a user does: through the palette, by its title, once it is there. */
  async run(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press('F1');
      try {
        await this.ask(`>${title}`);
        await row.waitFor({ timeout: 5_000 });
        return await row.click();
      } catch (error) {
        // VS Code has not started yet, or the list was made before the extension was there and does not change any more.
        await this.page.keyboard.press('Escape');
        if (tries === 8) throw error;
      }
    }
  }

  /** Puts the cursor behind the first place of a text in a file that the active editor shows. */
  async goTo(name: string, text: string): Promise<void> {
    const content = await readFile(join(this.workspace, name), 'utf8');
    const before = content.slice(0, content.indexOf(text) + text.length).split('\n');
    const place = this.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Go to line' });
    await this.until(
      async () => {
        await this.page.keyboard.press('Control+g');
        await this.ask(`:${before.length}:${before.at(-1)!.length + 1}`);
        await place.click({ timeout: 5_000 });
      },
      this.page.locator('.statusbar', { hasText: `Ln ${before.length}, Col` }),
    );
  }

  /**
   * Puts a text into the open quick input. Not by keys, nor by Playwright's `fill`, which types what it fills in: an editor that
   * opens at that moment takes the focus, and the text would be written into its file.
   */
  async ask(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    const put = (field: { value: string } & EventTarget, value: string): void => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    await input.evaluate(put, text, { timeout: 5_000 });
  }

  /**
   * Does something by keyboard or mouse until something is seen of it: what comes while VS Code is busy with another thing
   * (an editor that opens, a page that loads) goes nowhere, and nothing on the page says when it is free again.
   * @param act may be done twice: what it opened is closed by Escape in between
   */
  async until(act: () => Promise<void>, seen: Locator): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await act();
        return await seen.first().waitFor({ timeout: 10_000 });
      } catch (error) {
        if (tries === 4) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens a run by its row in a view: where that is being filled, a click goes nowhere. */
  async openRun(row: Locator, name: string): Promise<void> {
    await this.until(
      () => row.click({ timeout: 40_000 }),
      this.page.locator('.tab.active', { hasText: name }),
    );
  }

  /** Opens a file of the workspace's top folder, in the explorer. */
  async openFile(name: string): Promise<void> {
    await this.run('View: Show Explorer');
    await this.until(
      () =>
        this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick(),
      this.page.locator('.tab.active', { hasText: name }),
    );
  }

  /** The page of the visible panel, once it shows something with this text. */
  async panel(text: string | RegExp, timeout = 60_000): Promise<Frame> {
    const end = Date.now() + timeout;
    let fine = Date.now();
    for (;;) {
      if (!this.isStuck()) fine = Date.now();
      else if (Date.now() - fine > STUCK) {
        await this.showAnew();
        fine = Date.now();
      }
      for (const frame of this.page.frames().filter((one) => one.url().includes('fake.html'))) {
        const shown = await frame
          .locator('#app')
          .innerText({ timeout: 1_000 })
          .catch(() => '');
        if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return frame;
      }
      if (Date.now() > end) throw new Error(`no panel shows ${String(text)} after ${timeout} ms`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /**
   * Whether VS Code has not begun to load a page. The server build has one origin for all webviews, where each that opens replaces
   * the service worker of the others: of two that open at once, one may wait for ever. (Desktop VS Code gives each an origin.)
   */
  private isStuck(): boolean {
    const outer = this.page
      .frames()
      .filter((frame) => frame.url().includes('/webview/browser/pre/index.html'));
    return outer.some((frame) => frame.childFrames().length === 0);
  }

  /** Hides the active panel and shows it again: its page loads anew. */
  private async showAnew(): Promise<void> {
    await this.run('File: New Untitled Text File');
    await this.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await this.run('View: Close Editor');
  }

  /**
   * Opens a terminal. What is run before its shell has told VS Code that it tells of its commands is told to no extension: VS Code
   * marks the commands of which it was told.
   */
  async openTerminal(): Promise<void> {
    await this.run('Terminal: Create New Terminal');
    const active = this.page.locator('.terminal-wrapper.active');
    await active.locator('.xterm').first().waitFor({ timeout: 60_000 });
    await this.until(() => this.type(':'), active.locator('.codicon-terminal-decoration-success'));
  }

  /** Runs a command in the open terminal, once, until something is seen of it. */
  async runInTerminal(command: string, seen: Locator): Promise<void> {
    await this.type(command);
    await seen.waitFor({ timeout: 90_000 });
  }

  private async type(command: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active').click();
    await this.page.keyboard.type(`${command}\n`, { delay: 20 });
  }

  async screenshot(name: string): Promise<void> {
    await mkdir('out/screenshots', { recursive: true });
    await this.page.screenshot({ path: `out/screenshots/${name}.png` });
  }
}

async function addSettings(workspace: string, added: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(workspace, '.vscode', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...settings, ...added }));
}

/** The language that a language pack's messages would bring: the page tells it to the server and the extension host. */
async function speak(page: Page, language: string): Promise<void> {
  await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
}
