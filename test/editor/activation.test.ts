import { deepEqual, equal } from 'node:assert';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/ids';
import { api } from './support';

export function define(): void {
  describe('activation', () => {
    it('registers exactly the commands that package.json contributes', async () => {
      await api();
      const registered = (await vscode.commands.getCommands(true)).filter(
        (id) =>
          id.startsWith('fitcheck.') &&
          !/\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(id) &&
          !id.startsWith('fitcheck.runs'),
      );
      deepEqual(registered.sort(), Object.values(commands).sort());
    });

    it('starts no engine before somebody needs one', async () => {
      equal((await api())._private.engine.pid, null);
    });
  });
}
