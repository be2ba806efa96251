import { deepEqual, equal, match } from 'node:assert';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Fixes } from '../../src/editor/fixes';
import { afterwards, api, until } from './support';

const network = 'import torch\n\nmodel = torch.nn.Linear(2, 1)';
const loop = `optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for x, y in data:
    optimizer.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    optimizer.step()
`;
const clip = { technique: 'gradient-clipping', fixes: ['python'] } as const;

/** Fixes whose runs are all of one script; `ask` is what happens while the user is asked whether to go on. */
async function fixesOf(script: vscode.Uri, ask: () => Promise<void> = () => Promise.resolve()) {
  const { previews } = (await api())._private;
  const written: string[] = [];
  const nothing = new vscode.EventEmitter<void>().event;
  const fixes = new Fixes(
    vscode.window.createOutputChannel('test', { log: true }),
    { of: () => Promise.resolve(script), onDidChange: nothing } as never,
    {
      mayApply: () => ask().then(() => true),
      markApplied: ({ title }) => Promise.resolve(void written.push(title)),
    },
    { of: () => Promise.resolve([]) } as never,
    previews,
  );
  await fixes.offer([clip], '/run');
  afterwards(() => fixes.dispose());
  return { apply: () => fixes.apply('gradient-clipping', 'python', '/run'), written };
}

async function change(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
}

export function define(): void {
  describe('writing a remedy', () => {
    let folder = '';

    beforeEach(async () => {
      folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, `wr itten %20#é-${Date.now()}`);
      await mkdir(folder);
    });

    afterEach(async () => {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(folder, { recursive: true, force: true });
    });

    it('into a notebook of which any cell has changed while the user was asked: nothing is written', async () => {
      const cell = (code: string) => ({
        cell_type: 'code',
        metadata: {},
        outputs: [],
        source: code.split(/(?<=\n)/),
      });
      const file = join(folder, 'train.ipynb');
      const about = { nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } } };
      await writeFile(file, JSON.stringify({ ...about, cells: [network, loop].map(cell) }));
      const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
      await vscode.window.showNotebookDocument(notebook);
      const last = notebook.cellAt(1).document;
      const untouched = await fixesOf(notebook.uri);
      const { apply, written } = await fixesOf(notebook.uri, () => change(last.uri, '# mine\n'));
      await apply();
      equal(last.getText(), `# mine\n${loop}`);
      deepEqual(written, []);
      await untouched.apply();
      match(last.getText(), /^# mine\n[^]*backward\(\)\n {4}torch\.nn\.utils\.clip_grad_norm_/);
      equal(untouched.written.length, 1);
    });

    /** What is told of the file while something is done. */
    async function toldDuring(act: () => Promise<unknown>): Promise<string[]> {
      const told: string[] = [];
      const { showWarningMessage } = vscode.window;
      vscode.window.showWarningMessage = (text: string) => {
        if (text.includes('locked.py')) told.push(text);
        return Promise.resolve(undefined);
      };
      try {
        await act();
      } finally {
        vscode.window.showWarningMessage = showWarningMessage;
      }
      return told;
    }

    it('into a file that is read-only: nothing counts, and what to do is told', async () => {
      const uri = vscode.Uri.file(join(folder, 'locked.py'));
      await writeFile(uri.fsPath, `${network}\n${loop}`);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
      const { apply, written } = await fixesOf(uri);
      const told = await toldDuring(apply);
      equal(document.getText(), `${network}\n${loop}`);
      deepEqual(written, []);
      match(told.join(), /^Fitcheck: nothing was written: locked\.py is read-only\. Make it writable/);
      await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
      deepEqual(await toldDuring(apply), []);
      equal(written.length, 1);
    });

    it('by a code action: it counts when the file is saved, and not where nothing was written', async () => {
      const { experiments } = (await api())._private;
      const uri = vscode.Uri.file(join(folder, 'train.py'));
      await writeFile(uri.fsPath, `${network}\n${loop}`);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        document.lineAt(8).range,
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      const { edit, command } = found.find(({ title }) => title.startsWith('Clip gradients'))!;
      const remember = () =>
        vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
      const counted = () => experiments.applied.of(uri.fsPath).map(({ technique }) => technique);
      await remember();
      await document.save();
      deepEqual([counted(), experiments.applied.unsaved.of(uri.fsPath)], [[], []]);
      await vscode.workspace.applyEdit(edit!);
      await remember();
      deepEqual(counted(), []);
      await document.save();
      await until('it counts', () => counted().length === 1);
      deepEqual(counted(), ['gradient-clipping']);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      await until('it is undone', () => !document.getText().includes('clip_grad_norm_'));
      await document.save();
      await until('it counts no more', () => counted().length === 0);
    });
  });
}
