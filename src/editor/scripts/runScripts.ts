import * as vscode from 'vscode';
import type { Neighbour } from '../../python/neighbours';
import { pythonFilesOf } from '../beside';
import type { Streams } from '../streams/streams';

/** Key in the workspace's memory: path of a run -> path of the script that the user says wrote it. */
const KEY = 'fitcheck.scriptOfRun';
/** Runs that are remembered; the oldest are forgotten. */
const MOST_RUNS = 500;
/** Without one of these no file trains anything, and it is not parsed. */
const telling = /\.\s*(step|fit|fit_one_cycle|fine_tune|train|update)\s*\(/;

/** Which script wrote a run: what the user said, what its stream was started with, or the one training script beside the log. */
export class RunScripts implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChange = this.change.event;
  private readonly found = new WeakMap<Promise<Neighbour[]>, Promise<vscode.Uri | null>>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly streams: Pick<Streams, 'metaOf' | 'onDidChange'>,
  ) {
    this.subscription = streams.onDidChange(() => this.change.fire());
  }

  /** The script of the run at a path; null where it is not known. A path that is a guess among several is none. */
  async of(run: string): Promise<vscode.Uri | null> {
    const chosen = this.table()[run];
    if (chosen !== undefined) return vscode.Uri.file(chosen);
    const meta = this.streams.metaOf(run);
    if (meta) return meta.script === null ? null : vscode.Uri.file(meta.script);
    return this.beside(run);
  }

  /** The user says which script wrote a run; null: what is found by itself. */
  async remember(run: string, script: string | null): Promise<void> {
    const others = Object.entries(this.table()).filter(([known]) => known !== run);
    const all = script === null ? others : [...others, [run, script] as const];
    await this.memory.update(KEY, Object.fromEntries(all.slice(-MOST_RUNS)));
    this.change.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.change.dispose();
  }

  private beside(run: string): Promise<vscode.Uri | null> {
    const folder = vscode.Uri.joinPath(vscode.Uri.file(run), '..');
    const files = pythonFilesOf(folder);
    const known = this.found.get(files) ?? files.then((all) => onlyTraining(folder, all));
    // Good for as long as what was read of the folder is.
    this.found.set(files, known);
    return known;
  }

  private table(): Record<string, string> {
    return this.memory.get<Record<string, string>>(KEY, {});
  }
}

/** The one script of a folder that trains; null where there is none, or more than one: which it was can't be told. */
async function onlyTraining(folder: vscode.Uri, files: readonly Neighbour[]): Promise<vscode.Uri | null> {
  const { findPlaces } = await import('../../python/places/places');
  let found: vscode.Uri | null = null;
  for (const { name, source } of files) {
    if (!telling.test(source) || (await findPlaces(source)).training === null) continue;
    if (found) return null;
    found = vscode.Uri.joinPath(folder, name);
  }
  return found;
}
