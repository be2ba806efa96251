import { equal, match, ok } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RemedyCard } from '../../src/protocol';
import { LAST_WORDS } from '../../src/streams/writer';
import { api, bash, judged, openDocument, overfittingLog, temporaryFile, until } from './support';

/** A script that can be edited, and prints what a training of it would. */
const script = `import sys

def real():
    import torch

    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(60):
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()

for epoch in range(60):
    val = 1 - epoch * 0.04 if epoch <= 10 else 0.6 + (epoch - 10) * 0.03
    print(f'epoch {epoch} loss {1.1 * 0.92 ** epoch:.5f} val_loss {val:.5f}', flush=True)
`;
const other =
  'import torch\noptimizer = torch.optim.Adam(model.parameters())\nfor x, y in loader:\n    loss = f(x)\n    loss.backward()\n    optimizer.step()\n';

/** What is to be done about a run that overfits, once that is known. */
async function remediesOf(path: string): Promise<RemedyCard[]> {
  return until('the remedies', async () => {
    const { summary, assessment } = await judged(path);
    return summary.label === 'overfitting' && assessment.remedies;
  });
}

export function define(): void {
  describe('the script of a run', () => {
    const python = spawnSync('python3', ['--version']).status === 0;

    it('is the one that the terminal started: its verdict stands above it, and a remedy is written into it', async function () {
      // Without Python there is nothing to start.
      if (!python) this.skip();
      const { engine, scripts, fixes, streams } = (await api())._private;
      const path = await temporaryFile('trains.py', script);
      // An open script, which would have been taken for it.
      await openDocument('other.py', other);
      const terminal = await bash();
      terminal.sendText(`cd ${dirname(path)} && python3 trains.py`);
      const run = await until('the run', () =>
        engine.runs.find(({ title, state }) => /trains\.py/.test(title) && state === 'finished'),
      );
      equal(run.title, 'python3 trains.py · terminal');
      // It is looked for on disk.
      await until('its script', () => streams.metaOf(run.path)?.script === path);
      equal((await scripts.of(run.path))?.fsPath, path);

      const document = await vscode.workspace.openTextDocument(path);
      const before = document.getText();
      await until('its verdict', async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          vscode.Uri.file(path),
          5,
        );
        return /Last run: overfitting since (epoch|step) 1\d/.test(lenses[0]?.command?.title ?? '');
      });

      const offers = await fixes.offer(await remediesOf(run.path), run.path);
      ok(offers.length > 0 && offers.every(({ file }) => file === 'trains.py'), JSON.stringify(offers));
      await fixes.apply(offers[0]!.technique, offers[0]!.kind, run.path);
      ok(document.getText() !== before, 'the script was edited');
      await until('its editor', () => vscode.window.activeTextEditor?.document.uri.fsPath === path);
    });

    it('is the one that the terminal started where that writes a log, though another lies beside it', async function () {
      if (!python) this.skip();
      const { engine, scripts, experiments } = (await api())._private;
      const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      const folder = join(root, 'launched');
      await mkdir(folder, { recursive: true });
      const silent = script
        .replace('import sys', 'import sys, time')
        .replace(
          'for epoch in range(60):\n    val',
          "log = open('curves.csv', 'w')\nprint('epoch,loss,val_loss', file=log)\nfor epoch in range(60):\n    val",
        )
        .replace(
          /print\(f'epoch.*/,
          "print(f'{epoch},{1.1 * 0.92 ** epoch:.5f},{val:.5f}', file=log, flush=True)\n    time.sleep(0.05)",
        );
      await writeFile(join(folder, 'other.py'), other);
      await writeFile(join(folder, 'writes.py'), silent);
      const log = join(folder, 'curves.csv');
      const terminal = await bash();
      terminal.sendText(`cd ${folder} && python3 writes.py`);
      await until('the run', () => engine.runs.some(({ path, label }) => path === log && label !== null));
      // For two seconds it may be the last words of the program before.
      await until('its script', async () => (await scripts.of(log)) !== null);
      equal((await scripts.of(log))?.fsPath, join(folder, 'writes.py'));
      // Over, it is still the one, and the log need not fall silent for that to be told.
      const stateOf = (path: string) => engine.runs.find((run) => run.path === path)?.state;
      await until('its end', () => stateOf(log) === 'finished');
      equal((await scripts.of(log))?.fsPath, join(folder, 'writes.py'));
      await until('what it came to', () => experiments.store.get(log)?.state === 'finished');
      equal((await judged(log)).summary.state, 'finished', 'in a panel, too');
      // Somebody else goes on with it.
      await new Promise((done) => setTimeout(done, LAST_WORDS));
      await appendFile(log, '60,0.01,2.1\n61,0.01,2.2\n');
      await engine.refresh();
      await until('the log to go on', () => stateOf(log) === 'running');

      const failing = silent.replace('curves.csv', 'failed.csv') + 'sys.exit(3)\n';
      await writeFile(join(folder, 'fails.py'), failing);
      terminal.sendText('python3 fails.py');
      const failed = join(folder, 'failed.csv');
      await until('the crash', () => stateOf(failed) === 'crashed');
      const { assessment } = await judged(failed);
      match(assessment.diagnosis.incidents[0]?.message ?? '', /ended with an error: exit code 3/);
      await until('what it came to', () => experiments.store.get(failed)?.state === 'crashed');
    });

    it('is of one training where that prints and writes a log, which is listed once', async function () {
      if (!python) this.skip();
      const { engine, view } = (await api())._private;
      const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'both');
      await mkdir(folder, { recursive: true });
      const both = script
        .replace(
          'import sys',
          "import sys, time\nlog = open('both.csv', 'w')\nprint('epoch,loss,val_loss', file=log)",
        )
        .concat(
          "    print(f'{epoch},{1.1 * 0.92 ** epoch:.5f},{val:.5f}', file=log, flush=True)\n    time.sleep(0.05)\n",
        );
      await writeFile(join(folder, 'both.py'), both);
      const log = join(folder, 'both.csv');
      const terminal = await bash();
      terminal.sendText(`cd ${folder} && python3 both.py`);
      const output = await until('the output', () =>
        engine.runs.find(({ title, state }) => /both\.py/.test(title) && state === 'finished'),
      );
      await until('the log', () => engine.runs.some(({ path, points }) => path === log && points === 120));
      // Which program wrote it is seen when both are known.
      await until('the log without its output', async () => {
        const listed = (await view.getChildren()).map(({ path }) => path);
        return listed.includes(log) && !listed.includes(output.path);
      });
    });

    it('can be chosen, and the choice holds for the next run of the command', async function () {
      if (!python) this.skip();
      const { engine, scripts, fixes, streams } = (await api())._private;
      const path = await temporaryFile('wrong.py', script);
      const right = await temporaryFile('right.py', other);
      const terminal = await bash();
      const finished = async (title: RegExp): Promise<string> => {
        const run = await until(`the run ${String(title)}`, () =>
          engine.runs.find((one) => title.test(one.title) && one.state === 'finished'),
        );
        await until('its script', () => streams.metaOf(run.path)?.script === path);
        return run.path;
      };
      terminal.sendText(`python3 ${path}`);
      const first = await finished(/wrong\.py · /);
      await scripts.remember(first, vscode.Uri.file(right));
      terminal.sendText(`python3 ${path} --again`);
      const second = await finished(/wrong\.py --again/);
      equal((await scripts.of(second))?.fsPath, right);
      const offers = await fixes.offer(await remediesOf(second), second);
      ok(offers.length > 0 && offers.every(({ file }) => file === 'right.py'));
    });

    it('is the one that a tracker recorded', async () => {
      const { scripts } = (await api())._private;
      const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      const folder = join(root, 'recorded', 'run-20240214_191836-mw8ngzqq');
      await mkdir(join(folder, 'files'), { recursive: true });
      await mkdir(join(folder, 'tags'), { recursive: true });
      await writeFile(
        join(folder, 'files', 'wandb-metadata.json'),
        JSON.stringify({
          program: '/gone/train.py',
          codePath: 'src/tracked.py',
          root: join(root, 'recorded'),
        }),
      );
      const log = join(folder, 'log.csv');
      await writeFile(log, overfittingLog(10));
      equal(await scripts.of(log), null, 'a script that is not there is none');
      await mkdir(join(root, 'recorded', 'src'));
      const tracked = join(root, 'recorded', 'src', 'tracked.py');
      await writeFile(tracked, script);
      equal((await scripts.of(log))?.fsPath, tracked);
      await writeFile(join(folder, 'files', 'wandb-metadata.json'), '{');
      equal(await scripts.of(log), null);
      await writeFile(join(folder, 'tags', 'mlflow.source.name'), 'recorded/src/tracked.py');
      equal(basename((await scripts.of(folder))?.fsPath ?? ''), 'tracked.py');
    });
  });
}
