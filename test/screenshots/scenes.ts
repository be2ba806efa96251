import { existsSync } from 'node:fs';
import { cp, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { VsCode } from '../workbench/vscode';
import { writeLogs, type Logs } from './logs';

/** A state of VS Code. `enter` leads there from closed editors; what it returns is done again before each picture. */
export interface Scene {
  name: string;
  enter: (code: VsCode) => Promise<(() => Promise<void>) | void>;
  /** The documentation shows it. */
  kept?: boolean;
}

/** Time between two epochs (ms). */
const PACE = 150;
/** In ms. */
const HOUR = 3_600_000;
/** Torch, for the trainings that are started in a terminal. */
const python = process.env['FITCHECK_PYTHON'];

const row = (code: VsCode, text: string | RegExp): Locator =>
  code.page.locator('.pane-body .monaco-list-row', { hasText: text });
const pick = (code: VsCode, text: string): Promise<void> =>
  code.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
const step = (name: string): Scene => ({
  name: `walkthrough-${name}`,
  enter: async (code) => {
    await code.run('Welcome: Open Walkthrough...');
    await pick(code, 'Get Started with Fitcheck');
    await code.page.locator(`[data-step-id$="#${name}"]`).click();
  },
});

/** All, each on what the ones before it left. */
export const scenes: readonly Scene[] = [
  { name: 'runs-empty', enter: (code) => code.run('View: Show Fitcheck') },
  ...['sample', 'remedy', 'own', 'compare', 'lint'].map(step),
  { name: 'sample', enter: openSample },
  { name: 'preview', enter: previewRemedy },
  { name: 'runs', enter: listRuns },
  { name: 'runs-tooltip', enter: showTooltip },
  ...(python
    ? ([
        { name: 'experiments', enter: experiment, kept: true },
        { name: 'script', enter: openScript },
      ] satisfies Scene[])
    : []),
  { name: 'notebook', enter: runNotebook },
  { name: 'panel', enter: follow, kept: true },
];

async function openSample(code: VsCode): Promise<void> {
  await code.run('Fitcheck: Open Sample Run…');
  await pick(code, 'Overfitting');
  await code.panel(/Overfitting[\s\S]*rose \d+ %/);
}

async function previewRemedy(code: VsCode): Promise<void> {
  await openSample(code);
  const panel = await code.panel(/Preview in train\.py/);
  await panel.getByText('Preview in train.py').first().click();
  await code.page.locator('.line-insert').first().waitFor();
}

async function listRuns(code: VsCode): Promise<void> {
  await age(await writeLogs(code.workspace));
  code.train(1_000);
  await code.run('Fitcheck: Refresh Runs');
  await code.run('View: Show Fitcheck');
  for (const name of ['digits/cnn-a', 'digits/cnn-b'])
    await row(code, name).locator('.monaco-tl-contents input, .monaco-custom-toggle').first().click();
  await code.run('Fitcheck: Mute Run');
  await pick(code, 'cnn-large');
}

/** They were written one after the other, the last one some hours ago. */
async function age(logs: Logs): Promise<void> {
  const paths: string[] = Object.values<string | readonly string[]>({ ...logs }).flat();
  for (const [i, path] of paths.entries()) {
    const then = new Date(Date.now() - (i + 1) ** 2 * HOUR);
    await utimes(path, then, then);
  }
}

async function showTooltip(code: VsCode): Promise<() => Promise<void>> {
  await code.run('View: Show Fitcheck');
  const tooltip = code.page.locator('.monaco-hover:visible').first();
  return async () => {
    // A theme that was just changed draws the rows anew, under a pointer that rests.
    for (let tries = 1; tries <= 5 && !(await tooltip.isVisible()); tries++) {
      await code.page.mouse.move(900, 300 + tries);
      await row(code, 'resmlp-no-clip').hover();
      await tooltip.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
  };
}

async function runNotebook(code: VsCode): Promise<void> {
  const source = [
    'import time\n',
    'for epoch in range(40):\n',
    '    val = 1 - epoch * 0.04 if epoch <= 12 else 0.52 + (epoch - 12) * 0.03\n',
    "    print(f'epoch {epoch} loss {1.1 * 0.92 ** epoch:.5f} val_loss {val:.5f}')\n",
    '    time.sleep(0.05)\n',
  ];
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
  const notebook = {
    cells: [cell],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await writeFile(join(code.workspace, 'explore.ipynb'), JSON.stringify(notebook));
  await code.openFile('explore.ipynb');
  await code.page.locator('.notebook-toolbar-container', { hasText: 'Python 3' }).waitFor();
  await code.run('Notebook: Run All');
  await code.page.locator('.cell-statusbar-container', { hasText: 'overfitting' }).waitFor();
}

/** Three trainings of one script: as it was, with weight decay, with that and dropout; and the last one in its panel. */
async function experiment(code: VsCode): Promise<void> {
  const script = join(code.workspace, 'fit.py');
  await cp('test/screenshots/fit.py', script);
  await code.run('View: Show Fitcheck');
  await code.openTerminal();
  await code.page.locator('.terminal-wrapper.active').click();
  await code.page.keyboard.type(`export OMP_NUM_THREADS=1 PATH=${dirname(python!)}:$PATH; clear\n`);
  const runs = code.page.locator('.monaco-list-row', { hasText: /(first run|→).*val loss/ });
  await code.runInTerminal('python fit.py', row(code, /first run/));
  await runs.first().waitFor({ timeout: 60_000 });
  await change(script, 'weight_decay=0.0', 'weight_decay=0.3');
  await code.runInTerminal('python fit.py', row(code, /weight_decay 0 → 0\.3/));
  await runs.nth(1).waitFor({ timeout: 60_000 });
  await change(script, 'nn.Dropout(0.0)', 'nn.Dropout(0.7)');
  await code.runInTerminal('python fit.py', row(code, /Dropout .*→.*0\.7/));
  await runs.nth(2).waitFor({ timeout: 60_000 });
  await code.run('View: Hide Panel');
  await code.run('Notifications: Clear All Notifications');
  await runs.first().locator('.monaco-tl-twistie').click();
  await row(code, /best val loss/)
    .first()
    .click();
  await code.panel(/Since the run before/);
}

async function change(path: string, from: string, to: string): Promise<void> {
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll(from, to));
}

async function openScript(code: VsCode): Promise<void> {
  await code.openFile('fit.py');
  await code.goTo('fit.py', 'optimizer =');
  await code.page.locator('.codelens-decoration').first().waitFor();
}

async function follow(code: VsCode): Promise<void> {
  // A scene before may have started it: then it does not open by itself any more.
  if (existsSync(join(code.workspace, 'runs', 'training.csv'))) {
    await code.run('Fitcheck: Show Run');
    await pick(code, 'training.csv');
  } else {
    await code.set('fitcheck.panel.openWhenRunStarts', true);
    code.train(PACE);
  }
  await code.panel(/"val_loss" rose \d+ % from its best/, 120_000);
}
