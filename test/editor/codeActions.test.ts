import { equal, ok } from 'node:assert';
import * as vscode from 'vscode';
import { openDocument, undo, until } from './support';

const script = `import torch

optimizer = torch.optim.Adam(model.parameters())
for x, y in loader:
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
`;

export function define(): void {
  describe('code actions in a training script', () => {
    const actionsAt = async (document: vscode.TextDocument, line: number): Promise<vscode.CodeAction[]> => {
      const range = document.lineAt(line).range;
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      return found.filter(({ title }) => title.startsWith('Clip gradients'));
    };

    it('clip gradients before the optimizer step, in one edit that one undo takes back', async () => {
      const document = await openDocument('train.py', script);
      const [action, ...others] = await actionsAt(document, 7);
      ok(action?.edit, 'the action is offered at the step');
      equal(others.length, 0);
      await vscode.workspace.applyEdit(action.edit);
      const call = '    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n';
      equal(document.getText(), script.replace('    optimizer.step()', `${call}    optimizer.step()`));
      equal((await actionsAt(document, 8)).length, 0, 'nothing is offered twice');
      await undo(document, script);
    });

    it('select the inserted bound afterwards, to be typed over', async () => {
      const document = await openDocument('train.py', script);
      const editor = await vscode.window.showTextDocument(document);
      const [action] = await actionsAt(document, 7);
      ok(action?.edit && action.command, 'the action selects after its edit');
      await vscode.workspace.applyEdit(action.edit);
      const args = (action.command.arguments ?? []) as unknown[];
      await vscode.commands.executeCommand(action.command.command, ...args);
      await until('the selection', () => document.getText(editor.selection) === '1.0');
    });

    it('is not offered elsewhere in the script', async () => {
      const document = await openDocument('train.py', script);
      equal((await actionsAt(document, 2)).length, 0);
    });

    it('offers the other techniques at their places, as the command line does', async () => {
      const document = await openDocument('train.py', script);
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        document.lineAt(7).range,
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      ok(
        found.some(({ title }) => title.startsWith('Keep an average (EMA')),
        found.map(({ title }) => title).join('; '),
      );
    });

    it('edits the cells of a notebook, whose names it knows from the cells above', async () => {
      const cell = (code: string): vscode.NotebookCellData =>
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, 'python');
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([
          cell('%matplotlib inline\nimport torch'),
          cell('model = torch.nn.Linear(4, 2)\nopt = torch.optim.SGD(model.parameters(), lr=0.1)'),
          cell('for x, y in loader:\n    loss = model(x).sum()\n    loss.backward()\n    opt.step()'),
        ]),
      );
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(2);
      const [action] = await actionsAt(document, 3);
      ok(action?.edit, 'the action is offered in the cell');
      await vscode.workspace.applyEdit(action.edit);
      equal(
        document.getText(),
        'for x, y in loader:\n    loss = model(x).sum()\n    loss.backward()\n' +
          '    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n    opt.step()',
      );
      equal(notebook.cellAt(0).document.getText(), '%matplotlib inline\nimport torch');
    });
  });
}
