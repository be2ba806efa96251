import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { combined } from '../lint/project';
import type { LintProjects } from './lintProjects';
import { seenPath } from './lintedDocuments';
import { readSettings } from './settings';

/** A file this large is data, and no config (256 KiB). */
const MAX_SIZE = 256 * 1024;

/** The findings in a file as it is on disk, or null where it is not linted: too large, passed over by its project. */
export async function lintOnDisk(
  uri: vscode.Uri,
  projects: LintProjects,
): Promise<readonly LintFinding[] | null> {
  const path = seenPath(uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (path === null || !folder || !readSettings.lint(uri)) return null;
  const project = await projects.of(uri);
  if (project.ignores(path)) return null;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_SIZE) return null;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const { lintText } = await import('../lint/lint');
    return await lintText(
      text,
      path,
      combined(project.rules, readSettings.lintRules(uri)),
      projects.around(uri),
    );
  } catch {
    // Gone or unreadable since it was listed: there is nothing to tell of it.
    return null;
  }
}
