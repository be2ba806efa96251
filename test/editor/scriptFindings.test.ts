import { deepEqual, equal, match, ok } from 'node:assert';
import { appendFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { judgedRun } from '../../src/editor/judged';
import { api, set, temporaryFile, until } from './support';

const script = `import torch

optimizer = torch.optim.Adam(model.parameters())
for epoch in range(60):
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
`;
/** A loss that blows up in the 40th of 60 steps. */
const blown = `step,loss\n${Array.from({ length: 60 }, (_, i) => `${i},${i < 40 ? 2 / (i + 1) + 0.4 : 'nan'}`).join('\n')}\n`;

/** A log beside its script, both of them old. */
async function lostRun(
  log = blown,
): Promise<{ folder: string; document: vscode.TextDocument; path: string }> {
  const file = await temporaryFile('train.py', script);
  const folder = join(file, '..');
  const path = join(folder, 'log.csv');
  await writeFile(path, log);
  const then = new Date(Date.now() - 60_000);
  await utimes(file, then, then);
  await utimes(path, then, then);
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return { folder, document, path };
}

const lensesOf = ({ uri }: vscode.TextDocument): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 10);
const findingsOf = ({ uri }: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Fitcheck');

/** The lens above a script's loop, once it tells the verdict. */
const lensOf = (document: vscode.TextDocument): Promise<vscode.CodeLens> =>
  until('a verdict above the loop', async () => {
    const [lens] = await lensesOf(document);
    return lens && /since/.test(lens.command?.title ?? '') && lens;
  });

export function define(): void {
  describe('a run and its script', () => {
    it('has the verdict above the training loop, and the click shows the run', async () => {
      const { panels } = (await api())._private;
      const { document, path } = await lostRun();
      const panel = panels.show(path);
      const lens = await lensOf(document);
      equal(lens.range.start.line, 3);
      match(lens.command!.title, /^\$\(error\)\u00a0Last run: unstable since step 40$/);
      equal((await lensesOf(document)).length, 1);
      panel.view.dispose();
      await vscode.commands.executeCommand(lens.command!.command, ...(lens.command!.arguments as unknown[]));
      await until('its panel', () => panels.activePath === path);
      await set('codeLens.enable', false);
      await until('no lens', async () => (await lensesOf(document)).length === 0);
    });

    it('has its findings on the line that could mend them, with the log line and the remedy', async () => {
      const { panels } = (await api())._private;
      const { document, path } = await lostRun();
      panels.show(path);
      const found = await until('a diagnostic', () => findingsOf(document)[0]);
      equal(document.lineAt(found.range.start.line).text.trim(), 'optimizer.step()');
      match(found.message, /^Last run \(unstable\): /);
      equal((found.code as { value: string }).value, 'non-finite');
      match((found.code as { target: vscode.Uri }).target.toString(), /symptoms\.md#non-finite$/);
      const [related] = found.relatedInformation!;
      equal(related!.location.uri.fsPath, path);
      equal(
        related!.location.range.start.line,
        41,
        'the header, and the steps from 0 to 39, stand before it',
      );
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        found.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title, edit }) => /^Clip gradients/.test(title) && edit);
      ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
      ok(actions.some(({ title }) => title.startsWith('This is not so')));
      await vscode.workspace.applyEdit(fix.edit);
      match(document.getText(), /clip_grad_norm_\(model\.parameters\(\), max_norm=1\.0\)\n +optimizer\.step/);
      await vscode.commands.executeCommand(fix.command!.command, ...(fix.command!.arguments as unknown[]));
      await until('the script is another now', () => findingsOf(document).length === 0);
      await document.save();
      const { applied } = (await api())._private.experiments;
      await until('the remedy counts', () => applied.of(document.uri.fsPath).length === 1);
      await new Promise((done) => setTimeout(done, 1_000));
      deepEqual(findingsOf(document), [], 'and so it stays when it is saved');
    });

    it('is not told of a script that was edited while the run went on', async () => {
      const { panels } = (await api())._private;
      const { document, path } = await lostRun();
      panels.show(path);
      await until('a diagnostic', () => findingsOf(document).length > 0);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '# less\n');
      await vscode.workspace.applyEdit(edit);
      await until('none of what is not saved', () => findingsOf(document).length === 0);
      await document.save();
      // The log goes on after that, with the script that the training has read.
      // Whole seconds: parts of them are rounded on their way to the disk and back.
      const now = Math.floor(Date.now() / 1_000) * 1_000;
      const [edited, last] = [120_000, 180_000].map((ms) => new Date(now + ms));
      await utimes(document.uri.fsPath, edited!, edited!);
      await appendFile(path, '60,nan\n');
      await utimes(path, last!, last!);
      const { engine } = (await api())._private;
      // The time came after the line, so it may be read after it, too.
      await until('the time of the last line', async () => {
        const { summary } = await judgedRun(engine, path);
        return summary.modified === last!.getTime();
      });
      // With each the scripts are looked at again.
      await set('diagnostics.enable', false);
      await set('diagnostics.enable', undefined);
      await new Promise((done) => setTimeout(done, 2_000));
      deepEqual(findingsOf(document), []);
    });

    it('is told no more when the run is another, the finding is dismissed, or the setting is off', async () => {
      const { panels, dismissals } = (await api())._private;
      const { document, path } = await lostRun();
      panels.show(path);
      const shown = () => findingsOf(document).length > 0;
      const gone = () => findingsOf(document).length === 0;
      await until('a diagnostic', shown);
      await set('diagnostics.enable', false);
      await until('none by the setting', gone);
      await set('diagnostics.enable', undefined);
      await until('a diagnostic again', shown);
      const { value } = findingsOf(document)[0]!.code as { value: 'non-finite' };
      await dismissals.dismiss(path, { id: value, reason: 'other' });
      await until('none of a dismissed finding', gone);
      await dismissals.restore(path, value);
      await until('a diagnostic once more', shown);
      const healthy = Array.from(
        { length: 90 },
        (_, i) => `${i},${2 / (i + 1) + 0.4},${2.1 / (i + 1) + 0.42}`,
      );
      await writeFile(path, `step,loss,val_loss\n${healthy.join('\n')}\n`);
      await until('none of the new run', gone);
    });

    it('is not guessed among several scripts, and is what the user says', async () => {
      const { scripts } = (await api())._private;
      const { folder, document, path } = await lostRun();
      equal((await scripts.of(path))?.fsPath, document.uri.fsPath);
      const other = join(folder, 'sub');
      await mkdir(other);
      for (const name of ['a.py', 'b.py']) await writeFile(join(other, name), script);
      const log = join(other, 'log.csv');
      equal(await scripts.of(log), null);
      await scripts.remember(log, vscode.Uri.file(join(other, 'b.py')));
      equal((await scripts.of(log))?.fsPath, join(other, 'b.py'));
      await scripts.remember(log, null);
      equal(await scripts.of(log), null);
    });
  });
}
