import { equal, match } from 'node:assert';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RemedyCard } from '../../src/protocol';
import { previewScheme } from '../../src/editor/ids';
import { api, overfittingLog, undo, until } from './support';

const script = `import torch

model = torch.nn.Linear(2, 1)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for epoch in range(3):
    for x, y in data:
        optimizer.zero_grad()
        loss = ((model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
`;
const config = `# of this run
per_device_train_batch_size: 8
learning_rate: 2.0e-5
num_train_epochs: 40
max_grad_norm: 0.0 # off
`;
const clip: Pick<RemedyCard, 'technique' | 'fixes'> = {
  technique: 'gradient-clipping',
  fixes: ['python', 'config'],
};

function activeDiff(): vscode.TabInputTextDiff | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme ? input : null;
}

const textOf = async (uri: vscode.Uri): Promise<string> =>
  (await vscode.workspace.openTextDocument(uri)).getText();

export function define(): void {
  describe('the preview of a remedy', () => {
    let folder = '';
    let path = '';
    const uri = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));

    beforeEach(async () => {
      const { engine } = (await api())._private;
      const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      folder = join(root, `pre viewed %41#é [1]-${Date.now()}`);
      path = join(folder, 'log.csv');
      await mkdir(folder);
      await writeFile(join(folder, 'train.py'), script);
      await writeFile(join(folder, 'config.yaml'), config);
      await writeFile(path, overfittingLog(40));
      await vscode.commands.executeCommand('fitcheck.refreshRuns');
      await until('the run', () => engine.runs.some((run) => run.path === path));
    });

    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(folder, { recursive: true, force: true });
    });

    it('of a script is a diff; applied it is in the script, and one undo takes it back', async () => {
      const { fixes } = (await api())._private;
      const offers = await fixes.offer([clip], path);
      equal(offers.find(({ kind }) => kind === 'python')?.file, 'train.py');
      await fixes.preview('gradient-clipping', 'python', path);
      const diff = await until('the diff', activeDiff);
      equal(
        vscode.window.tabGroups.activeTabGroup.activeTab?.label,
        'train.py: Clip gradients to norm 1.0 before optimizer.step()',
      );
      equal(diff.original.fsPath, uri('train.py').fsPath);
      match(await textOf(diff.modified), /clip_grad_norm_\(model\.parameters\(\), max_norm=1\.0\)/);
      equal(await textOf(uri('train.py')), script);

      await vscode.commands.executeCommand('fitcheck.applyPreview', diff.modified);
      const editor = await until('the script', () => {
        const now = vscode.window.activeTextEditor;
        return now?.document.uri.fsPath === uri('train.py').fsPath && now;
      });
      match(editor.document.getText(), /clip_grad_norm_/);
      await until('the diff is closed', () => !activeDiff());
      await undo(editor.document, script);
    });

    it('of the config of the run changes its key only', async () => {
      const { fixes } = (await api())._private;
      const offers = await fixes.offer([clip], path);
      const offer = offers.find(({ kind }) => kind === 'config');
      equal(offer?.file, 'config.yaml');
      equal(offer?.title, 'Set max_grad_norm to 1.0');
      await fixes.preview('gradient-clipping', 'config', path);
      const diff = await until('the diff', activeDiff);
      equal(await textOf(diff.modified), config.replace('0.0 #', '1.0 #'));
      await vscode.commands.executeCommand('fitcheck.discardPreview', diff.modified);
      await until('the diff is closed', () => !activeDiff());
      equal(await textOf(uri('config.yaml')), config);
    });

    it('follows the file: what is applied is what is shown, or nothing', async () => {
      const { fixes } = (await api())._private;
      await fixes.offer([clip], path);
      await fixes.preview('gradient-clipping', 'config', path);
      const diff = await until('the diff', activeDiff);
      const preview = await vscode.workspace.openTextDocument(diff.modified);
      const document = await vscode.workspace.openTextDocument(uri('config.yaml'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '# later\n');
      await vscode.workspace.applyEdit(edit);
      await until('it is shown', () => preview.getText() === `# later\n${config.replace('0.0 #', '1.0 #')}`);

      // Set by hand meanwhile: there is nothing left to write, and nothing is.
      const own = `# later\n${config.replace('0.0 #', '2.0 #')}`;
      const byHand = new vscode.WorkspaceEdit();
      byHand.replace(document.uri, new vscode.Range(0, 0, 99, 0), own);
      await vscode.workspace.applyEdit(byHand);
      // The notification stays until it is closed: the command does not wait for it.
      await vscode.commands.executeCommand('fitcheck.applyPreview', diff.modified);
      equal(document.getText(), own);
      await document.save();
    });
  });
}
