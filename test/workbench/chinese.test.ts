import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VsCode } from './vscode';

let code: VsCode;
beforeAll(async () => {
  code = await VsCode.open({ language: 'zh-cn' });
});
afterAll(() => code.close());

/** A log of a run that overfits from epoch 12 on. */
const log = (): string => {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const val = i <= 12 ? 1 - i * 0.04 : 0.52 + (i - 12) * 0.03;
    return `${i},${(1.1 * 0.92 ** i).toFixed(5)},${val.toFixed(5)}`;
  });
  return `epoch,loss,val_loss\n${rows.join('\n')}\n`;
};

describe('who works in Chinese', () => {
  it('reads the empty Runs view, the verdict, the findings and the remedies in Chinese', async () => {
    await code.run('View: Show Fitcheck');
    await code.page.getByRole('button', { name: '打开示例训练…' }).first().waitFor({ timeout: 60_000 });
    await code.screenshot('zh-cn-empty');
    await writeFile(join(code.workspace, 'runs', 'resnet.csv'), log());
    const row = code.page.locator('.pane-body .monaco-list-row', { hasText: 'resnet.csv' });
    await row.getByText(/过拟合 · /).waitFor({ timeout: 40_000 });
    await code.openRun(row, 'resnet.csv');
    const panel = await code.panel(/过拟合/);
    await panel.locator('.verdict h2', { hasText: '过拟合' }).waitFor();
    expect(await panel.locator('.finding').first().innerText()).toMatch(/\p{Script=Han}{4}/u);
    expect(await panel.locator('.remedy h3').first().innerText()).toMatch(/\p{Script=Han}{2}/u);
    await code.page.locator('.statusbar', { hasText: '过拟合' }).waitFor();
    await code.screenshot('zh-cn-panel');
  });

  it('reads in Chinese what the lint finds', async () => {
    await code.openFile('train_config.yaml');
    await code.run('Problems: Focus on Problems View');
    const found = code.page.locator('.markers-panel .monaco-list-row', { hasText: /FC\d+/ });
    await found.first().waitFor({ timeout: 30_000 });
    for (const text of await found.allInnerTexts()) expect(text).toMatch(/\p{Script=Han}{2}/u);
    await code.screenshot('zh-cn-lint');
  });

  it('finds the commands by their Chinese names', async () => {
    await code.run('Fitcheck: 刷新训练列表');
  });
});
