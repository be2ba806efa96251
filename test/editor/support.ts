import { ok } from 'node:assert';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { judgedRun } from '../../src/editor/judged';
import type { FitcheckApi } from '../../src/extension';
import type { Assessment, RunSnapshot } from '../../src/protocol';

/** The extension, active. */
export async function api(): Promise<FitcheckApi> {
  const extension = vscode.extensions.getExtension<FitcheckApi>('fitcheck.fitcheck');
  ok(extension, 'the extension is there');
  return extension.activate();
}

const undone: (() => unknown)[] = [];

/** Does something at the end of the test, also where it fails. */
export function afterwards(work: () => unknown): void {
  undone.push(work);
}

/** Leaves nothing of a test to the next one. */
export async function tidy(): Promise<void> {
  for (const work of undone.splice(0).reverse()) await work();
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Sets one of our settings for the rest of the test. */
export async function set(key: string, value: unknown): Promise<void> {
  const update = (to: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('fitcheck').update(key, to, vscode.ConfigurationTarget.Global);
  afterwards(() => update(undefined));
  await update(value);
}

/** Waits until `check` gives something; fails with `what` after a while. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  timeout = 30_000,
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
  await api();
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

/** Takes back the last edit, which is in the active editor. */
export async function undo(document: vscode.TextDocument, text: string): Promise<void> {
  await until('its editor', () => vscode.window.activeTextEditor?.document === document);
  await vscode.commands.executeCommand('undo');
  await until('it is undone', () => document.getText() === text);
}

/** The verdict on a run, once there is one. */
export async function judged(path: string): Promise<RunSnapshot & { assessment: Assessment }> {
  const { engine } = (await api())._private;
  return until(`the verdict on ${path}`, async () => {
    const run = await judgedRun(engine, path);
    return run.assessment && { ...run, assessment: run.assessment };
  });
}

/** A terminal with a shell that tells VS Code of its commands. */
export async function bash(): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal({ name: 'bash', shellPath: '/bin/bash' });
  await until('shell integration', () => terminal.shellIntegration);
  return terminal;
}
