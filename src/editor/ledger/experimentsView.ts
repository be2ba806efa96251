import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { number } from '../../analysis/wording';
import type { Effect } from '../../ledger/effect';
import { byScript, type Step } from '../../ledger/ledger';
import { changesText, effectText, remarks } from '../../ledger/words';
import { views } from '../ids';
import { age, stateWord } from '../words';
import { linesOf, placesOf, showRun, type Line } from './experimentLines';
import type { LedgerStore } from './ledgerStore';
import type { Recorder } from './recorder';

/** A line of the view: a script, one of its runs, or what there is to say about a run. */
export type ExperimentNode =
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly place: string;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'run'; readonly path: string; readonly step: Step }
  | Line;

/** The view "Experiments": the runs by script, with what changed since the one before and what that did. */
export class ExperimentsView implements vscode.TreeDataProvider<ExperimentNode>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.change.event;
  private readonly view: vscode.TreeView<ExperimentNode>;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly store: LedgerStore,
    recorder: Recorder,
    private readonly ready: Promise<void>,
  ) {
    this.view = vscode.window.createTreeView(views.experiments, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscription = recorder.onDidChange(() => this.change.fire());
  }

  /** Something was forgotten. */
  refresh(): void {
    this.change.fire();
  }

  async getChildren(parent?: ExperimentNode): Promise<ExperimentNode[]> {
    await this.ready;
    if (parent?.kind === 'run') return linesOf(parent.step);
    if (parent?.kind === 'line') return [];
    if (parent) return parent.steps.map((step) => ({ kind: 'run', path: step.entry.run, step }));
    const scripts = [...byScript(this.store.all)];
    const places = placesOf(
      scripts.map(([script]) => script),
      (script) => vscode.workspace.asRelativePath(script),
    );
    return scripts.map(([script, steps], i) => ({ kind: 'script', script, place: places[i]!, steps }));
  }

  getTreeItem(node: ExperimentNode): vscode.TreeItem {
    if (node.kind === 'script') return scriptItem(node.script, node.place, node.steps);
    if (node.kind === 'run') return runItem(node.step);
    const item = new vscode.TreeItem(node.text);
    item.iconPath = new vscode.ThemeIcon(node.icon);
    if (node.aside !== undefined) item.description = node.aside;
    item.tooltip = node.whole ?? [node.text, ...(node.aside ? [node.aside] : [])].join(' · ');
    if (node.command) item.command = node.command;
    return item;
  }

  dispose(): void {
    this.subscription.dispose();
    this.view.dispose();
    this.change.dispose();
  }
}

/** Whether there are two logs to compare: the next training in a log writes over the one before. */
export function isComparable({ entry, before }: Step): boolean {
  return before !== null && before.run !== entry.run;
}

function scriptItem(script: string, place: string, steps: readonly Step[]): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(script), vscode.TreeItemCollapsibleState.Expanded);
  item.id = script;
  item.resourceUri = vscode.Uri.file(script);
  item.iconPath = vscode.ThemeIcon.File;
  const runs = steps.length === 1 ? l10n.t('1 run') : l10n.t('{0} runs', steps.length);
  item.description = place === '' ? runs : `${place} · ${runs}`;
  item.contextValue = 'script';
  return item;
}

function runItem(step: Step): vscode.TreeItem {
  const { entry, effects } = step;
  const item = new vscode.TreeItem(changesText(step), vscode.TreeItemCollapsibleState.Collapsed);
  const [first] = entry.outcomes;
  const came =
    entry.state === 'running' || !first ? stateWord(entry.state) : `${first.metric} ${number(first.best)}`;
  item.id = `${entry.start} ${entry.run}`;
  item.description = `${came} · ${age(entry.start, Date.now())}`;
  item.tooltip = [entry.title, ...effects.map(effectText), ...remarks(step)].join('\n');
  item.iconPath = iconOf(entry.state, effects[0]);
  // As in any list: Enter and a click open it, the arrow beside it shows its lines.
  item.command = showRun(entry.run);
  item.contextValue = isComparable(step) ? 'experiment second' : 'experiment';
  return item;
}

/** An arrow says whether the first metric rose or fell, its colour whether that is good: only where it is more than the noise. */
function iconOf(state: string, effect: Effect | undefined): vscode.ThemeIcon {
  if (state === 'running') return new vscode.ThemeIcon('pulse');
  if (state === 'crashed') return new vscode.ThemeIcon('error');
  if (state === 'stopped') return new vscode.ThemeIcon('debug-stop');
  if (!effect || effect.before === effect.after) return new vscode.ThemeIcon('dash');
  const better = effect.after < effect.before === (effect.better === 'lower');
  const sure = effect.verdict === 'better' || effect.verdict === 'worse';
  const colour = better ? 'charts.green' : 'problemsErrorIcon.foreground';
  return new vscode.ThemeIcon(
    effect.after > effect.before ? 'arrow-up' : 'arrow-down',
    sure ? new vscode.ThemeColor(colour) : undefined,
  );
}
