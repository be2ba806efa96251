import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';

/**
 * The paths of what a menu, a view or another extension gives a command: files, runs, paths, or a list of them.
 * @param selection all that is selected together with the target, as VS Code gives it to commands of lists
 */
export function pathsOf(target: unknown, selection: unknown): string[] {
  const all = [selection, target].find((one) => Array.isArray(one) && one.length > 0) ?? [target];
  return (all as unknown[]).flatMap((one) =>
    one instanceof vscode.Uri ? [one.fsPath] : typeof one === 'string' ? [one] : (pathOfRun(one) ?? []),
  );
}

/** The path of a line of the Runs view; null for anything else. */
export function pathOfRun(run: unknown): string | null {
  const path = (run as Partial<RunSummary> | null | undefined)?.path;
  return typeof path === 'string' ? path : null;
}
