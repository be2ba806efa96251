import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VsCode } from './vscode';

/** The verdict's sentence: every label stands on the page anyway, beside its probability. */
const overfits = /"val_loss" rose \d+ % from its best 0\.\d+ at epoch \d+/;

let code: VsCode;
let log: string;
beforeAll(async () => {
  code = await VsCode.open();
  log = code.train(150);
});
afterAll(() => code.close());

describe('a real training, followed in VS Code', () => {
  it('opens by itself and says within a minute that it overfits, since when, by how much, and what to do', async () => {
    const panel = await code.panel(overfits);
    await panel.locator('.verdict h2', { hasText: 'Overfitting' }).waitFor();
    await expect
      .poll(() => panel.locator('#app').innerText(), { timeout: 20_000 })
      .toMatch(/since epoch \d+, best at epoch \d+[\s\S]*Early stopping/);
    await expect.poll(() => panel.locator('canvas').count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  });

  it('goes on drawing what the training writes', async () => {
    const panel = await code.panel(overfits);
    const points = async (): Promise<number> => {
      const text = await panel.locator('header.run').innerText();
      return Number(/(\d+) points/.exec(text)![1]);
    };
    const before = await points();
    await expect.poll(points, { timeout: 30_000 }).toBeGreaterThan(before);
  });

  it('compares it with a run that is picked, and saves all points of both', async () => {
    const { page, workspace } = code;
    const panel = await code.panel(overfits);
    const [made, other] = [join(workspace, '..', 'other.csv'), join(workspace, 'runs', 'other.csv')];
    await writeFile(made, await readFile(log));
    // A run of yesterday: the panel of one that is going on would open by itself, over this one.
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(made, yesterday, yesterday);
    await rename(made, other);
    await code.run('Fitcheck: Refresh Runs');
    const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'other.csv' });
    await code.until(() => panel.getByRole('button', { name: 'Compare…' }).click(), row);
    await row.click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const runs = panel.locator('.compare tbody').first().locator('tr');
    await expect.poll(() => runs.count(), { timeout: 20_000 }).toBe(2);
    await expect.poll(() => runs.nth(1).innerText(), { timeout: 20_000 }).toContain('Overfitting');
    await code.screenshot('compared');

    await panel.getByRole('button', { name: 'Export loss' }).click();
    await panel.getByRole('menuitem', { name: 'CSV' }).click();
    const name = page.locator('.quick-input-widget input[type="text"]');
    await expect.poll(() => name.inputValue(), { timeout: 20_000 }).toContain('training.csv-loss.csv');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const saved = join(workspace, 'training.csv-loss.csv');
    const lines = async (): Promise<string[]> =>
      (await readFile(saved, 'utf8').catch(() => '')).trim().split('\r\n');
    const epochs = (await readFile(other, 'utf8')).trim().split('\n').length - 1;
    const ofOther = async (): Promise<string[]> =>
      (await lines()).filter((line) => /^runs\/other\.csv,loss,val,/.test(line));
    await expect.poll(ofOther, { timeout: 20_000 }).toHaveLength(epochs);
    expect((await lines())[0]).toBe('run,metric,split,key,point,step,epoch,time,value,line');

    await panel.getByRole('button', { name: 'Remove other.csv' }).click();
    await panel.locator('.compare').waitFor({ state: 'hidden', timeout: 20_000 });
  });

  it.each([
    ['Default Light Modern', 'light'],
    ['Default Dark Modern', 'dark'],
    ['Default High Contrast', 'high-contrast'],
    ['Default High Contrast Light', 'high-contrast-light'],
  ])('follows the theme: %s', async (theme, name) => {
    await code.set('workbench.colorTheme', theme);
    const panel = await code.panel(overfits);
    const kind = { light: 'vscode-light', dark: 'vscode-dark' }[name] ?? `vscode-${name}`;
    await panel.locator(`body.${kind}`).waitFor({ timeout: 20_000 });
    await code.page.waitForTimeout(500);
    await code.screenshot(name);
  });

  it('shows the run in the runs view and its verdict in the status bar', async () => {
    await code.run('View: Show Fitcheck');
    const row = code.page.locator('.pane-body .monaco-list-row', { hasText: 'training.csv' });
    await row.getByText('val loss').waitFor({ timeout: 30_000 });
    await code.page.locator('.statusbar', { hasText: 'overfitting' }).waitFor();
  });

  it('is restored after a reload of the window', async () => {
    await code.page.reload();
    const panel = await code.panel(overfits);
    await panel.locator('header.run', { hasText: 'training.csv' }).waitFor();
  });

  it('jumps from a finding to the line of the log', async () => {
    const panel = await code.panel(overfits);
    // Read and clicked in one go: while the training goes on the onset may still move.
    const line = await panel.evaluate<string>(`(() => {
      const link = document.querySelector('.finding button[data-key^="line of"]');
      link.click();
      return link.textContent.replace(/\\D/g, '');
    })()`);
    await code.page.locator('.tab.active', { hasText: 'training.csv' }).waitFor();
    await expect
      .poll(() => code.page.locator('.statusbar').innerText(), { timeout: 30_000 })
      .toContain(`Ln ${line},`);
  });
});

