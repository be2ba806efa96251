import * as vscode from 'vscode';
import { number } from '../analysis/wording';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { commands, views } from './ids';
import type { StreamMeta } from '../streams/meta';
import type { Streams } from './streams/streams';
import { age, verdictWord } from './words';

/** The Runs view: every run found in the workspace, with its state, verdict and last value. */
export class RunsView implements vscode.TreeDataProvider<RunSummary>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.change.event;
  private readonly view: vscode.TreeView<RunSummary>;
  private readonly subscription: vscode.Disposable;
  private searched: Promise<void> | null = null;

  constructor(
    private readonly engine: EngineService,
    private readonly streams: Streams,
  ) {
    this.view = vscode.window.createTreeView(views.runs, { treeDataProvider: this, showCollapseAll: false });
    this.subscription = engine.onRunsChange((runs) => {
      const ill = runs.filter(({ severity, state }) => severity === 'error' && state === 'running').length;
      this.view.badge = ill > 0 ? { value: ill, tooltip: `${ill} running with a problem` } : undefined;
      this.change.fire();
    });
  }

  async getChildren(parent?: RunSummary): Promise<RunSummary[]> {
    if (parent) return [];
    // The search starts when the view is first looked at: activation stays fast.
    this.searched ??= this.engine.refresh().catch((error: unknown) => {
      this.searched = null;
      throw error;
    });
    await this.searched;
    return [...this.engine.runs];
  }

  getTreeItem(run: RunSummary): vscode.TreeItem {
    const item = new vscode.TreeItem(run.title);
    const last = run.last ? `${run.last.name} ${number(run.last.value)}` : '';
    item.id = run.id;
    const stream = this.streams.metaOf(run.path);
    // The colours of version control are for files of the workspace.
    if (!stream) item.resourceUri = vscode.Uri.file(run.path);
    item.description = [last, age(run.modified, Date.now())].filter(Boolean).join(' · ');
    item.tooltip = tooltip(run, stream);
    item.iconPath = icon(run);
    item.contextValue = stream ? 'stream' : 'run';
    item.command = { command: commands.showRun, title: 'Show Run', arguments: [run] };
    item.accessibilityInformation = {
      label: `${run.title}, ${verdictWord(run, 'not analysed')}, ${run.state}`,
    };
    return item;
  }

  dispose(): void {
    this.subscription.dispose();
    this.view.dispose();
    this.change.dispose();
  }
}

/** Plain text throughout: a path or a metric name may hold anything. */
function tooltip(run: RunSummary, stream: StreamMeta | undefined): string {
  const verdict = verdictWord(run, 'not analysed yet');
  return [
    stream
      ? `${stream.label} in ${stream.cwd ?? stream.notebook?.uri ?? 'a folder that is not known'}`
      : run.path,
    `verdict: ${verdict}`,
    `state: ${run.state}`,
    `read as: ${run.format}`,
    `${run.points} points`,
  ].join('\n');
}

function icon(run: RunSummary): vscode.ThemeIcon {
  if (run.severity === 'error')
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (run.severity === 'warning') {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
  if (run.state === 'running') return new vscode.ThemeIcon('pulse');
  if (run.label === 'healthy')
    return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  return new vscode.ThemeIcon('graph-line');
}
