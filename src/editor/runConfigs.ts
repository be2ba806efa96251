import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { latestRunOf } from '../config/ofRun';
import { isRecord } from '../config/plan/records';
import { syntaxOf } from '../config/read/names';
import type { TechniqueId } from '../remedies/remedy';
import type { FixPlan } from '../remedies/textEdit';
import type { ConfigTrainings } from './configTrainings';
import { lintedPath } from './lintedDocuments';
import type { LintProjects } from './lintProjects';
import type { Streams } from './streams/streams';

/** Most documents that are looked at for one run. */
const MOST = 12;
/** A larger file is data (bytes). */
const LARGEST = 128 * 1024;

/** The configs that a run was made by, and what can be written into them. */
export class RunConfigs {
  constructor(
    private readonly projects: Pick<LintProjects, 'around'>,
    private readonly trainings: ConfigTrainings,
    private readonly streams: Pick<Streams, 'ready' | 'metaOf'>,
  ) {}

  /** By the command that started it; else of the configs that are open or lie beside the log those whose latest run it is. */
  async of(path: string): Promise<vscode.TextDocument[]> {
    await this.streams.ready;
    const meta = this.streams.metaOf(path);
    if (meta) {
      const paths = meta.configs.map((one) => (isAbsolute(one) ? one : join(meta.cwd ?? '', one)));
      return documents(paths.filter((one) => !isRecord(one)).map((one) => vscode.Uri.file(one)));
    }
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
    if (!folder) return [];
    const found: vscode.TextDocument[] = [];
    for (const document of await documents(await candidates(path, folder)))
      if (await this.isOf(document, path, folder)) found.push(document);
    return found;
  }

  async plan(document: vscode.TextDocument, technique: TechniqueId): Promise<FixPlan> {
    const { planInConfig } = await import('../config/plan/plan');
    return planInConfig(technique, await this.trainings.of(document));
  }

  private async isOf(
    document: vscode.TextDocument,
    path: string,
    folder: vscode.WorkspaceFolder,
  ): Promise<boolean> {
    const own = lintedPath(document);
    if (own === null || isRecord(own)) return false;
    const configs = await this.trainings.of(document);
    const runs = this.projects.around(document.uri)?.runs ?? [];
    return configs.some((config) => {
      const run = latestRunOf(config, own, runs);
      return (
        run !== null && vscode.Uri.joinPath(folder.uri, run.path).fsPath === vscode.Uri.file(path).fsPath
      );
    });
  }
}

async function candidates(path: string, folder: vscode.WorkspaceFolder): Promise<vscode.Uri[]> {
  const open = vscode.workspace.textDocuments
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) === folder);
  const beside = vscode.Uri.joinPath(vscode.Uri.file(path), '..');
  const entries = await vscode.workspace.fs.readDirectory(beside).then(
    (all) => all,
    () => [],
  );
  const names = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  const all = [...open, ...names.map((name) => vscode.Uri.joinPath(beside, name))];
  const unique = new Map(all.filter(isConfig).map((uri) => [uri.toString(), uri]));
  const small = [...unique.values()].slice(0, MOST).map(async (uri) => ((await isSmall(uri)) ? [uri] : []));
  return (await Promise.all(small)).flat();
}

async function isSmall(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size <= LARGEST;
  } catch {
    return false;
  }
}

/** By its name; a script is a script's business. */
function isConfig(uri: vscode.Uri): boolean {
  const syntax = syntaxOf(uri.path);
  return syntax !== null && syntax !== 'python' && syntax !== 'shell';
}

async function documents(uris: readonly vscode.Uri[]): Promise<vscode.TextDocument[]> {
  const opened = uris.map((uri) => Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => null));
  return (await Promise.all(opened)).filter((one) => one !== null);
}