describe('the light bulb', () => {
  it('has the edit first, what the rule says after it, and shows the edit before it is written', async () => {
    const { page } = code;
    await code.openFile('train.py');
    await code.goTo('train.py', '            optimizer.step');
    // The script is read a moment after it was opened.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+.');
          const rows = page.locator('.action-widget .monaco-list-row.action');
          await rows
            .first()
            .waitFor({ timeout: 5_000 })
            .catch(() => undefined);
          return (await rows.allInnerTexts()).map((text) => text.replace(/\s/g, ' ').trim());
        },
        { timeout: 40_000 },
      )
      .toEqual([
        'Clip gradients to norm 1.0 before `optimizer.step()`',
        expect.stringMatching(/^About FC101: Gradients are not clipped here/),
        'Ignore FC101 in this line',
      ]);
    await page.keyboard.press('Control+Enter');
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: 'clip_grad_norm_' }).waitFor();
    await code.screenshot('preview');
    await preview.getByRole('button', { name: 'Discard' }).click();
    expect(await readFile(join(code.workspace, 'train.py'), 'utf8')).not.toContain('clip_grad_norm_');
  });
});

describe('a run that blows up, beside its script', () => {
  const row = (name: string): ReturnType<VsCode['page']['locator']> =>
    code.page.locator('.pane-body .monaco-list-row', { hasText: name });

  it('offers the exact edit and writes it into the open script', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i < 40 ? 2 / (i + 1) + 0.4 : 'nan'}`);
    await writeFile(join(code.workspace, 'runs', 'blown.csv'), `step,loss\n${rows.join('\n')}\n`);
    await code.openFile('train.py');
    await code.run('View: Show Fitcheck');
    await code.openRun(row('blown.csv'), 'blown.csv');
    const panel = await code.panel(/blown\.csv[\s\S]*has not come back/);
    const card = panel.locator('.remedy', { hasText: 'Clip gradients to norm 1.0 before' });
    const fix = card.locator('vscode-button', { hasText: 'Apply' });
    await fix.waitFor({ timeout: 20_000 });
    await code.screenshot('unstable');
    const inserted = code.page.locator('.line-insert').first();
    await code.until(
      () => card.locator('vscode-button', { hasText: 'Preview in train.py' }).click(),
      inserted,
    );
    expect(await readFile(join(code.workspace, 'train.py'), 'utf8')).not.toContain('clip_grad_norm_');
    await code.screenshot('fix-preview');
    await code.page.getByRole('button', { name: 'Discard' }).first().click();
    await inserted.waitFor({ state: 'detached' });
    // The panel is in sight again, as a new page: it was hidden meanwhile.
    const again = await code.panel(/blown\.csv[\s\S]*has not come back/);
    const apply = again
      .locator('.remedy', { hasText: 'Clip gradients to norm 1.0 before' })
      .locator('vscode-button', { hasText: 'Apply' });
    await code.until(() => apply.click(), code.page.locator('.tab.active', { hasText: 'train.py' }));
    await expect
      .poll(() => code.page.locator('.view-lines').allInnerTexts(), { timeout: 20_000 })
      .toContainEqual(expect.stringMatching(/clip_grad_norm_\(model\.parameters\(\),\smax_norm=1\.0\)/));
    await code.screenshot('fix');
  });

  it('shows a metric name with markup as text', async () => {
    const name = '<img src=x onerror=alert(1)>_loss';
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${1 / (i + 1)}`);
    let dialogs = 0;
    code.page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await writeFile(join(code.workspace, 'runs', 'hostile.csv'), `step,${name}\n${rows.join('\n')}\n`);
    await code.openRun(row('hostile.csv'), 'hostile.csv');
    const panel = await code.panel('onerror');
    expect(await panel.locator('#app img').count()).toBe(0);
    expect(dialogs).toBe(0);
  });

  it('says what to do when the log of a panel is gone', async () => {
    const gone = join(code.workspace, 'runs', 'gone.csv');
    await writeFile(gone, await readFile(log));
    await code.openRun(row('gone.csv'), 'gone.csv');
    await code.panel(/gone\.csv[\s\S]*rose \d+ %/);
    await rm(gone);
    const panel = await code.panel(/no such file/);
    await panel.locator('.problem', { hasText: 'Choose another log' }).waitFor();
    expect(await panel.locator('#app').innerText()).toMatch(overfits);
  });
});
