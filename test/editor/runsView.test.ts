import { ok } from 'node:assert';
import { basename } from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { api, overfittingLog, until } from './support';

export function define(): void {
  describe('the runs view', () => {
    it('lists the runs of the workspace with a verdict, and a new one when it appears', async () => {
      const { engine } = (await api())._private;
      const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      await mkdir(join(root, 'runs'), { recursive: true });
      await writeFile(join(root, 'runs', 'first.csv'), overfittingLog(40));
      await vscode.commands.executeCommand('fitcheck.runs.focus');
      await engine.refresh();
      const first = await until('a verdict for the run', () =>
        engine.runs.find(({ path, label }) => basename(path) === 'first.csv' && label !== null),
      );
      ok(first.label === 'overfitting' && first.severity !== null && first.last?.name === 'val loss');
      await writeFile(join(root, 'runs', 'second.csv'), overfittingLog(40));
      await until('the new run', () => engine.runs.find(({ path }) => basename(path) === 'second.csv'));
    });

    it('lists a log that had only its header when it was made', async () => {
      const { engine } = (await api())._private;
      const path = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'runs', 'slow.csv');
      await writeFile(path, 'epoch,loss,val_loss\n');
      await engine.refresh();
      ok(!engine.runs.some((run) => run.path === path));
      await writeFile(path, overfittingLog(10));
      await until('the run', () => engine.runs.find((run) => run.path === path));
    });
  });
}
