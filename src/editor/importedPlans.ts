import type * as vscode from 'vscode';
import type { ScriptPlans } from '../python/plan';
import type { TechniqueId } from '../remedies/remedy';
import { importedBy } from './beside';

/** Most files that are looked at. */
const MAX_FILES = 12;

/** Files that a script imports, each with its plans. */
export type ImportedPlans = { uri: vscode.Uri; plans: ScriptPlans }[];

/** Where the step is in one file and the network in another, the edit goes to where the thing is. */
export async function findImported(
  imported: () => Promise<ImportedPlans>,
  technique: TechniqueId,
): Promise<{ uri: vscode.Uri; title: string } | null> {
  for (const { uri, plans } of await imported()) {
    const plan = plans.plan(technique);
    if (plan.applicable) return { uri, title: plan.title };
  }
  return null;
}

/** Plans for the files that a script imports from the workspace. */
export async function importedPlans(document: vscode.TextDocument | undefined): Promise<ImportedPlans> {
  if (document?.languageId !== 'python') return [];
  const files = (await importedBy(document)).slice(0, MAX_FILES);
  return Promise.all(files.map(async ({ uri, source }) => ({ uri, plans: await plansOfFile(uri, source) })));
}

/** Plans of files on disk, good while their text is the same. */
const planned = new Map<string, { source: string; plans: Promise<ScriptPlans> }>();
const MAX_PLANNED = 40;

function plansOfFile(uri: vscode.Uri, source: string): Promise<ScriptPlans> {
  const key = uri.toString();
  const before = planned.get(key);
  if (before?.source === source) return before.plans;
  if (planned.size >= MAX_PLANNED) planned.clear();
  const plans = import('../python/plan').then(({ planScript, plannable }) => planScript(source, plannable));
  planned.set(key, { source, plans });
  plans.catch(() => planned.delete(key));
  return plans;
}
