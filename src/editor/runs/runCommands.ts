import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MOST_RUNS } from '../comparison';
import type { EngineService } from '../engineService';
import { commands } from '../ids';
import type { Panels } from '../panels';
import { pickRun } from '../pickRuns';
import { chooseScript } from '../scripts/chooseScript';
import type { RunScripts } from '../scripts/runScripts';
import { say } from '../say';
import { pathsOf } from '../targets';
import type { Mutes } from './mutes';
import type { RunOrder } from './rows';
import type { RunsView } from './runsView';

export interface RunCommandServices {
  engine: EngineService;
  panels: Panels;
  mutes: Mutes;
  view: RunsView;
  scripts: RunScripts;
}

/** The commands of the Runs view and its lines; where no run is given, the user is asked for one. */
export function runCommands(services: RunCommandServices): Record<string, (...args: unknown[]) => unknown> {
  const { engine, panels, mutes, view, scripts } = services;
  const given = async (target: unknown, selection: unknown, title: string): Promise<string[]> => {
    const paths = pathsOf(target, selection);
    if (paths.length > 0) return paths;
    const shown = panels.activePath;
    return shown === null ? pickRun(engine, title) : [shown];
  };
  return {
    [commands.refreshRuns]: () => view.refresh(),
    [commands.filterRuns]: () => askFilter(view),
    [commands.clearRunFilter]: () => view.filterBy(''),
    [commands.sortRuns]: () => askOrder(view),
    [commands.compareChecked]: async () => {
      const { checked } = view;
      if (checked.length > MOST_RUNS)
        void say.info(l10n.t('Fitcheck: the first {0} of {1} runs are compared.', MOST_RUNS, checked.length));
      await panels.compare(checked);
    },
    [commands.copyPath]: async (target, selection) => {
      const paths = await given(target, selection, l10n.t('Copy the path of a run'));
      if (paths.length > 0) await vscode.env.clipboard.writeText(paths.join('\n'));
    },
    [commands.openAsText]: async (target, selection) => {
      for (const path of await given(target, selection, l10n.t('Open the log of a run')))
        await openAsText(path);
    },
    [commands.chooseScript]: async (target) => {
      const [path] = await given(target, undefined, l10n.t('Choose the script of a run'));
      if (path !== undefined) await chooseScript(path, engine.titleOf(path), scripts);
    },
    [commands.muteRun]: async (target, selection) =>
      mutes.mute(await given(target, selection, l10n.t('Hear no more of a run'))),
    [commands.unmuteRun]: async (target, selection) => {
      const paths = pathsOf(target, selection);
      await mutes.unmute(paths.length > 0 ? paths : await pickMuted(mutes, engine));
    },
  };
}

async function openAsText(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const { type } = await vscode.workspace.fs.stat(uri);
  // The run of a folder has no single file: its place is shown instead.
  if (type & vscode.FileType.Directory) await vscode.commands.executeCommand('revealInExplorer', uri);
  else await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
}

async function askFilter(view: RunsView): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: l10n.t('Filter runs'),
    prompt: l10n.t('Words of the name, verdict, state or format; all must fit. Empty: all runs.'),
    placeHolder: 'overfitting',
    value: view.filteredBy,
  });
  if (text !== undefined) view.filterBy(text);
}

async function askOrder(view: RunsView): Promise<void> {
  const orders: (vscode.QuickPickItem & { order: RunOrder })[] = [
    { label: l10n.t('Newest first'), order: 'newest' },
    { label: l10n.t('Worst first'), order: 'worst' },
  ];
  const now = l10n.t('current');
  const items = orders.map((one) => ({ ...one, description: one.order === view.order ? now : '' }));
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Sort runs') });
  if (picked) await view.orderBy(picked.order);
}

async function pickMuted(mutes: Mutes, engine: EngineService): Promise<string[]> {
  if (mutes.all.length === 0) {
    void say.info(l10n.t('Fitcheck: no run is muted.'));
    return [];
  }
  const options = { title: l10n.t('Hear of these runs again'), canPickMany: true } as const;
  const items = mutes.all
    .toReversed()
    .map((path) => ({ label: engine.titleOf(path), description: path, path }));
  const picked = await vscode.window.showQuickPick(items, { ...options, matchOnDescription: true });
  return (picked ?? []).map(({ path }) => path);
}
