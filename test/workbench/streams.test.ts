import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VsCode } from './vscode';

/** A training without a log: it overfits from its best epoch on, which is later with more dropout. */
const script = (dropout: number): string => `import sys, time

dropout = ${dropout.toFixed(1)}
best = 10 + int(40 * dropout)
for epoch in range(int(sys.argv[1])):
    val = 1 - epoch * 0.04 if epoch <= best else 1 - best * 0.04 + (epoch - best) * 0.03
    print(f'epoch {epoch} loss {1.1 * 0.92 ** epoch:.5f} val_loss {val:.5f}', flush=True)
    time.sleep(0.1)
`;

let code: VsCode;
beforeAll(async () => {
  code = await VsCode.open();
  await writeFile(join(code.workspace, 'walk.py'), script(0));
});
afterAll(() => code.close());

const row = (text: RegExp): ReturnType<VsCode['page']['locator']> =>
  code.page.locator('.pane-body .monaco-list-row', { hasText: text });

describe('a training in the terminal of VS Code', () => {
  it('is in the Runs view by its command, with its verdict, and nothing had to be set up', async () => {
    await code.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'walk.py' }).waitFor();
    await code.run('View: Show Fitcheck');
    await code.openTerminal();
    await code.runInTerminal('python3 walk.py 40', row(/python3 walk\.py 40.*terminal/));
    // For the picture.
    await code.page.waitForTimeout(1_500);
    await code.screenshot('stream-running');
    await code.openRun(row(/python3 walk\.py 40/), 'walk.py 40');
    const panel = await code.panel(/rose \d+ % from its best 0\.\d+ at (epoch|step) \d+/);
    await expect
      .poll(() => panel.locator('header.run .state').innerText(), { timeout: 30_000 })
      .toBe('finished');
    expect(await panel.locator('header.run h1').innerText()).toBe('python3 walk.py 40 · terminal');
    await code.screenshot('stream-panel');
  });

  it('is told beside the one before it: what changed, and what that did', async () => {
    await row(/first run/).waitFor({ timeout: 40_000 });
    await writeFile(join(code.workspace, 'walk.py'), script(0.1));
    const second = row(/dropout 0 → 0\.1/);
    await code.runInTerminal('python3 walk.py 40', second);
    await second.getByText(/val loss 0\.44/).waitFor({ timeout: 60_000 });
    await second.locator('.monaco-tl-twistie').click();
    await row(/val loss 0\.6 → 0\.44.*better/).waitFor();
    await row(/best at epoch 10 → 14/).waitFor();
    await code.screenshot('experiments');
    await row(/overfitting.*best val loss 0\.44/).click();
    const panel = await code.panel(/Since the run before: dropout 0 → 0\.1/);
    await panel.locator('.since').getByText('Compare').click();
    await expect
      .poll(() => panel.locator('section.compare:visible').count(), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await code.screenshot('experiments-panel');
    await code.run('View: Close All Editors');
    await row(/first run/).dblclick();
    await code.panel(/rose \d+ % from its best 0\.\d+ at (epoch|step) 10/);
  });

  it('keeps what it had said when the window is reloaded in the middle of it', async () => {
    await code.runInTerminal('python3 walk.py 4000', row(/walk\.py 4000.*terminal/));
    await row(/walk\.py 4000[\s\S]*overfitting/).waitFor({ timeout: 60_000 });
    await code.page.reload();
    await code.page.locator('.statusbar-item').first().waitFor();
    await code.run('View: Show Fitcheck');
    await code.openRun(row(/walk\.py 4000.*terminal/), 'walk.py 4000');
    const panel = await code.panel(/walk\.py 4000[\s\S]*overfit/i);
    const text = await panel.locator('header.run').innerText();
    expect(Number(/(\d+) points/.exec(text)![1])).toBeGreaterThan(20);
    await code.screenshot('stream-reloaded');
  });
});
