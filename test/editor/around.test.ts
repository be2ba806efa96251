import { deepEqual, equal, match, ok, rejects } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { diagnoseTool, logEditorType } from '../../src/editor/ids';
import { assessedFor } from '../../src/engine/remedyCards';
import { afterwards, api, judged, overfittingLog, temporaryFile, until } from './support';

const root = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
const activeInput = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;

async function ask(input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(diagnoseTool, { input, toolInvocationToken: undefined });
  return content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');
}

export function define(): void {
  describe('a log in the editor area', () => {
    it('is reopened as its run, and as text again', async () => {
      const { panels } = (await api())._private;
      const history = Array.from({ length: 30 }, (_, i) => ({ step: i * 10, epoch: i, loss: 2 / (i + 1) }));
      const path = await temporaryFile('trainer_state.json', JSON.stringify({ log_history: history }));
      const uri = vscode.Uri.file(path);
      await vscode.commands.executeCommand('vscode.openWith', uri, logEditorType);
      await until('the run', () => panels.activePath === path);
      await until('its tab', () => activeInput() instanceof vscode.TabInputCustom);
      await vscode.commands.executeCommand('fitcheck.openAsText', uri);
      await until('the text', () => vscode.window.activeTextEditor?.document.uri.fsPath === path);
    });
  });

  describe('a sample run', () => {
    it('opens with its script beside it, diagnosed as it is called', async () => {
      const { panels, engine } = (await api())._private;
      let label: string | null = null;
      const listening = engine.onEvent((event) => {
        if (event.type === 'assessed' && event.summary.path === panels.activePath)
          label = event.summary.label;
      });
      afterwards(() => listening.dispose());
      await vscode.commands.executeCommand('fitcheck.openSample', 'unstable');
      await until('the verdict', () => label === 'unstable');
      equal(basename(panels.activePath!), 'training.log');
      const path = join(panels.activePath!, '..', 'train.py');
      const script = await until('the script', () =>
        vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path),
      );
      ok(!path.startsWith(root()), 'a copy, in no folder of the user');
      const line = script
        .getText()
        .split('\n')
        .findIndex((one) => /optimizer = torch/.test(one));
      await until('the optimizer in sight, not the first line', () =>
        vscode.window.visibleTextEditors
          .find(({ document }) => document === script)
          ?.visibleRanges.some(({ start, end }) => start.line > 0 && start.line < line && line < end.line),
      );
      ok(vscode.window.activeTextEditor?.document !== script, 'the panel keeps the focus');
      const found = await until('what was found, in the script', () =>
        vscode.languages.getDiagnostics(script.uri).find(({ source }) => source === 'Fitcheck'),
      );
      equal(script.lineAt(found.range.start.line).text.trim(), 'optimizer.step()');
    });

    it('has a remedy that can be written among its first three', async () => {
      const { panels, kinds, fixes } = (await api())._private;
      await vscode.commands.executeCommand('fitcheck.openSample', 'underfitting');
      const path = await until('the run', () =>
        panels.activePath?.endsWith('metrics.jsonl') ? panels.activePath : null,
      );
      const { assessment } = await judged(path);
      const first = assessedFor(assessment, await kinds.told({ path })).remedies.slice(0, 3);
      const [offer] = await fixes.offer(first, path);
      deepEqual([offer?.technique, offer?.kind, offer?.file], ['batch-norm', 'python', 'train.py']);
    });
  });

  describe('the tool for language models', () => {
    it('reports on a run by its path, and on the latest one', async () => {
      const { engine } = (await api())._private;
      await mkdir(join(root(), 'asked'), { recursive: true });
      const path = join(root(), 'asked', 'run.csv');
      await writeFile(path, overfittingLog(40));
      await engine.refresh();
      await judged(path);
      match(await ask({ path: 'asked/run.csv' }), /^# .*run\.csv: overfitting \(\d+ %\)/);
      match(await ask({ path }), /## Findings/);
      // Which one that is may change while it is asked.
      await until('the latest', async () => {
        const answer = await ask({});
        const latest = [...engine.runs].sort((a, b) => b.modified - a.modified)[0]!;
        return answer.includes(basename(latest.path));
      });
    });

    it('reads nothing outside of the workspace, and says which runs there are', async () => {
      const outside = await temporaryFile('outside.csv', overfittingLog(40));
      await rejects(ask({ path: outside }), /not in this workspace/);
      await rejects(ask({ path: '../../etc/passwd' }), /not in this workspace/);
    });
  });
}
