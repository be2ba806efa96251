import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { StreamMeta } from '../../streams/meta';
import { StreamStore } from '../../streams/streamStore';
import type { EngineService } from '../engineService';
import { keptFolder } from '../keptFolder';
import { LiveStream, type StreamOrigin } from './liveStream';

/**
 * The outputs of trainings that write no log: each is kept as a file, which the engine follows as any other log. Knows all
 * that are kept, and which go on.
 */
export class Streams implements vscode.Disposable {
  private readonly store: StreamStore;
  private readonly kept = new Map<string, StreamMeta>();
  private readonly writing = new Map<string, LiveStream>();
  private readonly change = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;

  /** A stream was begun, confirmed, ended or forgotten. */
  readonly onDidChange = this.change.event;
  /** Resolves when what earlier lives of this window have kept is known. */
  readonly ready: Promise<void>;

  constructor(
    readonly folder: string,
    private readonly engine: EngineService,
    private readonly output: vscode.LogOutputChannel,
  ) {
    this.store = new StreamStore(folder);
    this.subscription = engine.onRunsChange((runs) => {
      for (const { path } of runs) this.writing.get(path)?.confirm();
    });
    this.ready = this.load();
  }

  /** Folder of the streams of a workspace; it is made, since it is searched for runs. Where it can't be, nothing is kept. */
  static folderOf(context: vscode.ExtensionContext): string {
    const folder = keptFolder(context, 'streams');
    try {
      mkdirSync(folder, { recursive: true });
    } catch {
      // A full or read-only disk: each stream says that it can't be kept, and all else goes on.
    }
    return folder;
  }

  /** Begins a stream; nothing is shown of it before metrics are found in it. */
  open(origin: StreamOrigin): LiveStream {
    const stream = new LiveStream(origin, {
      store: this.store,
      engine: this.engine,
      changed: (path, meta) => this.remember(path, meta),
      over: (path) => void this.writing.delete(path),
      warn: (message) => this.output.warn(message),
    });
    this.writing.set(stream.path, stream);
    return stream;
  }

  /** The streams whose programs go on, by path. */
  get live(): ReadonlyMap<string, StreamMeta> {
    return new Map([...this.kept].filter(([path]) => this.writing.has(path)));
  }

  /** What is known of the stream at a path; undefined for any other log. */
  metaOf(path: string): StreamMeta | undefined {
    return this.kept.get(path);
  }

  /** What a run is called in a title: its command, or the name of its log. */
  nameOf(path: string): string {
    return this.metaOf(path)?.label ?? basename(path);
  }

  /** The path and the facts of each stream, the newest first; those without metrics are there while they go on. */
  get all(): (readonly [string, StreamMeta])[] {
    return [...this.kept].sort(([, a], [, b]) => b.start - a.start);
  }

  /** Which files a stream came from, found after it began. */
  setFiles(path: string, files: Pick<StreamMeta, 'script' | 'configs'>): void {
    const stream = this.writing.get(path);
    if (stream) stream.update(files);
  }

  /** Writes what has come so far: the window may be closed after this. */
  async flush(): Promise<void> {
    await Promise.all([...this.writing.values()].map((stream) => stream.flush()));
  }

  dispose(): void {
    this.subscription.dispose();
    this.change.dispose();
  }

  private async load(): Promise<void> {
    try {
      await this.store.tidy(new Set(this.writing.keys()));
      for (const { path, meta } of await this.store.list()) {
        if (this.writing.has(path)) continue;
        const left = meta.end === null && meta.confirmed;
        this.kept.set(path, left ? await this.store.cut(path, meta) : meta);
      }
      this.change.fire();
    } catch (error) {
      this.output.warn(`the kept streams can't be listed: ${String(error)}`);
    }
  }

  private remember(path: string, meta: StreamMeta | null): void {
    if (meta) this.kept.set(path, meta);
    else this.kept.delete(path);
    this.change.fire();
  }
}
