import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../src/protocol';
import { commands } from '../../src/editor/ids';
import { judgedRun } from '../../src/editor/judged';
import { showRemedyPage } from '../../src/editor/remedyPage';
import { MARK } from './reporter';
import { afterwards, api, judged, overfittingLog, temporaryFile, until } from './support';

/** A panel on a run that overfits, of which the user says that nothing is so. */
async function dismissed(name: string) {
  const { engine, panels, dismissals } = (await api())._private;
  const path = await temporaryFile(name, overfittingLog(40));
  const panel = panels.show(path);
  const summaries: RunSummary[] = [];
  const listening = engine.onEvent((event) => {
    if (event.type === 'assessed' && event.id === panel.runId) summaries.push(event.summary);
  });
  afterwards(() => listening.dispose());
  const seen = (label: string | null) => () => summaries.at(-1)?.label === label;
  await until('the verdict', seen('overfitting'));
  const symptoms = summaries.at(-1)!.symptoms.map(({ id }) => id);
  for (const id of symptoms) await dismissals.dismiss(path, { id, reason: 'noise' });
  await until('no verdict', seen(null));
  return { path, summaries, symptoms, seen };
}

/** The report on a run, once it is in sight. On a busy machine VS Code may say that it could not open it: then it is asked for again. */
async function reportOn(path: string): Promise<string> {
  const isReport = ({ document }: vscode.TextEditor): boolean =>
    document.languageId === 'markdown' && document.getText().split('\n')[0]!.includes(basename(path));
  const seen = (): vscode.TextEditor | undefined => vscode.window.visibleTextEditors.find(isReport);
  const show = (): Thenable<unknown> => vscode.commands.executeCommand(commands.showReport, { path });
  await show();
  const editor = await until('the report', seen, 10_000).catch(async () => {
    const open = vscode.workspace.textDocuments.map(
      ({ uri, languageId }) => `${uri.toString()} ${languageId}`,
    );
    console.log(`${MARK}  (no report among ${open.join(', ')})`);
    await show();
    return until('the report', seen);
  });
  return editor.document.getText();
}

/** The summary that a command copies, once it is in the clipboard. */
function summaryOf(name: string): Promise<string> {
  return until('the summary', async () => {
    const text = await vscode.env.clipboard.readText();
    return text.includes(name) && text;
  });
}

