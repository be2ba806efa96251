import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MOST_RUNS } from './comparison';
import type { EngineService } from './engineService';
import { say } from './say';
import { age, labelWord, stateWord } from './words';

type Item = vscode.QuickPickItem & { path: string };

/**
 * Lets the user choose runs of the workspace to compare.
 * @param main the run they are compared with, which is no choice; null: the first one chosen becomes it
 * @param now those that are compared already
 * @returns their paths; undefined where the user changed nothing
 */
export async function pickRuns(
  engine: EngineService,
  main: string | null,
  now: readonly string[] = [],
): Promise<string[] | undefined> {
  if (engine.runs.length === 0) await engine.refresh();
  const known = engine.runs.filter(({ path }) => path !== main);
  const items = known.map(({ path, title, label, state, modified }): Item => {
    const about = [
      label === null ? '' : labelWord(label),
      state === 'running' ? stateWord(state) : '',
      age(modified, Date.now()),
    ];
    return { label: title, description: about.filter(Boolean).join(' · '), path, picked: now.includes(path) };
  });
  const elsewhere = now
    .filter((path) => !known.some((run) => run.path === path))
    .map((path): Item => ({ label: path, path, picked: true }));
  if (items.length + elsewhere.length === 0) {
    void say.info(l10n.t('Fitcheck: there is no other run in this workspace to compare with.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick([...elsewhere, ...items], {
    title: main === null ? l10n.t('Runs to compare') : l10n.t('Runs to compare with this one'),
    placeHolder: l10n.t('Up to {0} runs', main === null ? MOST_RUNS : MOST_RUNS - 1),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ path }) => path);
}

/** Lets the user choose one run of the workspace. @returns its path in a list; an empty one where none was chosen */
export async function pickRun(engine: EngineService, title: string): Promise<string[]> {
  if (engine.runs.length === 0) await engine.refresh();
  const items = engine.runs.map(({ path, title: label, label: verdict, modified }): Item => {
    return {
      label,
      description: [verdict === null ? '' : labelWord(verdict), age(modified, Date.now())]
        .filter(Boolean)
        .join(' · '),
      path,
    };
  });
  if (items.length === 0) {
    void say.info(l10n.t('Fitcheck: there is no run in this workspace.'));
    return [];
  }
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked ? [picked.path] : [];
}
