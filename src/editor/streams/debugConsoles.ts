import * as vscode from 'vscode';
import { debugLaunchOf, type DebugLaunch } from '../../streams/debugLaunch';
import { endOf } from '../../streams/meta';
import { readSettings } from '../settings';
import type { LiveStream } from './liveStream';
import type { ScriptFinder } from './scriptFinder';
import type { Streams } from './streams';

/** What is read of the messages of a debug adapter; they come from outside. */
interface Message {
  type?: string;
  event?: string;
  command?: string;
  body?: { category?: string; output?: unknown; exitCode?: unknown };
}

/** Follows what Python programs print into the debug console. */
export function followDebugConsoles(streams: Streams, finder: ScriptFinder): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker({ configuration }) {
      const launch = readSettings.followOutput() ? debugLaunchOf(configuration) : null;
      return launch ? new DebugOutput(launch, streams, finder) : undefined;
    },
  });
}

/** One debug session: its output, and how it ended. */
class DebugOutput implements vscode.DebugAdapterTracker {
  private stream: LiveStream | null = null;
  private exitCode: number | null = null;
  private over = false;
  private asked = false;

  constructor(
    private readonly launch: DebugLaunch,
    private readonly streams: Streams,
    private readonly finder: ScriptFinder,
  ) {}

  onWillReceiveMessage({ command }: Message): void {
    // After the end, the session is disconnected as well.
    if ((command === 'terminate' || command === 'disconnect') && !this.over) this.asked = true;
  }

  onDidSendMessage({ type, event, body }: Message): void {
    if (type !== 'event') return;
    if (event === 'output') this.take(body ?? {});
    if (event === 'exited' && typeof body?.exitCode === 'number') this.exitCode = body.exitCode;
    if (event === 'exited' || event === 'terminated') this.over = true;
  }

  onWillStopSession(): void {
    this.end();
  }

  onExit(): void {
    this.end();
  }

  private take({ category, output }: NonNullable<Message['body']>): void {
    if ((category !== 'stdout' && category !== 'stderr') || typeof output !== 'string') return;
    this.stream ??= this.open();
    this.stream.push(output);
  }

  private open(): LiveStream {
    const { label, cwd } = this.launch;
    const stream = this.streams.open({
      source: 'debug',
      label,
      cwd,
      script: null,
      configs: [],
      arguments: this.launch.args,
    });
    void this.finder.ofLaunch(this.launch, cwd).then((files) => this.streams.setFiles(stream.path, files));
    return stream;
  }

  private end(): void {
    const { exitCode, asked } = this;
    const how = asked ? 'stopped' : endOf(exitCode ?? undefined);
    void this.stream?.end({ how, exitCode });
  }
}
