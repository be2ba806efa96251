import { deepEqual, equal, ok } from 'node:assert';
import * as vscode from 'vscode';
import { api, openDocument, until } from './support';

const config = 'output_dir: out\nnum_train_epochs: 3\nlearning_rate: 5e-5\nweight_decay: 0.9 # high\n';

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
      const settings = vscode.workspace.getConfiguration('fitcheck');
      await settings.update('lint.enable', false, vscode.ConfigurationTarget.Global);
      await until('no diagnostic', () => ours(document).length === 0);
      await settings.update('lint.enable', undefined, vscode.ConfigurationTarget.Global);
      await until('a diagnostic again', () => ours(document).length > 0);
    });
  });
}
