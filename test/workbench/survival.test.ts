import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descendants, type Process } from './processes';
import { VsCode } from './vscode';

const RUNS = 20;
const name = (run: number): string => `live-${String(run).padStart(2, '0')}.csv`;
/** Epochs that are written before the panels open, and until the first part ends. */
const [FIRST, LAST] = [20, 120];
/** What the host may hold on to after all of it (bytes): it keeps no points, whatever the trainings write. */
const GROWTH = 200 * 2 ** 20;

let code: VsCode;
let epochs = FIRST;
beforeAll(async () => {
  code = await VsCode.open({ settings: { 'fitcheck.panel.openWhenRunStarts': false } });
  const rows = Array.from({ length: FIRST }, (_, epoch) => line(0, epoch)).join('');
  await Promise.all(
    Array.from({ length: RUNS }, (_, run) => writeFile(log(run), `epoch,loss,val_loss\n${rows}`)),
  );
});
afterAll(() => code.close());

const log = (run: number): string => join(code.workspace, 'runs', name(run));
/** The last loss tells which epoch it is of, and of which run. */
const loss = (run: number, epoch: number): string => (1 + run / 100 - epoch / 1000).toFixed(4);
function line(run: number, epoch: number): string {
  return `${epoch},${loss(run, epoch)},${(1.2 - epoch / 1000).toFixed(4)}\n`;
}

async function train(until: number): Promise<void> {
  for (; epochs < until; epochs++) {
    await Promise.all(Array.from({ length: RUNS }, (_, run) => appendFile(log(run), line(run, epochs))));
    await delay(100);
  }
}

async function engine(): Promise<Process> {
  const found = (await descendants(code.pid)).find(({ command }) => /dist\/engine\.js/.test(command));
  if (!found) throw new Error('no engine runs');
  return found;
}

/** Memory of the extension host, which has the engine as its child. */
async function host(): Promise<number> {
  const { parent } = await engine();
  return (await descendants(code.pid)).find(({ pid }) => pid === parent)!.memory;
}

const tab = (run: number): Locator => code.page.locator('.tab', { hasText: name(run) });
/** The panel of a run, with all that was written until now. */
const current = (run: number): Promise<unknown> =>
  code.panel(
    new RegExp(`${name(run)}[\\s\\S]*\\b${2 * epochs} points[\\s\\S]*${Number(loss(run, epochs - 1))}`),
  );

/** Drags a tab to the right edge of the editor area, where it makes a group of its own. */
async function dragToTheRight(run: number): Promise<void> {
  const { mouse } = code.page;
  const groups = code.page.locator('.editor-group-container');
  const before = await groups.count();
  const [from, area] = await Promise.all([
    tab(run).boundingBox(),
    code.page.locator('.part.editor').boundingBox(),
  ]);
  await mouse.move(from!.x + 20, from!.y + 10);
  await mouse.down();
  await mouse.move(area!.x + area!.width / 2, area!.y + 200, { steps: 4 });
  await mouse.move(area!.x + area!.width - 15, area!.y + area!.height / 2, { steps: 6 });
  await code.page.locator('.editor-group-overlay-indicator').last().waitFor();
  await mouse.up();
  await expect.poll(() => groups.count()).toBe(before + 1);
}

describe('twenty panels of trainings that go on', () => {
  let before: number;

  it('open, each with its run', async () => {
    await code.run('View: Show Fitcheck');
    await code.page.locator('.pane-body .monaco-list-row', { hasText: 'live-' }).first().waitFor();
    for (let run = 0; run < RUNS; run++) {
      const row = code.page.locator('.quick-input-list .monaco-list-row', { hasText: name(run) });
      // A page that comes while one types takes the focus, and the list is gone.
      await code.until(async () => {
        await code.run('Fitcheck: Show Run');
        // The list is longer than what is seen of it.
        await code.ask(name(run));
        await row.click({ timeout: 10_000 });
      }, tab(run));
      // A page that still loads takes the keyboard, and swallows what is typed.
      await code.panel(name(run));
    }
    before = await host();
  });

  it('go on after the theme changed twice and the engine was killed while they drew', async () => {
    const training = train(LAST);
    const themes = ['Default High Contrast', 'Default Light Modern'];
    for (const theme of themes) {
      await delay(1_500);
      await code.set('workbench.colorTheme', theme);
    }
    const { pid } = await engine();
    process.kill(pid, 'SIGKILL');
    await training;
    await current(RUNS - 1);
    expect((await engine()).pid).not.toBe(pid);
    for (const frame of code.page.frames().filter((one) => one.url().includes('fake.html')))
      await expect.poll(() => frame.locator('body').getAttribute('class')).toContain('vscode-light');
    await code.screenshot('survival');
  });

  it('show, when they are seen again, all that came meanwhile', async () => {
    for (const run of [0, 7, 13]) {
      await tab(run).click();
      await current(run);
    }
    await train(epochs + 10);
    await current(13);
  });

  it('show their runs side by side when they are dragged there, whatever loads at that moment', async () => {
    for (const run of [0, 7]) {
      await tab(run).click();
      await dragToTheRight(run);
      await current(run);
    }
  });

  it('have not made the host grow', async () => {
    expect((await host()) - before).toBeLessThan(GROWTH);
  });
});
