import * as vscode from 'vscode';
import { lastWords } from '../../streams/lastWords';
import { endOf } from '../../streams/meta';
import { launchOf, type Launch } from '../../streams/launch';
import type { Quoting } from '../../streams/shellWords';
import { readSettings } from '../settings';
import type { LiveStream } from './liveStream';
import type { ScriptFinder } from './scriptFinder';
import type { Streams } from './streams';

interface Followed {
  readonly stream: LiveStream;
  /** When its latest output came (ms). */
  heard: number;
  readonly launch: Launch;
  readonly terminal: vscode.Terminal;
  /** Resolves when all its output has come. */
  read: Promise<void>;
}

/** Follows the commands of terminals that may be trainings; of all others nothing is read. */
export class Terminals implements vscode.Disposable {
  private readonly followed = new Map<vscode.TerminalShellExecution, Followed>();
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly streams: Streams,
    private readonly finder: ScriptFinder,
  ) {
    this.store = [
      vscode.window.onDidStartTerminalShellExecution((event) => this.start(event)),
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        void this.end(execution, exitCode);
      }),
      vscode.window.onDidCloseTerminal((terminal) => this.close(terminal)),
    ];
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private start({ execution, terminal }: vscode.TerminalShellExecutionStartEvent): void {
    if (!readSettings.followOutput()) return;
    const launch = launchOf(execution.commandLine.value, quotingOf());
    if (!launch) return;
    const cwd = execution.cwd?.fsPath ?? null;
    const { label, args } = launch;
    const origin = { source: 'terminal', label, cwd, script: null, configs: [], arguments: args } as const;
    const stream = this.streams.open(origin);
    const followed: Followed = { stream, launch, terminal, heard: Date.now(), read: Promise.resolve() };
    followed.read = takeIn(execution.read(), followed);
    this.followed.set(execution, followed);
    void this.finder.ofLaunch(launch, cwd).then((files) => this.streams.setFiles(stream.path, files));
  }

  private async end(execution: vscode.TerminalShellExecution, exitCode: number | undefined): Promise<void> {
    const followed = this.followed.get(execution);
    if (!followed) return;
    this.followed.delete(execution);
    await lastWords(followed.read, () => followed.heard);
    const how = endOf(exitCode);
    // The exit code of a pipe is that of its last program.
    const known = followed.launch.tellsExit || how === 'stopped';
    await followed.stream.end({ how: known ? how : null, exitCode: exitCode ?? null });
  }

  /** A training dies with its terminal, but not with the window: a reload brings the terminal back. */
  private close(terminal: vscode.Terminal): void {
    if (terminal.exitStatus?.reason === vscode.TerminalExitReason.Shutdown) return;
    for (const [execution, followed] of this.followed) {
      if (followed.terminal !== terminal) continue;
      this.followed.delete(execution);
      void followed.stream.end({ how: 'stopped' });
    }
  }
}

async function takeIn(output: AsyncIterable<string>, followed: Followed): Promise<void> {
  for await (const text of output) {
    followed.heard = Date.now();
    followed.stream.push(text);
  }
}

function quotingOf(): Quoting {
  return process.platform === 'win32' ? 'windows' : 'posix';
}
