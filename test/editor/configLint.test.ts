import { deepEqual, equal, match, ok } from 'node:assert';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { DiskLint } from '../../src/editor/lintFiles';
import { noProject } from '../../src/lint/project';
import { api, openDocument, overfittingLog, set, temporaryFile, until } from './support';

const config =
  'output_dir: out\nper_device_train_batch_size: 8\nlearning_rate: 5e-5\neval_strategy: epoch\nweight_decay: 0.9\n';

const ours = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'fitcheck');
const codes = (uri: vscode.Uri): string[] => ours(uri).map(({ code }) => (code as { value: string }).value);

const root = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

/** A file in the workspace folder. */
async function inWorkspace(name: string, text: string): Promise<vscode.Uri> {
  const path = join(root(), name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return vscode.Uri.file(path);
}

const textOf = (hovers: readonly vscode.Hover[]): string =>
  hovers
    .flatMap(({ contents }) => contents)
    .map((one) => (typeof one === 'string' ? one : one.value))
    .join('\n');

export function define(): void {
  describe('training configs', () => {
    it('tell on hover what a key means, what is usual here, and nothing of other keys', async () => {
      await api();
      const { uri } = await openDocument('train.yaml', `${config}note: <img src=x>\n`);
      const hover = (line: number): Thenable<vscode.Hover[]> =>
        vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(line, 3));
      const text = textOf(await hover(4));
      match(text, /\*\*weight decay\*\*/);
      match(text, /Hugging Face Trainer/);
      match(text, /Without the key: 0/);
      match(text, /0\.01 to 0\.1/);
      match(text, /FC206\.md/);
      equal(textOf(await hover(5)), '');
    });

    it('complete values where they are few', async () => {
      const document = await openDocument('train.yaml', config.replace('epoch', ''));
      const end = document.lineAt(3).range.end;
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        end,
      );
      const labels = items
        .filter(({ kind }) => kind === vscode.CompletionItemKind.EnumMember)
        .map(({ label }) => label);
      deepEqual(labels, ['no', 'steps', 'epoch']);
    });

    it('are linted in TOML and in launch scripts, too', async () => {
      const toml = await openDocument(
        'job.toml',
        '[training]\nsteps = 9\nlocal_batch_size = 8\n[optimizer]\nweight_decay = 0.9\n',
      );
      await until('a diagnostic in TOML', () => codes(toml.uri).join() === 'FC206');
      const shell = await openDocument(
        'launch.sh',
        'torchrun pretrain_gpt.py --num-layers 2 --train-iters 9 --lr 1e-3 \\\n  --micro-batch-size 4 --weight-decay 0.9\n',
      );
      await until('a diagnostic in a launch script', () => codes(shell.uri).join() === 'FC206');
      equal(shell.getText(ours(shell.uri)[0]!.range), '0.9');
    });
  });

  describe('the lint of the workspace', () => {
    afterEach(async () => {
      for (const name of ['.fitcheck.json', 'build', 'configs', 'inherits', 'made', 'moved'])
        await rm(join(root(), name), { recursive: true, force: true });
    });

    it('tells of files that are not open, in the background and as they change', async () => {
      await api();
      const uri = await inWorkspace('configs/closed.yaml', config);
      await until('a diagnostic', () => codes(uri).join() === 'FC206');
      await writeFile(uri.fsPath, config.replace('0.9', '0.1'));
      await until('none any more', () => codes(uri).length === 0);
      await writeFile(uri.fsPath, config);
      await until('a diagnostic again', () => codes(uri).length === 1);
      await rm(uri.fsPath);
      await until('none of a file that is gone', () => codes(uri).length === 0);
    });

    it('tells of files that come with their folder, of which no watcher does', async () => {
      const outside = dirname(await temporaryFile('train.yaml', config));
      await rename(outside, join(root(), 'moved'));
      await until(
        'a diagnostic',
        () => codes(vscode.Uri.file(join(root(), 'moved/train.yaml'))).length === 1,
      );
    });

    it('tells of what is in a folder that is deleted and made anew at once, and no more of what was', async () => {
      for (let round = 0; round < 10; round++) {
        const uri = await inWorkspace(`configs/of${round}/a.yaml`, config);
        await until('a diagnostic', () => codes(uri).length === 1);
        await rm(join(root(), 'configs'), { recursive: true });
        const next = await inWorkspace(`configs/new${round}/a.yaml`, config);
        await until('one in the new folder', () => codes(next).length === 1);
        await until('none of what is gone', () => codes(uri).length === 0);
      }
    });

    it('of two looks at a file heeds the one that began last, though it ends first', async () => {
      const uri = await inWorkspace('configs/twice.yaml', config);
      let first: () => void = () => undefined;
      const projects: ConstructorParameters<typeof DiskLint>[0] = {
        of: () => Promise.resolve(noProject),
        around: () => undefined,
      };
      const disk = new DiskLint(projects);
      projects.of = () => new Promise((done) => (first = () => done(noProject)));
      const slow = disk.look(uri);
      projects.of = () => Promise.resolve(noProject);
      await writeFile(uri.fsPath, config.replace('0.9', '0.1'));
      const fast = await disk.look(uri);
      deepEqual([fast.findings?.length, fast.isLatest], [0, true]);
      first();
      equal((await slow).isLatest, false);
    });

    it('goes through all by command, and says what it found', async () => {
      const uri = await inWorkspace('configs/all.yaml', config);
      await inWorkspace('configs/venv/lib.yaml', config);
      const summary = await vscode.commands.executeCommand<{
        files: number;
        warnings: number;
        errors: number;
      }>('fitcheck.lintWorkspace');
      ok(summary.files >= 1);
      deepEqual([summary.errors, summary.warnings], [0, 1]);
      // The pass in the background may begin anew just then.
      await until('the diagnostic', () => codes(uri).join() === 'FC206');
    });

    it('keeps to what the project says, and lists what it can not understand nowhere', async () => {
      const uri = await inWorkspace('configs/all.yaml', config);
      await until('a diagnostic', () => codes(uri).length === 1);
      const project = await inWorkspace('.fitcheck.json', '{ "lint": { "rules": { "FC206": "error" } } }');
      await until('an error', () => ours(uri)[0]?.severity === vscode.DiagnosticSeverity.Error);
      await writeFile(project.fsPath, '{ "lint": { "exclude": ["configs/"] } }');
      await until('none', () => codes(uri).length === 0);
      await writeFile(project.fsPath, '{ "lint": ');
      await until('a warning again', () => ours(uri)[0]?.severity === vscode.DiagnosticSeverity.Warning);
      await rm(uri.fsPath);
      await until('none of a file that is gone', () => codes(uri).length === 0);
    });

    it('judges configs again when what they inherit changes: on disk, as it is typed, and when it is gone', async () => {
      const child = '_BASE_: base.yaml\nSOLVER:\n  BASE_LR: 0.1\n  WARMUP_ITERS: 9000\n';
      const base = (iterations: number): string => `SOLVER:\n  MAX_ITER: ${iterations}\n`;
      const bad = (uri: vscode.Uri) => (): boolean => codes(uri).length === 1;
      const good = (uri: vscode.Uri) => (): boolean => codes(uri).length === 0;
      await set('lint.rules', { FC917: 'warning' });
      const parent = await inWorkspace('inherits/base.yaml', base(5000));
      const closed = await inWorkspace('inherits/closed.yaml', child);
      const open = await inWorkspace('inherits/open.yaml', child);
      await vscode.commands.executeCommand('vscode.open', open);
      await until('findings', () => bad(closed)() && bad(open)());
      await writeFile(parent.fsPath, base(90_000));
      await until('none of what was open', good(open));
      await until('none of what was closed', good(closed));

      // A document that an extension opened lives on for minutes after its editor.
      await vscode.commands.executeCommand('vscode.open', parent, vscode.ViewColumn.Beside);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(parent, new vscode.Range(1, 0, 2, 0), '  MAX_ITER: 4000\n');
      await vscode.workspace.applyEdit(edit);
      await until('a finding by what is typed', bad(open));
      await until('its editor', () => vscode.window.activeTextEditor?.document.uri.fsPath === parent.fsPath);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await until('none by what is on disk', good(open));

      await writeFile(parent.fsPath, base(3000));
      await until('findings again', () => bad(closed)() && bad(open)());
      await rm(parent.fsPath);
      await until('none without the base', () => good(closed)() && good(open)());
      await inWorkspace('inherits/base.yaml', base(3000));
      await until('findings with it', () => bad(closed)() && bad(open)());
    });

    it('brings a config together with the run that it made', async () => {
      const { engine } = (await api())._private;
      const text = config.replace(': out', ': made/here').replace('0.9', '0.0');
      const uri = await inWorkspace('configs/made.yaml', text);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      await inWorkspace('made/here/log.csv', overfittingLog(40));
      await engine.refresh();
      const [finding] = await until('what the run says', () => codes(uri).includes('FC920') && ours(uri));
      match(finding!.message, /log\.csv\) overfits from epoch \d+, and weight_decay is 0 in this file/);
      // The same for a config that no editor has open.
      const closed = await inWorkspace('configs/quiet-run.yaml', text.replace('made/here', 'made/there'));
      // It is linted before there is a run: nothing of it may be left to the lint of a new file.
      await new Promise((done) => setTimeout(done, 500));
      await inWorkspace('made/there/log.csv', overfittingLog(40));
      await engine.refresh();
      await until('what the run says of a closed config', () => codes(closed).includes('FC920'));
    });

    it('tells nothing of files whose folder is gone, and of what is on disk when an editor is closed', async () => {
      const uri = await inWorkspace('configs/old/a.yaml', config);
      await until('a diagnostic', () => codes(uri).length === 1);
      await rm(dirname(uri.fsPath), { recursive: true });
      await until('none of a folder that is gone', () => codes(uri).length === 0);
      const passed = await inWorkspace('build/a.yaml', config);
      // A document that an extension opened lives on for minutes after its editor.
      await vscode.commands.executeCommand('vscode.open', passed);
      await until('what is open is linted anywhere', () => codes(passed).length === 1);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await until('what is passed over is told no more', () => codes(passed).length === 0);
    });

    it('is off where the setting says so', async () => {
      await set('lint.workspace', false);
      const uri = await inWorkspace('configs/quiet.yaml', config);
      const open = await openDocument('loud.yaml', config);
      await until('the open file is linted', () => codes(open.uri).length > 0);
      equal(codes(uri).length, 0);
      await set('lint.workspace', undefined);
      await until('a diagnostic', () => codes(uri).length === 1);
    });
  });
}
