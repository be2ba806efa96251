import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { commands } from './ids';
import type { RunScripts } from './runScripts';
import type { Streams } from './streams/streams';

/** Above a script, what became of the last training that it made. */
export class RunLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.change.event;
  private readonly store: vscode.Disposable[];
  private told = '';

  constructor(
    private readonly engine: EngineService,
    streams: Streams,
    private readonly scripts: RunScripts,
  ) {
    const again = (): void => this.change.fire();
    this.store = [
      this.change,
      vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, this),
      scripts.onDidChange(again),
      engine.onRunsChange((runs) => {
        // The list is told whenever anything in it changes: a lens only when it says something else.
        const now = runs.map((run) => (streams.metaOf(run.path) ? run.path + textOf(run) : '')).join();
        if (now !== this.told) again();
        this.told = now;
      }),
    ];
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const path = this.scripts.lastOf(uri);
    const run = path === null ? undefined : this.engine.runs.find((one) => one.path === path);
    if (!run) return [];
    const command = { command: commands.showRun, title: textOf(run), arguments: [run] };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }
}

function textOf({ label, since, state }: RunSummary): string {
  const verdict = label === null ? 'being read' : `${label}${since === null ? '' : ` since ${since}`}`;
  return `$(graph-line) ${state === 'running' ? 'This training' : 'The last training'}: ${verdict}${state === 'running' || state === 'unknown' ? '' : ` (${state})`}`;
}
