import { deepEqual, equal, ok } from 'node:assert';
import * as vscode from 'vscode';
import { Lint } from '../../src/editor/lint';
import { noProject } from '../../src/lint/project';
import { afterwards, api, openDocument, set, undo, until } from './support';

const config = 'output_dir: out\nnum_train_epochs: 3\nlearning_rate: 5e-5\nweight_decay: 0.9 # high\n';
const recurrent = 'from torch import nn\nrnn = nn.LSTM(8, 16, dropout=0.5)\n';
const thoughts =
  'from torch import nn\nnet = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.BatchNorm1d(8))\nnorm = nn.GroupNorm(32, 48)\n';
const several = `${recurrent}gru = nn.GRU(8, 16, dropout=0.5)\nnorm = nn.GroupNorm(32, 48)\n`;

export function define(): void {
  describe('diagnostics in a training config', () => {
    const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'fitcheck');

    it('show a wrong value, and its quick fix writes the right one and nothing else', async () => {
      await api();
      const document = await openDocument('train.yaml', config);
      const [finding] = await until('a diagnostic', () => ours(document).length > 0 && ours(document));
      equal((finding!.code as { value: string }).value, 'FC206');
      deepEqual(document.getText(finding!.range), '0.9');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding!.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title === 'Set weight_decay to 0.1');
      ok(fix?.edit);
      await vscode.workspace.applyEdit(fix.edit);
      equal(document.getText(), config.replace('0.9', '0.1'));
      await until('the diagnostic goes away as typed', () => ours(document).length === 0);
    });

    it('leave what is only worth a thought to the light bulb', async () => {
      const document = await openDocument('train.yaml', `${config}max_grad_norm: 100\n`);
      await until('the problem', () => ours(document).length > 0);
      deepEqual(
        ours(document).map(({ code }) => (code as { value: string }).value),
        ['FC206'],
      );
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        document.lineAt(4).range,
        vscode.CodeActionKind.QuickFix.value,
      );
      ok(actions.some(({ title, edit }) => title === 'Set max_grad_norm to 1.0' && edit));
    });

    it('say nothing on a file that is no training config', async () => {
      const document = await openDocument(
        'compose.yaml',
        'services:\n  web:\n    image: nginx\n    dropout: 3\n',
      );
      const training = await openDocument('other.yaml', config);
      await until('the other file is linted', () => ours(training).length > 0);
      equal(ours(document).length, 0);
    });

    it('stop where the setting says so', async () => {
      const document = await openDocument('train.yaml', config);
      await until('a diagnostic', () => ours(document).length > 0);
      await set('lint.enable', false);
      await until('no diagnostic', () => ours(document).length === 0);
      await set('lint.enable', undefined);
      await until('a diagnostic again', () => ours(document).length > 0);
    });
  });

  describe('fixing all', () => {
    it('edits the text as it stands, or nothing', async () => {
      const document = await openDocument('train.py', several);
      const never = new vscode.EventEmitter<void>();
      let ready = Promise.resolve();
      const lint = new Lint(vscode.window.createOutputChannel('test', { log: true }), {
        of: () => ready.then(() => noProject),
        around: () => undefined,
        onDidChange: never.event,
        onDidJudge: never.event,
        readers: { onDidChange: never.event },
      } as never);
      afterwards(() => lint.dispose());
      const all = () =>
        lint.provideCodeActions(document, new vscode.Range(0, 0, 0, 0), {
          only: vscode.CodeActionKind.SourceFixAll,
        } as never);
      const insert = async (text: string): Promise<void> => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), text);
        await vscode.workspace.applyEdit(edit);
      };
      equal((await all()).length, 1);
      let go = (): void => undefined;
      ready = new Promise((done) => (go = done));
      await insert('# one\n');
      const asked = all();
      await insert('# two\n');
      go();
      deepEqual(await asked, []);
    });
  });

  describe('diagnostics in a notebook', () => {
    const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'fitcheck');
    const cell = (code: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, 'python');

    it('are in the cells where they belong, with names of the cells above', async () => {
      await api();
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([
          cell('%matplotlib inline\nfrom torch import nn'),
          cell('width = 8\n'),
          cell('# a layer\nrnn = nn.LSTM(width, 16, dropout=0.5)'),
        ]),
      );
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(2);
      const [finding] = await until('a diagnostic', () => ours(document).length > 0 && ours(document));
      equal((finding!.code as { value: string }).value, 'FC306');
      equal(finding!.range.start.line, 1);
      equal(ours(notebook.cellAt(0).document).length + ours(notebook.cellAt(1).document).length, 0);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding!.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title === 'Remove `dropout=0.5`, which does nothing');
      ok(fix?.edit, 'the quick fix is offered in the cell');
      await vscode.workspace.applyEdit(fix.edit);
      equal(document.getText(), '# a layer\nrnn = nn.LSTM(width, 16)');
      await until('the diagnostic goes away', () => ours(document).length === 0);
    });

    it('move with their cell, and go with it', async () => {
      const bad = 'from torch import nn\nrnn = nn.LSTM(8, 16, dropout=0.5)';
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([cell('x = 1'), cell(bad)]),
      );
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(1);
      await until('a diagnostic', () => ours(document).length > 0);
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 2))]);
      await vscode.workspace.applyEdit(edit);
      await until('no diagnostic is left', () => ours(document).length === 0);
    });
  });

  describe('diagnostics in a training script', () => {
    const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'fitcheck');
    const codesOf = (document: vscode.TextDocument): string[] =>
      ours(document).map(({ code }) => (code as { value: string }).value);
    const actionsIn = (
      document: vscode.TextDocument,
      range: vscode.Range,
      kind: vscode.CodeActionKind,
    ): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        kind.value,
      );
    const whole = (document: vscode.TextDocument): vscode.Range =>
      new vscode.Range(0, 0, document.lineCount, 0);

    it('show what is wrong, link to its page, and the quick fix writes it right', async () => {
      await api();
      const document = await openDocument('train.py', recurrent);
      const [finding] = await until('a diagnostic', () => ours(document).length > 0 && ours(document));
      equal(finding!.severity, vscode.DiagnosticSeverity.Warning);
      const { value, target } = finding!.code as { value: string; target: vscode.Uri };
      deepEqual([value, target.path.endsWith('/docs/rules/FC306.md')], ['FC306', true]);
      equal(document.getText(finding!.range), 'dropout=0.5');
      const actions = await actionsIn(document, finding!.range, vscode.CodeActionKind.QuickFix);
      const fix = actions.find(({ title }) => title.startsWith('Remove `dropout=0.5`'));
      ok(fix?.edit && fix.isPreferred, 'a preferred fix');
      await vscode.workspace.applyEdit(fix.edit);
      equal(document.getText(), recurrent.replace(', dropout=0.5', ''));
      await until('the diagnostic goes away as typed', () => ours(document).length === 0);
      await undo(document, recurrent);
    });

    it('come and go as the script is typed', async () => {
      const document = await openDocument('train.py', 'from torch import nn\n');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(1, 0), 'norm = nn.GroupNorm(32, 48)\n');
      await vscode.workspace.applyEdit(edit);
      await until('an error', () => codesOf(document).includes('FC410'));
      await undo(document, 'from torch import nn\n');
      await until('no error', () => ours(document).length === 0);
    });

    it('leave what is only worth a thought to the light bulb', async () => {
      const document = await openDocument('train.py', thoughts);
      await until('the problem', () => codesOf(document).includes('FC410'));
      deepEqual(codesOf(document), ['FC410']);
      const at = document.lineAt(1).range;
      const actions = await actionsIn(document, at, vscode.CodeActionKind.QuickFix);
      const about = actions.find(({ title }) => title.startsWith('About FC307: Dropout right before'));
      ok(about?.command, 'it leads to the page of the rule');
    });

    it('are ignored in a line, in a file, and by a setting', async () => {
      const document = await openDocument('train.py', recurrent);
      const [finding] = await until('a diagnostic', () => ours(document).length > 0 && ours(document));
      const actions = await actionsIn(document, finding!.range, vscode.CodeActionKind.QuickFix);
      const ignore = actions.find(({ title }) => title === 'Ignore FC306 in this line');
      ok(ignore?.edit);
      await vscode.workspace.applyEdit(ignore.edit);
      ok(document.lineAt(1).text.endsWith('# fitcheck: ignore FC306'));
      await until('no diagnostic', () => ours(document).length === 0);
      const other = await openDocument('other.py', recurrent);
      await until('a diagnostic', () => ours(other).length > 0);
      await set('lint.rules', { FC306: 'off' });
      await until('no diagnostic', () => ours(other).length === 0);
      await set('lint.rules', { FC306: 'error' });
      await until('an error instead', () => ours(other)[0]?.severity === vscode.DiagnosticSeverity.Error);
      await set('lint.rules', undefined);
      await until('a warning', () => ours(other)[0]?.severity === vscode.DiagnosticSeverity.Warning);
    });

    it('are fixed all at once where that is safe, in one edit', async () => {
      const document = await openDocument('train.py', several);
      await until('all', () => ours(document).length === 3);
      const kind = vscode.CodeActionKind.SourceFixAll.append('fitcheck');
      const [action, ...others] = await actionsIn(document, whole(document), kind);
      ok(action?.edit && others.length === 0, 'one action');
      ok(kind.contains(action.kind!));
      await vscode.workspace.applyEdit(action.edit);
      equal(document.getText(), several.replaceAll(', dropout=0.5', ''));
      await until('the unsafe one is left', () => codesOf(document).join() === 'FC410');
      await undo(document, several);
    });

    it('are not shown in a test file', async () => {
      const document = await openDocument('test_train.py', recurrent);
      const other = await openDocument('train.py', recurrent);
      await until('the other file is linted', () => ours(other).length > 0);
      equal(ours(document).length, 0);
    });
  });
}
