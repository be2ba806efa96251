import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { toRange } from './edits';
import type { Panels } from './panels';
import { copySample, samples, type Sample } from './samples';
import { say } from './say';
import { documentPlaces } from './scripts/documentPlaces';

/** What goes wrong in each, for the list. */
const about = (id: Sample['id']): string =>
  ({
    overfitting: l10n.t('A network that is too large learns 120 examples by heart'),
    unstable: l10n.t('A learning rate that is too high: the loss becomes infinite'),
    underfitting: l10n.t('Layers through which no gradient comes: nothing is learned'),
  })[id];

const titles = (id: Sample['id']): string =>
  ({
    overfitting: l10n.t('Overfitting'),
    unstable: l10n.t('Unstable'),
    underfitting: l10n.t('Underfitting'),
  })[id];

/**
 * Opens a run that comes with the extension, its script beside it: a remedy can be written into that at once.
 * @param wanted id of a sample; anything else: the user is asked
 */
export async function openSample(
  context: vscode.ExtensionContext,
  panels: Panels,
  wanted: unknown,
): Promise<void> {
  const sample = samples.find(({ id }) => id === wanted) ?? (await pick());
  if (!sample) return;
  const shipped = context.asAbsolutePath(join('media', 'samples'));
  const target = join(context.globalStorageUri.fsPath, 'samples');
  const copy = await copySample(sample, shipped, target);
  panels.show(copy.log);
  await show(copy.script);
  if (copy.untouched) return;
  const again = l10n.t('Start Over');
  const text = l10n.t('The script of this sample has been edited since it was first opened.');
  if ((await say.info(text, again)) !== again) return;
  const { script, log } = await copySample(sample, shipped, target, true);
  panels.show(log);
  await show(script);
}

async function pick(): Promise<Sample | undefined> {
  const items = samples.map((sample) => ({ label: titles(sample.id), detail: about(sample.id), sample }));
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Open a sample run') }))?.sample;
}

/** Beside the panel, so that both are seen, where it decides how it trains: what remedies change is around there. */
async function show(script: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(script);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: false,
  });
  const { optimizer, training } = await documentPlaces(document);
  const place = optimizer ?? training;
  if (!place) return;
  // The beginning of the line: a long one would scroll what stands left of it out of sight.
  const line = toRange(place).start.with({ character: 0 });
  editor.revealRange(new vscode.Range(line, line), vscode.TextEditorRevealType.InCenter);
}
