import { equal, match, ok } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { usualLimits } from '../../src/streams/budget';
import type { RunSummary } from '../../src/protocol';
import { MARK } from './reporter';
import { ShellHint } from '../../src/editor/streams/shellHint';
import { Streams } from '../../src/editor/streams/streams';
import { afterwards, api, bash, set, temporaryFile, until } from './support';

/** A training that overfits, an epoch every `pace` ms, then does what `last` says. */
const training = (epochs: number, pace: number, last = ''): string => `
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {
  for (let epoch = 0; epoch < ${epochs}; epoch++) {
    const val = epoch <= 10 ? 1 - epoch * 0.04 : 0.6 + (epoch - 10) * 0.03;
    for (let i = 0; i <= 20; i++) process.stdout.write(\`\\r \${i}/20 [====>]\`);
    console.log(\`\\nEpoch \${epoch}: train_loss \${(1.1 * Math.exp(-epoch / 12)).toFixed(5)} val_loss \${val.toFixed(5)}\`);
    await wait(${pace});
  }
  ${last}
})();`;

/** Goes on until a line is typed. */
const waits = 'await new Promise((done) => process.stdin.once("data", done)); process.exit(0);';

async function listed(what: RegExp, state?: RunSummary['state']): Promise<RunSummary> {
  const { engine } = (await api())._private;
  return until(`${String(what)} in the Runs view`, () =>
    engine.runs.find((run) => what.test(run.title) && (!state || run.state === state)),
  );
}

