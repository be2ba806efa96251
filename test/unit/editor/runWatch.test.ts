import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunWatch } from '../../../src/editor/runWatch';

const hearing = vi.hoisted(() => [] as ((file: { fsPath: string }) => unknown)[]);
vi.mock('vscode', () => {
  const dispose = (): void => undefined;
  const nothing = (): unknown => ({ dispose });
  const onDidChange = (hear: (typeof hearing)[number]): unknown => (hearing.push(hear), { dispose });
  const isWatching = (pattern: string, ignoresCreated = false, ignoresChanged = false): boolean =>
    pattern !== '' && !ignoresCreated && !ignoresChanged;
  return {
    Disposable: { from: nothing },
    workspace: {
      createFileSystemWatcher: (...about: [string, boolean?, boolean?]) => ({
        ...{ onDidCreate: nothing, onDidDelete: nothing, dispose },
        onDidChange: isWatching(...about) ? onDidChange : nothing,
      }),
      getConfiguration: () => ({ get: () => false }),
    },
  };
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what a log says soon after it was looked at is looked at, too, when nothing more comes', async () => {
  const refresh = vi.fn(() => Promise.resolve());
  const engine = { pid: 1, runs: [], refresh, onRunsChange: () => ({ dispose: () => undefined }) };
  const change = (): void => hearing.forEach((hear) => hear({ fsPath: '/project/slow.csv' }));
  const watch = new RunWatch(engine as never, {} as never, {} as never);
  change();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(refresh).toHaveBeenCalledTimes(1);
  for (let line = 0; line < 3; line++) change();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refresh).toHaveBeenCalledTimes(2);
  watch.dispose();
});
