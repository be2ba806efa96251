import { deepEqual, equal, match, ok } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { AppliedRemedies } from '../../src/editor/ledger/appliedRemedies';
import { byScript, type Step } from '../../src/ledger/ledger';
import { changesText, effectText, remarks } from '../../src/ledger/words';
import { api, bash, temporaryFile, until } from './support';

/** A script that prints what a training would: with weight decay it overfits later and less. */
const script = `import sys
def real():
    import torch
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.0)
    for epoch in range(60):
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
best = 10
for epoch in range(60):
    val = 1 - epoch * 0.04 if epoch <= best else 1 - best * 0.04 + (epoch - best) * 0.03
    print(f'epoch {epoch} loss {1.1 * 0.92 ** epoch:.5f} val_loss {val:.5f}', flush=True)
`;

async function stepsOf(script: string): Promise<readonly Step[]> {
  const { experiments } = (await api())._private;
  return byScript(experiments.store.all).get(script) ?? [];
}

export function define(): void {
  describe('the ledger of experiments', () => {
    const python = spawnSync('python3', ['--version']).status === 0;

    it('tells what changed between two trainings of a script, and what it did', async function () {
      // Without Python there is nothing to start.
      if (!python) this.skip();
      const { experiments, engine, panels } = (await api())._private;
      const path = await temporaryFile('measured.py', script);
      const terminal = await bash();
      const train = async (runs: number): Promise<Step> => {
        terminal.sendText(`cd ${dirname(path)} && python3 measured.py --seed 1`);
        return until('its end', async () => {
          const steps = await stepsOf(path);
          const [step] = steps;
          // The verdict on its last lines comes a moment after them.
          const isTold = step?.entry.state === 'finished' && step.entry.label === 'overfitting';
          return steps.length === runs && isTold && step;
        });
      };
      const first = await train(1);
      equal(changesText(first), 'first run');
      deepEqual(first.entry.code?.arguments, { '--seed': '1' });
      equal(first.entry.outcomes[0]?.epoch, 10);

      const remedy = { technique: 'weight-decay', title: 'Add weight decay' } as const;
      await experiments.applied.mark({ ...remedy, script: path, at: Date.now() });
      await writeFile(
        path,
        script.replace('weight_decay=0.0', 'weight_decay=0.1').replace('best = 10', 'best = 14'),
      );
      const second = await train(2);
      equal(second.before?.run, first.entry.run);
      match(changesText(second), /^AdamW weight_decay 0 → 0.1, best 10 → 14$/);
      match(
        effectText(second.effects[0]!),
        /^val loss 0\.6 → 0\.44 \(better\), best at epoch 10 → 14; one run each, so it may be the seed: run again to be sure$/,
      );
      ok(remarks(second).includes('Applied from Fitcheck: Add weight decay.'));
      deepEqual(experiments.applied.of(path), []);

      const since = await experiments.since(second.entry.run);
      equal(since?.before, first.entry.run);
      match(since?.words.changed ?? '', /weight_decay 0 → 0\.1/);
      ok(since?.words.lines.includes('Applied from Fitcheck: Add weight decay.'));
      equal(await experiments.since(first.entry.run), null);

      // What is left for a reload, and the texts for the diff.
      const texts = await Promise.all(
        second
          .changes!.files.flatMap(({ from, to }) => [from, to])
          .map((hash) => experiments.store.textOf(hash!)),
      );
      match(texts[0]!, /weight_decay=0\.0/);
      match(texts[1]!, /weight_decay=0\.1/);
      await vscode.commands.executeCommand(
        'fitcheck.diffExperiment',
        path,
        ...second.changes!.files.flatMap(({ from, to }) => [from, to]),
      );
      await until('the diff', () =>
        /measured\.py: what changed/.test(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? ''),
      );
      ok(engine.runs.some(({ path: one }) => one === second.entry.run));

      // Its row opens it, as that of the Runs view does, and so does its menu.
      const { view } = experiments;
      const group = (await view.getChildren()).find((node) => node.kind === 'script' && node.script === path);
      const [row, before] = await view.getChildren(group);
      const { command, collapsibleState } = view.getTreeItem(row!);
      equal(collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
      await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
      await until('its panel', () => panels.activePath === second.entry.run);
      await vscode.commands.executeCommand('fitcheck.showRun', before);
      await until('the panel of the first', () => panels.activePath === first.entry.run);
    });

    it('keeps what a training came to while the next one in its log says nothing yet', async function () {
      if (!python) this.skip();
      const { experiments } = (await api())._private;
      const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'anew');
      await mkdir(folder, { recursive: true });
      const path = join(folder, 'writes.py');
      const log = join(folder, 'curves.csv');
      const writing = (dropout: number): string => `import time
dropout = ${dropout}
log = open('curves.csv', 'w')
print('epoch,loss,val_loss', file=log, flush=True)
time.sleep(3)
for epoch in range(40):
    print(f'{epoch},{0.9 ** epoch:.5f},{abs(epoch - 10) * 0.03 + 0.6 - dropout:.5f}', file=log, flush=True)
    time.sleep(0.03)
`;
      const terminal = await bash();
      const train = async (dropout: number, runs: number): Promise<readonly Step[]> => {
        await writeFile(path, writing(dropout));
        terminal.sendText(`cd ${folder} && python3 writes.py`);
        return until(
          'its end',
          async () => {
            const steps = await stepsOf(path);
            return steps.length === runs && steps[0]!.entry.state === 'finished' && steps;
          },
          60_000,
        );
      };
      await train(0, 1);
      equal(experiments.store.get(log)?.outcomes[0]?.best, 0.6);
      const [second, first] = await train(0.1, 2);
      equal(first!.entry.outcomes[0]?.best, 0.6);
      equal(changesText(second!), 'dropout 0 → 0.1');
      // Its log is gone: there is nothing to compare the curves with.
      const row = { kind: 'run', path: log, step: second! } as const;
      equal(experiments.view.getTreeItem(row).contextValue, 'experiment');
      match(effectText(second!.effects[0]!), /^val loss 0\.6 → 0\.5 \(better\);/);
    });

    it('warns of a second remedy before the first was measured, and writes it only when told to', async () => {
      const memory = new Map<string, unknown>();
      const told: string[] = [];
      const answers = ['Apply Anyway', undefined];
      const applied = new AppliedRemedies(
        {
          get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? otherwise!,
          update: (key, value) => Promise.resolve(void memory.set(key, value)),
        },
        (text) => (told.push(text), Promise.resolve(answers.shift())),
      );
      equal(await applied.mayAdd('/twice.py'), true);
      const about = { technique: 'dropout', title: 'Add dropout', script: '/twice.py' } as const;
      const remedy = { ...about, at: Date.now() };
      await applied.mark(remedy);
      equal(await applied.mayAdd('/other.py'), true, 'another script is measured by itself');
      deepEqual([await applied.mayAdd('/twice.py'), await applied.mayAdd('/twice.py')], [true, false]);
      match(told[0]!, /"Add dropout" was applied and no training has measured it yet/);
    });
  });
}
