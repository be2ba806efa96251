import { deepEqual, equal, match, ok } from 'node:assert';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LogDrop } from '../../src/editor/runs/logDrop';
import { isUnhealthy } from '../../src/editor/runs/rows';
import { afterwards, api, overfittingLog, set, temporaryFile, until } from './support';

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

    it('lists a log that comes with its folder, of which no watcher tells', async () => {
      const { engine } = (await api())._private;
      await engine.refresh();
      const outside = dirname(await temporaryFile('moved.csv', overfittingLog(12)));
      const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'moved-in');
      afterwards(() => rm(folder, { recursive: true }));
      await rename(outside, folder);
      await until('the run', () => engine.runs.some(({ path }) => path === join(folder, 'moved.csv')));
    });

    it('finds a run beside one that goes on and whose name its own begins with, and drops what is deleted', async () => {
      const { engine } = (await api())._private;
      const root = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'sweep %2F é');
      const known = (name: string) => engine.runs.find(({ path }) => path.startsWith(join(root, name)));
      const goOn = (name: string) => writeFile(join(root, name), overfittingLog(12));
      await mkdir(root);
      await goOn('run.csv');
      await until('the first', () => known('run.csv')?.state === 'running');
      await goOn('run.csv.2.csv');
      await until('the second', () => known('run.csv.2.csv'));
      await rm(join(root, 'run.csv'));
      await until('one is gone', () => !engine.runs.some(({ path }) => path === join(root, 'run.csv')));
      await rm(root, { recursive: true });
      await until('all are gone', () => !known(''));
    });

    it('filters, sorts, counts what is unhealthy and not muted, and remembers what is chosen', async () => {
      const { engine, view, mutes } = (await api())._private;
      const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      const path = join(root, 'runs', 'first.csv');
      await engine.refresh();
      const ill = () => engine.runs.filter(isUnhealthy);
      afterwards(() => view.filterBy(''));
      afterwards(() => mutes.unmute([path]));
      afterwards(() => view.orderBy('newest'));
      await until('verdicts', () => ill().filter((run) => /first|second/.test(run.path)).length === 2);
      equal(view.view.badge?.value, ill().length);
      await mutes.mute([path]);
      equal(view.view.badge?.value, ill().length - 1);
      const listed = async () => (await view.getChildren()).map((run) => basename(run.path));
      ok((await listed()).includes('second.csv'));
      view.filterBy('first overfitting');
      deepEqual(await listed(), ['first.csv']);
      match(view.view.message!, /^Filter "first overfitting": 1 of \d+ runs\. /);
      const [run] = await view.getChildren();
      const item = view.getTreeItem(run!);
      match(String(item.description), /^overfitting · muted · val loss [\d.]+ · (now|\d+ min)$/);
      equal(item.contextValue, 'run.muted');
      equal(item.checkboxState !== undefined, true);
      await vscode.commands.executeCommand('fitcheck.clearRunFilter');
      equal(view.view.message, '');
      await vscode.commands.executeCommand('fitcheck.unmuteRun', run);
      equal(view.view.badge?.value, ill().length);
      await view.orderBy('worst');
      const order = await view.getChildren();
      equal(order[0]!.severity, order.some(({ severity }) => severity === 'error') ? 'error' : 'warning');
    });

    it('tells starts of one command apart by when they were, in the list and in all that names them', async () => {
      const { view, engine, streams, panels } = (await api())._private;
      const about = { source: 'terminal', label: 'python twice.py', cwd: null } as const;
      const outputs = [1, 2].map(() => {
        const stream = streams.open({ ...about, script: null, configs: [], arguments: [] });
        stream.push(
          'epoch 1 loss 0.9 val_loss 0.8\nepoch 2 loss 0.7 val_loss 0.7\nepoch 3 loss 0.6 val_loss 0.6\n',
        );
        return stream;
      });
      const runs = await until('both', () => {
        const found = engine.runs.filter(({ path }) => outputs.some((one) => one.path === path));
        return found.length === 2 && found;
      });
      await view.getChildren();
      const labels = runs.map((run) => view.getTreeItem(run).label as string);
      for (const label of labels) match(label, /^python twice\.py · .*\d\d:\d\d/);
      equal(new Set(labels).size, 2);
      for (const { title } of runs) match(title, /^python twice\.py · terminal · .*\d\d:\d\d/);
      equal(new Set(runs.map(({ title }) => title)).size, 2);
      const [panel] = runs.map(({ path }) => panels.show(path));
      match(panel!.view.title, /^Fitcheck: python twice\.py · .*\d\d:\d\d/);
      const snapshot = await engine.snapshot(runs[0]!.id, 10);
      equal(snapshot.summary.title, runs[0]!.title);
      await Promise.all(outputs.map((stream) => stream.end({ how: 'finished' })));
    });

    it('opens one panel for a start, also where its run is open by its folder', async () => {
      const { engine, panels } = (await api())._private;
      const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'starts');
      const path = join(folder, 'starting.csv');
      await mkdir(folder);
      await writeFile(path, overfittingLog(12));
      const opened = panels.show(folder);
      const id = await until('its run', () => opened.runId);
      await set('panel.openWhenRunStarts', true);
      await engine.refresh();
      await until('its state', () => engine.runs.some((run) => run.id === id && run.state === 'running'));
      equal(panels.show(path), opened);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
      equal(tabs.filter((label) => /starts|starting/.test(label)).length, 1, tabs.join());
      await set('panel.openWhenRunStarts', undefined);
      await rm(folder, { recursive: true });
      await until('it is gone', () => !engine.runs.some((run) => run.id === id));
    });

    it('shows a name with markup as text', async () => {
      const { view, engine } = (await api())._private;
      const run = { ...engine.runs[0]!, title: '[x](command:workbench.action.quit) <b>*a*</b>' };
      const { value, isTrusted } = view.getTreeItem(run).tooltip as vscode.MarkdownString;
      ok(!isTrusted && !/[^\\][[<*]\w/.test(value.split('\n')[0]!.slice(2)), value);
    });

    it('opens what is dropped onto it', async () => {
      const paths: string[] = [];
      const drop = new LogDrop((dropped) => paths.push(...dropped));
      const log = vscode.Uri.file('/project/my runs/a.csv');
      const list = `# remark\r\n${log.toString()}\r\nhttps://example.org/b.csv\r\n`;
      const data = new vscode.DataTransfer();
      data.set('text/uri-list', new vscode.DataTransferItem(list));
      await drop.handleDrop(undefined, data);
      deepEqual(paths, [log.fsPath]);
    });

    it('copies paths and opens logs as text', async () => {
      const { engine } = (await api())._private;
      const [one, two] = engine.runs;
      await vscode.commands.executeCommand('fitcheck.copyPath', one, [one, two]);
      equal(await vscode.env.clipboard.readText(), `${one!.path}\n${two!.path}`);
      await vscode.commands.executeCommand('fitcheck.openAsText', one);
      await until('the text', () => vscode.window.activeTextEditor?.document.uri.fsPath === one!.path);
    });
  });
}