export function define(): void {
  describe('a training in a terminal', () => {
    it('is a run while it goes on, has a verdict, and ends as the program does', async () => {
      const terminal = await bash();
      const script = await temporaryFile('overfits.js', training(60, 20, waits));
      terminal.sendText(`FOO=1 node ${script} --lr 1e-3`);
      const run = await listed(/overfits\.js --lr 1e-3 · terminal$/);
      equal(run.state, 'running');
      const { streams, engine } = (await api())._private;
      const now = (): RunSummary => engine.runs.find(({ path }) => path === run.path)!;
      await until('the verdict', () => now().label === 'overfitting');
      equal(now().state, 'running');
      terminal.sendText('');
      await listed(/overfits\.js/, 'finished');
      equal(now().points, 120, 'with its last lines');
      const meta = streams.metaOf(run.path);
      ok(meta && meta.exitCode === 0 && meta.script === script && meta.how === 'finished');
      const kept = await readFile(run.path, 'utf8');
      // Of each progress line little is kept.
      ok(kept.length < 60 * 200, `${kept.length} characters`);
    });

    it('says with what it crashed, and that it was stopped', async () => {
      const terminal = await bash();
      const crashes = await temporaryFile('crashes.js', training(12, 20, 'throw new Error("no more data")'));
      terminal.sendText(`node ${crashes}`);
      await listed(/crashes\.js/, 'crashed');
      const stopped = await temporaryFile('stopped.js', training(10, 20, waits));
      terminal.sendText(`node ${stopped}`);
      await listed(/stopped\.js/, 'running');
      terminal.sendText('\u0003', false);
      await listed(/stopped\.js/, 'stopped');
    });

    it('is told apart from another at the same time, and ends with its terminal', async () => {
      const [one, two] = [await bash(), await bash()];
      const first = await temporaryFile('first.js', training(10, 20, waits));
      const second = await temporaryFile('second.js', training(10, 20, waits));
      one.sendText(`node ${first}`);
      two.sendText(`node ${second}`);
      await listed(/first\.js/, 'running');
      await listed(/second\.js/, 'running');
      one.dispose();
      await listed(/first\.js/, 'stopped');
      await listed(/second\.js/, 'running');
      two.sendText('');
      await listed(/second\.js/, 'finished');
    });

    it('is no run without metrics, and nothing of it is kept; other commands are not read', async () => {
      const { streams, engine } = (await api())._private;
      const terminal = await bash();
      const seen: { path: string; label: string }[] = [];
      const known = new Set(streams.all.map(([path]) => path));
      const listener = streams.onDidChange(() => {
        for (const [path, { label }] of streams.all) {
          if (known.has(path)) continue;
          known.add(path);
          seen.push({ path, label });
        }
      });
      afterwards(() => listener.dispose());
      terminal.sendText('for i in 1 2 3; do echo "epoch $i loss 0.$i"; done');
      const quiet = await temporaryFile('quiet.js', 'console.log("hello 1 2 3")');
      terminal.sendText(`node ${quiet}`);
      const { path } = await until('a stream', () => seen.find(({ label }) => label.includes('quiet.js')));
      await until('it is forgotten', () => !streams.metaOf(path));
      ok(!existsSync(dirname(path)));
      equal(seen.length, 1);
      ok(!engine.runs.some((run) => run.path === path || /epoch/.test(run.title)));
    });

    it('where nothing can be kept, stops nothing else', async () => {
      const globalStorageUri = vscode.Uri.file(`${await temporaryFile('file', '')}/storage`);
      match(
        Streams.folderOf({ globalStorageUri } as vscode.ExtensionContext),
        /storage.workspaces.[0-9a-f]{16}.streams$/,
      );
    });

    it('is not read when the setting is off', async () => {
      const { streams } = (await api())._private;
      await set('output.follow', false);
      const terminal = await bash();
      const script = await temporaryFile('off.js', training(20, 5));
      let isOver = false;
      const listener = vscode.window.onDidEndTerminalShellExecution(
        ({ execution }) => (isOver ||= execution.commandLine.value.includes(script)),
      );
      afterwards(() => listener.dispose());
      terminal.sendText(`node ${script}`);
      await until('its end', () => isOver);
      ok(!streams.all.some(([, { label }]) => label.includes('off.js')));
    });

    it('in a shell that does not tell of its commands: how to change that is said once', async function () {
      if (spawnSync('python3', ['--version']).status !== 0) this.skip();
      const kept = new Map<string, unknown>();
      const memory = {
        keys: () => [...kept.keys()],
        get: (key: string) => kept.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
      } as vscode.Memento;
      const said: string[] = [];
      const say = (text: string): Promise<undefined> => Promise.resolve(void said.push(text));
      const hints = [new ShellHint(memory, say), new ShellHint(memory, say)];
      afterwards(() => hints.forEach((hint) => hint.dispose()));
      const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
      hints[0]!.look();
      hints[0]!.look();
      equal(said.length, 0, 'nothing runs');
      terminal.sendText('python3 -c "import time; time.sleep(60)"');
      await until('the name of the program', () => terminal.name.startsWith('python'));
      hints[0]!.look();
      equal(said.length, 0, 'it may be over in a moment');
      for (const hint of hints) for (let i = 0; i < 3; i++) hint.look();
      await until('the hint', () => said.length > 0);
      equal(said.length, 1);
      match(said[0]!, /shell integration/);
    });

    it('that floods its terminal is kept in bounds, and what it says afterwards is heard', async () => {
      const { streams } = (await api())._private;
      const terminal = await bash();
      // Of an earlier try there may be one that was stopped.
      const known = new Set(streams.all.map(([path]) => path));
      const length = 16e6;
      const flood = `
const line = 'step 1 of nothing in particular, 0.123456789 and more of the same, again and again\\n'.repeat(1000);
let left = ${length} / line.length;
const go = () => { while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once('drain', go);
  setTimeout(() => { ${training(30, 20)} }, 6000); };
go();`;
      const script = await temporaryFile('flood.js', flood);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      terminal.sendText(`node ${script}`);
      const end = until(
        'the training after the flood',
        () =>
          streams.all.find(
            ([path, { label, end }]) => !known.has(path) && /flood\.js/.test(label) && end !== null,
          ),
        240_000,
      );
      const [path, { start, end: ended }] = await end;
      const kept = await readFile(path, 'utf8');
      // On a busy machine a terminal is slow, and what comes slowly is kept.
      const { burst, perSecond } = usualLimits;
      const most = burst + (perSecond * (ended! - start)) / 1_000 + 10_000;
      ok(kept.length < most, `${kept.length} characters`);
      if (kept.length < length) match(kept, /\[fitcheck: \d+ characters came too fast and are not kept\]/);
      match(kept, /Epoch 29: train_loss/);
      delay.disable();
      const [longest, usual] = [delay.max, delay.percentile(99)].map((ns) => (ns / 1e6 - 5).toFixed(0));
      console.log(
        `${MARK}  (a flood of ${length / 1e6} MB held the host for at most ${longest} ms, in 99 % of the time below ${usual} ms)`,
      );
    }).timeout(300_000);
  });
}
