import { access, constants, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { notebookOf } from './notebooks';
import type { PlannedEdits } from './plannedEdits';
import { say } from './say';

/** That a document is dirty is told after its text, on a busy machine long after (ms); until then nothing may be taken back. */
const SETTLED = 2_000;
const STEP = 50;

/** Where a remedy was written. */
export interface WrittenInto {
  readonly file: vscode.Uri;
  /** The text of that file without it. */
  readonly before: string;
}

/**
 * Whether an edit was written. Where it was not, because the document is read-only, it tells what there is to do.
 * @param planned.source the text that the edit was made for
 */
export async function wasWritten(
  document: vscode.TextDocument,
  { source, isCurrent }: Pick<PlannedEdits, 'source' | 'isCurrent'>,
): Promise<boolean> {
  if (!isCurrent() && !(await isHeldBack(document, source))) return true;
  const file = notebookOf(document)?.uri ?? document.uri;
  void say.warning(
    l10n.t(
      'Fitcheck: nothing was written: {0} is read-only. Make it writable, or run "File: Set Active Editor Writeable in Session", then apply the change again.',
      basename(file.path),
    ),
  );
  return false;
}

/**
 * A document that the user has set read-only takes an edit, is not dirty after it and can't be saved: the edit is taken back, which would
 * be seen in the editor and by no training.
 */
async function isHeldBack(document: vscode.TextDocument, before: string): Promise<boolean> {
  const { uri, version } = document;
  if (uri.scheme !== 'file') return false;
  // Another version is the user's own, also where they took the edit back themselves.
  const isTaken = (): boolean => document.isDirty || document.isClosed || document.version !== version;
  for (let waited = 0; waited <= SETTLED; waited += STEP) {
    if (waited > 0) await pause(STEP);
    if (isTaken()) return false;
    const onDisk = await readFile(uri.fsPath, 'utf8').catch(() => null);
    // It may have been saved at once, or have become dirty while that was read.
    if (isTaken() || onDisk?.replace(/^\uFEFF/, '') !== before) return false;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), before);
  await vscode.workspace.applyEdit(edit);
  return true;
}

/** Tells what there is to do where an edit stands in an editor and its file can't be written. */
export async function warnIfLocked(file: vscode.Uri): Promise<void> {
  if (file.scheme !== 'file' || !(await isLocked(file.fsPath))) return;
  void say.warning(
    l10n.t(
      'Fitcheck: the change stands in the editor, but {0} can not be saved: you have no permission to write it. Make the file writable, or save a copy and train with that; until it is saved, the change does not count.',
      basename(file.path),
    ),
  );
}

/** Whether a file is there and may not be written. */
export async function isLocked(path: string): Promise<boolean> {
  const may = (mode: number): Promise<boolean> =>
    access(path, mode).then(
      () => true,
      () => false,
    );
  return (await may(constants.F_OK)) && !(await may(constants.W_OK));
}
