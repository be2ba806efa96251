import { deepEqual, equal, match, ok } from 'node:assert';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/ids';
import { alive, fails, fakeNpm, hangs, installs } from '../unit/engine/fakeNpm';
import { fakeTfjsNode, working } from '../unit/engine/fakeTfjsNode';
import { api, overfittingLog, temporaryFile, until } from './support';

export function define(): void {
  describe('installing a TensorFlow backend', () => {
    const never = new vscode.CancellationTokenSource().token;
    const undo: (() => void)[] = [];
    const npm = async (lines: string): Promise<void> => void undo.push(await fakeNpm(await scratch(), lines));
    afterEach(async () => {
      for (const work of undo.splice(0)) work();
      await rm((await api())._private.installer.folder, { recursive: true, force: true });
    });

    it('fails with the reason, leaves nothing, and the embedded backend goes on', async () => {
      const { installer, engine } = (await api())._private;
      await npm(fails);
      const outcome = await installer.install('cpu', never);
      ok(outcome.outcome === 'failed');
      match(outcome.reason, /could not be downloaded from storage\.googleapis\.com \(ENOTFOUND\)/);
      await nothingLeft(installer.folder);
      const id = await engine.follow(await temporaryFile('embedded.csv', overfittingLog(30)));
      await until('the embedded backend', () => engine.backendInfo.startsWith('wasm'));
      await engine.unfollow(id);
    });

    it('can be cancelled: npm and what it started end, and nothing is left', async () => {
      const { installer } = (await api())._private;
      const pidFile = join(await scratch(), 'pid');
      await npm(hangs(pidFile));
      const source = new vscode.CancellationTokenSource();
      const installing = installer.install('cpu', source.token);
      const pid = await until('npm', async () => Number(await readFile(pidFile, 'utf8').catch(() => '')));
      ok(alive(pid));
      source.cancel();
      deepEqual(await installing, { outcome: 'cancelled' });
      await until('the end of what npm started', () => !alive(pid));
      await nothingLeft(installer.folder);
    });

    it('is used by the engine from then on, without a restart of VS Code', async () => {
      const { engine } = (await api())._private;
      const id = await engine.follow(await temporaryFile('native.csv', overfittingLog(30)));
      await until('a backend', () => engine.backendInfo.startsWith('wasm'));
      await npm(installs(await fakeTfjsNode(await scratch(), working)));
      await vscode.commands.executeCommand(commands.installBackend, 'cpu');
      await until('the native backend', () =>
        engine.backendInfo.startsWith('tfjs-node 0.0.0-fake on the cpu'),
      );
      equal((await engine.snapshot(id, 100)).series[0]!.total, 30, 'what was followed is followed on');
      await engine.unfollow(id);
    });

    it('is left when it is taken away', async () => {
      const { engine } = (await api())._private;
      engine.restart();
      const id = await engine.follow(await temporaryFile('after.csv', overfittingLog(30)));
      await until('the embedded backend', () => engine.backendInfo.startsWith('wasm'));
      await engine.unfollow(id);
    });
  });
}

const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), 'fitcheck-npm-'));

async function nothingLeft(folder: string): Promise<void> {
  const beside = await readdir(dirname(folder));
  deepEqual(
    beside.filter((name) => name.startsWith('tfjs-node')),
    [],
  );
}
