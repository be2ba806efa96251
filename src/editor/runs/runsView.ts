import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol';
import type { EngineService } from '../engineService';
import type { Streams } from '../streams/streams';
import { contexts, views } from '../ids';
import { LogDrop } from './logDrop';
import type { Mutes } from './mutes';
import { isUnhealthy, labelsOf, matches, sorted, withoutTwins, type RunOrder } from './rows';
import { runItem } from './runItem';

/** Key in the workspace's memory: the order of the runs. */
const ORDER = 'fitcheck.runOrder';
/** Ages are told in minutes (ms). */
const MINUTE = 60_000;

export interface RunsViewServices {
  engine: EngineService;
  mutes: Mutes;
  streams: Pick<Streams, 'metaOf'>;
  memory: vscode.Memento;
  /** Path of the output of the program that wrote a log; null where that was not seen. */
  outputOf: (log: string) => string | null;
  /** Shows logs that were dropped onto the view. */
  open: (paths: string[]) => void;
}

/** The Runs view: every run found in the workspace, with its state, verdict and last value. */
export class RunsView implements vscode.TreeDataProvider<RunSummary>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.change.event;
  readonly view: vscode.TreeView<RunSummary>;
  private readonly store: vscode.Disposable[];
  private readonly timer: NodeJS.Timeout;
  private searched: Promise<void> | null = null;
  private filter = '';
  private labels: ReadonlyMap<string, string> = new Map();
  private readonly chosen = new Set<string>();

  constructor(private readonly services: RunsViewServices) {
    const { engine, mutes, open } = services;
    this.view = vscode.window.createTreeView(views.runs, {
      treeDataProvider: this,
      showCollapseAll: false,
      canSelectMany: true,
      manageCheckboxStateManually: true,
      dragAndDropController: new LogDrop(open),
    });
    this.store = [
      this.change,
      this.view,
      this.view.onDidChangeCheckboxState(({ items }) => this.choose(items)),
      engine.onRunsChange(() => this.tell()),
      mutes.onDidChange(() => this.tell()),
    ];
    this.timer = setInterval(() => this.view.visible && this.change.fire(), MINUTE);
  }

  /** The runs that are chosen to be compared, as the view lists them. */
  get checked(): string[] {
    return this.runs.filter(({ path }) => this.chosen.has(path)).map(({ path }) => path);
  }

  /** What the runs are filtered by; empty: all are listed. */
  get filteredBy(): string {
    return this.filter;
  }

  get order(): RunOrder {
    return this.services.memory.get<RunOrder>(ORDER, 'newest');
  }

  /** Lists only the runs that match; an empty text lists all again. */
  filterBy(text: string): void {
    this.filter = text.trim();
    void vscode.commands.executeCommand('setContext', contexts.filtered, this.filter !== '');
    this.tell();
  }

  async orderBy(order: RunOrder): Promise<void> {
    await this.services.memory.update(ORDER, order);
    this.change.fire();
  }

  /** Searches the workspace again, with a progress bar in the view. */
  async refresh(): Promise<void> {
    const search = (): Promise<void> => this.services.engine.refresh();
    await vscode.window.withProgress({ location: { viewId: views.runs } }, search);
  }

  async getChildren(parent?: RunSummary): Promise<RunSummary[]> {
    if (parent) return [];
    // The search starts when the view is first looked at: activation stays fast.
    this.searched ??= this.refresh().catch((error: unknown) => {
      this.searched = null;
      throw error;
    });
    await this.searched;
    const { runs } = this;
    const { streams } = this.services;
    this.labels = labelsOf(runs, (path) => streams.metaOf(path), Date.now(), vscode.env.language);
    return runs;
  }

  getTreeItem(run: RunSummary): vscode.TreeItem {
    const { mutes, streams } = this.services;
    return runItem(run, {
      label: this.labels.get(run.path) ?? run.title,
      muted: mutes.has(run.path),
      checked: this.chosen.has(run.path),
      stream: streams.metaOf(run.path),
      now: Date.now(),
    });
  }

  dispose(): void {
    clearInterval(this.timer);
    for (const item of this.store) item.dispose();
  }

  /** The runs as they are listed. */
  private get runs(): RunSummary[] {
    const runs = this.trainings;
    return sorted(this.filter === '' ? runs : runs.filter((run) => matches(run, this.filter)), this.order);
  }

  /** All runs, each training once. */
  private get trainings(): readonly RunSummary[] {
    const { engine, outputOf } = this.services;
    return withoutTwins(engine.runs, outputOf);
  }

  private choose(items: readonly (readonly [RunSummary, vscode.TreeItemCheckboxState])[]): void {
    for (const [{ path }, state] of items) {
      if (state === vscode.TreeItemCheckboxState.Checked) this.chosen.add(path);
      else this.chosen.delete(path);
    }
    this.change.fire();
  }

  private tell(): void {
    const { mutes } = this.services;
    const runs = this.trainings;
    const ill = runs.filter((run) => isUnhealthy(run) && !mutes.has(run.path)).length;
    const tooltip = ill === 1 ? l10n.t('1 run with a problem') : l10n.t('{0} runs with a problem', ill);
    this.view.badge = ill > 0 ? { value: ill, tooltip } : undefined;
    this.view.message =
      this.filter === ''
        ? ''
        : l10n.t(
            'Filter "{0}": {1} of {2} runs. To see all, clear the filter above.',
            this.filter,
            this.runs.length,
            runs.length,
          );
    this.change.fire();
  }
}
