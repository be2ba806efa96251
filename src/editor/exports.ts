import * as l10n from '@vscode/l10n';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { EngineService } from './engineService';
import { safeFileName } from './fileNames';
import { pictureBytes } from './pictureBytes';
import { say } from './say';

/** A CSV file beyond this is no export any more (bytes). */
const MAX_CSV = 200 * 1024 * 1024;

const kinds = {
  png: { PNG: ['png'] },
  svg: { SVG: ['svg'] },
  csv: { CSV: ['csv'] },
};

/** Saves a picture that the page made of a chart, where the user wants it. */
export async function savePicture(
  log: string,
  metric: string,
  kind: 'png' | 'svg',
  data: string,
): Promise<void> {
  const bytes = pictureBytes(kind, data);
  if (bytes) await save(log, metric, kind, () => Promise.resolve(bytes));
}

/** Saves all points of a metric in some followed runs: those of the logs, not those of the picture. */
export async function saveCsv(
  engine: EngineService,
  log: string,
  metric: string,
  ids: readonly string[],
): Promise<void> {
  await save(log, metric, 'csv', () => engine.csv(ids, metric, MAX_CSV));
}

/** A remote window saves on the remote machine. The bytes are made once the user has said where to. */
async function save(
  log: string,
  metric: string,
  kind: keyof typeof kinds,
  make: () => Promise<Uint8Array>,
): Promise<void> {
  const name = safeFileName([basename(log), metric], kind);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(dirname(log));
  try {
    const target = await vscode.window.showSaveDialog({
      title: l10n.t('Save {0}', metric),
      defaultUri: vscode.Uri.joinPath(folder, name),
      filters: kinds[kind],
    });
    if (!target) return;
    await vscode.workspace.fs.writeFile(target, await make());
    vscode.window.setStatusBarMessage(l10n.t('Fitcheck: saved {0}', basename(target.path)), 5000);
  } catch (error) {
    void say.error(l10n.t('Fitcheck: {0}', error instanceof Error ? error.message : String(error)));
  }
}
