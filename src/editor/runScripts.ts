import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { StreamMeta } from '../streams/meta';
import { readRecord, scriptRecords } from '../streams/recordedScript';
import type { Streams } from './streams/streams';
import { lintableFiles } from './workspaceFiles';

/** Key in the workspace's memory: what the user chose, by run or by command. */
const KEY = 'fitcheck.scripts';
/** Most choices that are remembered; the oldest go first. */
const MOST = 500;

/** Knows which script made a run: by the user's word, by how it was started, by what its tracker recorded. */
export class RunScripts implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  /** The user chose another script for a run. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly streams: Streams,
  ) {}

  /** The script or notebook that made the run at a path; null where nothing says so. */
  async of(path: string): Promise<vscode.Uri | null> {
    await this.streams.ready;
    const meta = this.streams.metaOf(path);
    const chosen = this.table()[keyOf(path, meta)];
    if (chosen !== undefined) return vscode.Uri.parse(chosen);
    if (meta?.notebook) return vscode.Uri.parse(meta.notebook.uri);
    if (meta) return meta.script === null ? null : vscode.Uri.file(meta.script);
    return recorded(path);
  }

  /** The newest run that a script made, of those that were followed without a log. */
  lastOf(script: vscode.Uri): string | null {
    const table = this.table();
    const wanted = script.toString();
    const made = this.streams.all.find(([path, meta]) => {
      const chosen = table[keyOf(path, meta)];
      const own = meta.script === null ? undefined : vscode.Uri.file(meta.script).toString();
      return meta.confirmed && (chosen ?? meta.notebook?.uri ?? own) === wanted;
    });
    return made?.[0] ?? null;
  }

  /** Asks which script made a run, and remembers it for this run and for others that are started alike. */
  async ask(path: string): Promise<void> {
    const source = new vscode.CancellationTokenSource();
    const open = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === 'python');
    const scripts = (await lintableFiles(source.token)).filter(({ path: one }) => /\.(py|ipynb)$/.test(one));
    const uris = [
      ...new Map([...open.map(({ uri }) => uri), ...scripts].map((uri) => [uri.toString(), uri])).values(),
    ];
    const now = (await this.of(path))?.toString();
    const items = uris.map((uri) => ({
      label: basename(uri.path),
      description: `${vscode.workspace.asRelativePath(uri)}${uri.toString() === now ? ' (now)' : ''}`,
      uri,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Which script made this run?',
      matchOnDescription: true,
    });
    if (picked) await this.remember(path, picked.uri);
  }

  async remember(path: string, script: vscode.Uri): Promise<void> {
    const key = keyOf(path, this.streams.metaOf(path));
    const others = Object.entries(this.table()).filter(([known]) => known !== key);
    const kept = [...others, [key, script.toString()] as const].slice(-MOST);
    await this.memory.update(KEY, Object.fromEntries(kept));
    this.change.fire();
  }

  dispose(): void {
    this.change.dispose();
  }

  private table(): Record<string, string> {
    return this.memory.get<Record<string, string>>(KEY, {});
  }
}

/** Commands that start the same script in the same folder are the same training; a log stands for itself. */
function keyOf(path: string, meta: StreamMeta | undefined): string {
  if (!meta) return path;
  const what = meta.notebook?.cell ?? meta.script ?? meta.label.split(' ').slice(0, 2).join(' ');
  return `${meta.source} ${meta.cwd} ${what}`;
}

/** What a tracker wrote down beside the log, if that script is there. */
async function recorded(path: string): Promise<vscode.Uri | null> {
  const info = await stat(path).catch(() => null);
  const run = info?.isDirectory() ? path : dirname(path);
  for (const folder of [run, dirname(run)]) {
    for (const file of scriptRecords) {
      const text = await readFile(join(folder, file), 'utf8').catch(() => null);
      const found = text === null ? null : readRecord(file, text);
      if (!found) continue;
      const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      for (const base of [...(found.folder === null ? [] : [found.folder]), ...roots]) {
        const script = resolve(base, found.script);
        if ((await stat(script).catch(() => null))?.isFile()) return vscode.Uri.file(script);
      }
    }
  }
  return null;
}
