import * as vscode from 'vscode';
import type { Neighbour } from '../../python/neighbours';
import type { Span } from '../../ledger/record';
import type { RunSummary } from '../../protocol';
import type { StreamMeta } from '../../streams/meta';
import { pythonFilesOf } from '../beside';
import type { EngineService } from '../engineService';
import type { ProgramEnd } from '../programEnd';
import type { Streams } from '../streams/streams';
import { LaunchedScripts } from './launchedScripts';
import { recordedScript } from './recordedScript';

/** Key in the workspace's memory: what the user chose, by run or by command. */
const KEY = 'fitcheck.scripts';
/** Most choices that are remembered; the oldest go first. */
const MOST = 500;
/** Without one of these no file trains anything, and it is not parsed. */
const telling = /\.\s*(step|fit|fit_one_cycle|fine_tune|train|update|apply_gradients|apply)\s*\(/;

/**
 * Knows which script made a run: by the user's word, by how it was started, by what its tracker recorded, by the program
 * that was seen to write its log, or because it is the one training script beside the log.
 */
export class RunScripts implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  /** Another script may be known for a run. */
  readonly onDidChange = this.change.event;
  private readonly found = new WeakMap<Promise<Neighbour[]>, Promise<vscode.Uri | null>>();
  private readonly launched: LaunchedScripts;
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly memory: vscode.Memento,
    private readonly streams: Streams,
    engine: EngineService,
  ) {
    this.launched = new LaunchedScripts(memory, streams, engine);
    this.store = [
      this.change,
      this.launched,
      this.launched.onDidChange(() => this.change.fire()),
      streams.onDidChange(() => this.change.fire()),
    ];
  }

  /** The script or notebook that made the run at a path; null where nothing says so, or where there are several. */
  async of(path: string): Promise<vscode.Uri | null> {
    await this.streams.ready;
    const meta = this.streams.metaOf(path);
    const chosen = this.table()[keyOf(path, meta)];
    if (chosen !== undefined) return vscode.Uri.parse(chosen);
    if (meta?.notebook) return vscode.Uri.parse(meta.notebook.uri);
    if (meta) return meta.script === null ? null : vscode.Uri.file(meta.script);
    return (await recordedScript(path)) ?? this.launched.of(path) ?? this.beside(path);
  }

  /** URI of the notebook's cell whose output a run is; null for any other run. */
  cellOf(path: string): string | null {
    return this.streams.metaOf(path)?.notebook?.cell ?? null;
  }

  /** From when to when the program went, or goes, whose output or log a run is; undefined where none was seen to. */
  spanOf(path: string): Span | undefined {
    return this.streams.metaOf(path) ?? this.launched.spanOf(path);
  }

  /** Path of the output of the program that wrote a log; null where none was seen to. */
  outputOf(log: string): string | null {
    return this.launched.outputOf(log);
  }

  /** How the program ended that wrote a log; null while it goes on, and where none was seen to write it. */
  endOf(run: RunSummary): ProgramEnd | null {
    return this.launched.endOf(run);
  }

  /** The user says which script made a run, and others that are started alike; null: what is found by itself. */
  async remember(path: string, script: vscode.Uri | null): Promise<void> {
    const key = keyOf(path, this.streams.metaOf(path));
    const others = Object.entries(this.table()).filter(([known]) => known !== key);
    const kept = script === null ? others : [...others, [key, script.toString()] as const];
    await this.memory.update(KEY, Object.fromEntries(kept.slice(-MOST)));
    this.change.fire();
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
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

/** Commands that start the same script in the same folder are the same training; a log stands for itself. */
function keyOf(path: string, meta: StreamMeta | undefined): string {
  if (!meta) return path;
  const what = meta.notebook?.cell ?? meta.script ?? meta.label.split(' ').slice(0, 2).join(' ');
  return `${meta.source} ${meta.cwd} ${what}`;
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
