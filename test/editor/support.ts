import { ok } from 'node:assert';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FitcheckApi } from '../../src/extension';

/** The extension, active. */
export async function api(): Promise<FitcheckApi> {
  const extension = vscode.extensions.getExtension<FitcheckApi>('fitcheck.fitcheck');
  ok(extension, 'the extension is there');
  return extension.activate();
}

/** Waits until `check` gives something; fails with `what` after a while. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  timeout = 20_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await check();
    if (found) return found;
    ok(Date.now() < end, `in time: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** A file of its own with this content. */
export async function temporaryFile(name: string, content: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'fitcheck-editor-')), name);
  await writeFile(path, content);
  return path;
}

export async function openDocument(name: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await temporaryFile(name, content));
  await vscode.window.showTextDocument(document);
  return document;
}

/** A table of a run that overfits from its tenth epoch on. */
export function overfittingLog(epochs: number, from = 0): string {
  const rows = Array.from({ length: epochs }, (_, i) => {
    const epoch = from + i;
    const train = 1.1 * Math.exp(-epoch / 12);
    const val = epoch <= 10 ? 1 - epoch * 0.04 : 0.6 + (epoch - 10) * 0.03;
    return `${epoch},${train.toFixed(5)},${val.toFixed(5)}`;
  });
  return `${from === 0 ? 'epoch,loss,val_loss\n' : ''}${rows.join('\n')}\n`;
}

/** A terminal with a shell that tells VS Code of its commands. */
export async function bash(): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal({ name: 'bash', shellPath: '/bin/bash' });
  await until('shell integration', () => terminal.shellIntegration);
  return terminal;
}