export function define(): void {
  describe('the panel', () => {
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const panelTabs = (): readonly vscode.Tab[] =>
      tabs().filter(
        ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('fitcheck'),
      );

    it('opens for a log from the palette, the explorer and the runs view, once per run', async () => {
      await api();
      const path = await temporaryFile('panel.csv', overfittingLog(30));
      await vscode.commands.executeCommand(commands.openLog, vscode.Uri.file(path));
      await until('a panel', () => String(panelTabs().map(({ label }) => label)) === 'Fitcheck: panel.csv');
      await vscode.commands.executeCommand(commands.showRun, { path });
      await vscode.commands.executeCommand(commands.openLog, vscode.Uri.file(path), [vscode.Uri.file(path)]);
      equal(panelTabs().length, 1);
    });

    it('tells tabs of equal names apart by their folders, as long as there are two', async () => {
      const { panels } = (await api())._private;
      const paths = await Promise.all([1, 2].map(() => temporaryFile('same.csv', overfittingLog(30))));
      const [first, second] = paths.map((path) => panels.show(path));
      const named = (path?: string): string =>
        path === undefined ? 'Fitcheck: same.csv' : `Fitcheck: same.csv · ${basename(dirname(path))}`;
      const labels = (...names: string[]) => String(panelTabs().map(({ label }) => label)) === String(names);
      await until('their folders', () => labels(named(paths[0]), named(paths[1])));
      second!.view.dispose();
      await until('its name alone', () => labels(named()));
      first!.view.dispose();
    });

    it('opens several logs that were selected together', async () => {
      const paths = await Promise.all(
        ['a.csv', 'b.csv'].map((name) => temporaryFile(name, overfittingLog(30))),
      );
      const uris = paths.map((path) => vscode.Uri.file(path));
      await vscode.commands.executeCommand(commands.openLog, uris[0], uris);
      await until('two panels', () => panelTabs().length === 2);
    });

    it('reads no further in a large log when the user says so, or closes it', async () => {
      const { engine, panels } = (await api())._private;
      const rows = Array.from({ length: 1_200_000 }, (_, i) => `${i},${(2 + i / 1e6).toFixed(15)},${1e-9}`);
      const path = await temporaryFile('large.csv', `step,loss,lr\n${rows.join('\n')}\n`);
      // Its page is there before, or it would ask in the middle of what is told here.
      const panel = panels.show(await temporaryFile('small.csv', overfittingLog(30)));
      await until('its page and its run', () => panel.listening && panel.runId !== null);
      const said: string[] = [];
      let others: Promise<string> | null = null;
      const listener = engine.onEvent((event) => {
        if (event.type !== 'reading' || event.path !== path || others) return;
        panel.tell = ({ type }) => void said.push(type);
        // Others may wait for it: the panel does not any more.
        others = engine.follow(path);
        panel.stopReading();
      });
      afterwards(() => listener.dispose());
      void panel.open(path);
      await until('the end of it', () => said.includes('problem'));
      await engine.unfollow(await others!);
      ok(!said.includes('loading'), String(said));
      equal(panel.runId, null);
      await panel.open(path);
      ok(panel.runId !== null);
    });

    it('follows its run only while it is open', async () => {
      const { engine, panels } = (await api())._private;
      const path = await temporaryFile('followed.csv', overfittingLog(30));
      const panel = panels.show(path);
      const id = await until('the run', () => panel.runId);
      ok((await engine.snapshot(id, 10)).series.length > 0);
      panel.view.dispose();
      await until('the run is let go', () => panel.runId === null);
    });

    it('compares the runs that it is given, follows each, and lets go of those that are taken out', async () => {
      const { engine, panels } = (await api())._private;
      const paths = await Promise.all(
        ['one.csv', 'two.csv', 'three.csv'].map((name) => temporaryFile(name, overfittingLog(30))),
      );
      const uris = paths.map((path) => vscode.Uri.file(path));
      await vscode.commands.executeCommand(commands.compareRuns, uris[0], [...uris, uris[1]]);
      const panel = panels.show(paths[0]!);
      deepEqual(panel.comparison.paths, [paths[1], paths[2]]);
      const id = await engine.follow(paths[1]!);
      await engine.unfollow(id);
      ok((await engine.snapshot(id, 10)).series.length > 0, 'still followed for the comparison');
      await panel.comparison.remove(paths[1]!);
      deepEqual(panel.comparison.paths, [paths[2]]);
      await rejects(engine.snapshot(id, 10), /not followed/);
      await vscode.commands.executeCommand(commands.compareRuns, [{ path: paths[0] }, { path: paths[1] }]);
      deepEqual(panel.comparison.paths, [paths[1]]);
    });

    it('hands on a summary for a chat and a report for a file', async () => {
      await api();
      const path = await temporaryFile('handed.csv', overfittingLog(40));
      await vscode.commands.executeCommand('fitcheck.openLog', vscode.Uri.file(path));
      await judged(path);
      await vscode.env.clipboard.writeText('');
      await vscode.commands.executeCommand('fitcheck.copySummary');
      match(
        await summaryOf('handed.csv'),
        /handed\.csv: overfitting \(\d+ %\) since epoch \d+\..*First to try: Early stopping\.$/,
      );
      match(await reportOn(path), /^# .*handed\.csv: overfitting/);
    });

    it('leaves out what the user says is not so, and takes it back', async () => {
      const { dismissals } = (await api())._private;
      const { path, summaries, symptoms, seen } = await dismissed('notso.csv');
      equal(summaries.at(-1)!.severity, null);
      await vscode.commands.executeCommand(commands.copySummary, { path });
      const summary = await summaryOf('notso.csv');
      match(summary, /The user says that ".+" is not so \(it is noise\)\./);
      doesNotMatch(summary, /First to try/);
      const report = await reportOn(path);
      match(report, /## Not so, as the user says/);
      doesNotMatch(report, /## (Findings|What to do)/);
      for (const id of symptoms) await dismissals.restore(path, id);
      await until('the verdict again', seen('overfitting'));
      deepEqual(dismissals.of(path), []);
    });

    it('forgets what is not so when another training begins in the same log', async () => {
      const { dismissals } = (await api())._private;
      const { path, summaries, seen } = await dismissed('again.csv');
      const more = new TextEncoder().encode(overfittingLog(45));
      await vscode.workspace.fs.writeFile(vscode.Uri.file(path), more);
      await until('five epochs more', () => summaries.at(-1)!.points === 90);
      ok(dismissals.of(path).length > 0);
      const other = overfittingLog(40).replaceAll(/\d\n/g, '3\n');
      await vscode.workspace.fs.writeFile(vscode.Uri.file(path), new TextEncoder().encode(other));
      await until('the verdict on the other', seen('overfitting'));
      deepEqual(dismissals.of(path), []);
    });

    it('knows the kind of training from open scripts and configs of the workspace, and of no other', async () => {
      const { kinds, engine } = (await api())._private;
      const { uri } = vscode.workspace.workspaceFolders![0]!;
      const folder = vscode.Uri.joinPath(uri, 'kinds');
      afterwards(() => vscode.workspace.fs.delete(folder, { recursive: true }));
      const write = async (name: string, lines: readonly string[]): Promise<vscode.Uri> => {
        const file = vscode.Uri.joinPath(folder, name);
        await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${lines.join('\n')}\n`));
        return file;
      };
      const log = await write('out/log.csv', [overfittingLog(30)]);
      const script = await write('rnn.py', [
        'import torch',
        'model = torch.nn.LSTM(8, 16)',
        'optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)',
      ]);
      const config = await write('run.yaml', [
        ...['stage: pt', 'finetuning_type: full', 'learning_rate: 1.0e-4', 'num_train_epochs: 1'],
        'output_dir: kinds/out',
      ]);
      await vscode.workspace.openTextDocument(script);
      deepEqual(await kinds.of({ path: log.fsPath }), ['recurrent']);
      deepEqual(await kinds.of({ path: await temporaryFile('log.csv', overfittingLog(30)) }), []);
      await engine.refresh();
      await until('the run', () => engine.runs.some(({ path }) => path === log.fsPath));
      await vscode.workspace.openTextDocument(config);
      deepEqual(await kinds.of({ path: log.fsPath }), ['llm-pretraining', 'recurrent']);
    });

    it('shows the page of a remedy, which came with the extension', async () => {
      const { extensionUri } = vscode.extensions.getExtension('fitcheck.fitcheck')!;
      await showRemedyPage(extensionUri, 'dropout');
      await until('the page', () => tabs().some(({ label }) => label.includes('dropout.md')));
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extensionUri, 'docs/rules/FC301.md'));
    });

    it('remembers what a log is to be read as, whoever asks for it', async () => {
      const { formats, engine } = (await api())._private;
      const path = await temporaryFile('said.log', 'epoch 1 loss: 3\nepoch 2 loss: 2\nepoch 3 loss: 1\n');
      equal(formats.of(path), undefined);
      await formats.remember(path, 'csv');
      equal(formats.of(path), 'csv');
      const id = await engine.follow(path);
      equal((await engine.snapshot(id, 10)).summary.format, 'csv');
      await judgedRun(engine, path);
      equal((await engine.snapshot(id, 10)).summary.format, 'csv', 'a report does not turn it over');
      await formats.remember(path, 'custom:gone');
      equal(formats.of(path), undefined, 'a format that is not in the settings any more');
      await formats.remember(path, undefined);
      await engine.unfollow(id);
    });
  });
}
