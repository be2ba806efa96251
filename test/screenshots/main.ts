/**
 * Pictures of the product in all its states, for the documentation and for whoever judges its looks:
 * `screenshots.mjs [--only WORD] [--workbench]`. All go to `out/screenshots`, those that the documentation keeps to `docs/images`, too.
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/lib/chromium.mjs';
import { Panel } from '../webview/panelPage';
import { servePage, themeNames, type PageServer, type ThemeName } from '../webview/server';
import { Analyzer } from './analyzer';
import { writeLogs } from './logs';
import { panelStates, type State } from './states';
import { workbenchPictures } from './workbench';

const OUT = join('out', 'screenshots');
const KEPT = join('docs', 'images');
const WIDTH = 1200;
const CHINESE = join('l10n', 'bundle.l10n.zh-cn.json');

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, workbench: { type: 'boolean', default: false } },
});

async function picture(browser: Browser, server: PageServer, state: State, theme: ThemeName): Promise<void> {
  const { name, width = WIDTH, zoom = 1, messages, act, kept } = state;
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: 300 },
    deviceScaleFactor: zoom,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(server.url(theme));
  const panel = new Panel(page);
  await panel.send(...messages);
  await act?.(panel);
  await panel.frames(3);
  const file = `panel-${name}-${theme}.png`;
  await page.screenshot({ path: join(OUT, file), fullPage: true });
  await context.close();
  if (kept && (theme === 'light' || theme === 'dark')) await copyFile(join(OUT, file), join(KEPT, file));
}

async function panels(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fc-'));
  const english = await servePage();
  const chinese = await servePage({ name: 'zh-cn', strings: await readStrings(CHINESE) });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  const analyzer = new Analyzer(folder);
  const inChinese = new Analyzer(folder, CHINESE);
  try {
    const states = await panelStates(analyzer, await writeLogs(folder), inChinese);
    for (const state of states.filter(({ name }) => name.includes(values.only)))
      for (const theme of themeNames)
        await picture(browser, state.language ? chinese : english, state, theme);
  } finally {
    analyzer.dispose();
    inChinese.dispose();
    await browser.close();
    english.close();
    chinese.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readStrings(path: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
}

await mkdir(OUT, { recursive: true });
await mkdir(KEPT, { recursive: true });
if (!values.workbench) await panels();
if (values.workbench || values.only === '') {
  await workbenchPictures(values.only, async (name, page, kept) => {
    const file = join(OUT, `vscode-${name}.png`);
    await page.screenshot({ path: file });
    if (kept) await copyFile(file, join(KEPT, `vscode-${name.replace(/-dark$/, '')}.png`));
  });
}
