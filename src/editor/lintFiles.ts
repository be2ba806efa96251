import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { combined } from '../lint/project';
import type { LintProjects } from './lintProjects';
import { seenPath } from './lintedDocuments';
import { readSettings } from './settings';

/** A file this large is data, and no config (256 KiB). */
const MAX_SIZE = 256 * 1024;

type Projects = Pick<LintProjects, 'of' | 'around'>;

/** The findings in a file as it is on disk, or null where it is not linted: too large, passed over by its project. */
async function lintOnDisk(uri: vscode.Uri, projects: Projects): Promise<readonly LintFinding[] | null> {
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

/** What was found in a file, and whether no later look at the same file has begun meanwhile, which knows better. */
export interface Looked {
  readonly findings: readonly LintFinding[] | null;
  readonly isLatest: boolean;
}

/** Lints files as they are on disk, any number at once: of two looks at a file the one that began first may end last. */
export class DiskLint {
  private readonly begun = new Map<string, symbol>();

  constructor(private readonly projects: Projects) {}

  async look(uri: vscode.Uri): Promise<Looked> {
    const key = uri.toString();
    const own = Symbol();
    this.begun.set(key, own);
    const findings = await lintOnDisk(uri, this.projects);
    const isLatest = this.begun.get(key) === own;
    if (isLatest) this.begun.delete(key);
    return { findings, isLatest };
  }
}
