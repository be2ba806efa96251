import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VsCode } from './vscode';

const config = `# fine-tuning
output_dir: out/bert
per_device_train_batch_size: 8
num_train_epochs: 3
learning_rate: 5e-5
weight_decay: 0.9  # too much?
warmup_ratio: 0.1
weigth_decay_bias: 0
eval_strategy: 
`;

let code: VsCode;
beforeAll(async () => {
  code = await VsCode.open();
  await mkdir(join(code.workspace, 'configs'), { recursive: true });
  await writeFile(join(code.workspace, 'recipe.yaml'), config);
  await writeFile(join(code.workspace, 'configs', 'closed.yaml'), config.replace('0.9', '-0.1'));
});
afterAll(async () => {
  await code.close();
});

describe('a training config in VS Code', () => {
  it('is told of in Problems, whether its file is open or not', async () => {
    // The first key goes nowhere before the workbench stands.
    await code.until(
      () => code.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'recipe' }).dblclick(),
      code.page.locator('.tab.active', { hasText: 'recipe.yaml' }),
    );
    await code.run('View: Focus Problems');
    const problems = code.page.locator('.markers-panel');
    await problems.getByText('weight_decay is 0.9 in this file').first().waitFor({ timeout: 40_000 });
    await problems.getByText('weight_decay is -0.1 in this file').first().waitFor({ timeout: 40_000 });
    await code.run('View: Focus First Editor Group');
  });

  it.each([
    ['Default Light Modern', 'light'],
    ['Default Dark Modern', 'dark'],
    ['Default High Contrast', 'high-contrast'],
  ])('tells what a key means on hover: %s', async (theme, name) => {
    await code.set('workbench.colorTheme', theme);
    const kind = name === 'high-contrast' ? 'hc-black' : name === 'light' ? 'vs' : 'vs-dark';
    await code.page.locator(`.monaco-workbench.${kind}`).waitFor({ timeout: 20_000 });
    await code.goTo('recipe.yaml', 'weight_dec');
    const hover = code.page.locator('.monaco-hover-content:visible');
    await code.until(() => code.run('Show or Focus Hover'), hover.getByText('Usual here: 0.01 to 0.1'));
    // It fades in.
    await code.page.waitForTimeout(400);
    await code.screenshot(`config-${name}`);
    await code.page.keyboard.press('Escape');
  });

  it('completes the few values of a key', async () => {
    await code.goTo('recipe.yaml', 'eval_strategy: ');
    await code.page.keyboard.press('End');
    const rows = code.page.locator('.suggest-widget.visible .monaco-list-row');
    await code.until(() => code.page.keyboard.press('Control+Space'), rows);
    await expect
      .poll(async () => (await rows.allInnerTexts()).map((text) => text.trim()), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['epoch', 'steps', 'no']));
    await code.screenshot('config-completion');
    await code.page.keyboard.press('Escape');
  });

  it('is fixed with one key, and nothing else of it changes', async () => {
    await code.goTo('recipe.yaml', 'weight_decay: 0.9');
    const row = code.page.locator('.action-widget .monaco-list-row.action', {
      hasText: 'Set weight_decay to 0.1',
    });
    await code.until(
      async () => {
        await code.page.keyboard.press('Control+.');
        await row.waitFor({ timeout: 10_000 });
        await code.screenshot('config-fix');
        // The menu takes keys, and no clicks from a test.
        await code.page.keyboard.press('Enter');
      },
      code.page.locator('.view-lines', { hasText: 'weight_decay: 0.1' }),
    );
    await code.run('File: Save');
    await expect
      .poll(() => readFile(join(code.workspace, 'recipe.yaml'), 'utf8'), { timeout: 30_000 })
      .toBe(config.replace('0.9', '0.1'));
  });

  it('is named in the language status', async () => {
    await code.until(
      () => code.page.locator('#status\\.languageStatus').click(),
      code.page.getByText('Fitcheck: Hugging Face Trainer'),
    );
    await code.page.waitForTimeout(400);
    await code.screenshot('config-status');
  });
});
