import { spawn, type ChildProcess } from 'node:child_process';

/** Options for a process that {@link killTree} can end with all that it has started. */
export const ownTree = { detached: process.platform !== 'win32', windowsHide: true } as const;

/** Ends a process that was started with {@link ownTree}, and its children and theirs. */
export function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill(),
    );
    return;
  }
  try {
    // A process group of its own: the minus sign means all of it.
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
