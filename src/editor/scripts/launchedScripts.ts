import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol';
import { LAST_WORDS, writerOf, type Started } from '../../streams/writer';
import type { EngineService } from '../engineService';
import type { Streams } from '../streams/streams';

/** Key in the workspace's memory: which script wrote a log, by the log's path, newest last. */
const KEY = 'fitcheck.writers';
const MOST = 500;
/** A log is found within this time after it was written, as a rule (ms): so long a program is remembered after its end. */
const FOUND = 60_000;

interface Writer {
  readonly source: string;
  /** Path of the program's stream. */
  readonly program: string;
  /** When the program ended, ms since 1970; null while it goes on, and where its end was not seen. */
  readonly end: number | null;
}

/** Knows of logs that a program has written which was started in the editor, and what script that was. */
export class LaunchedScripts implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChange = this.change.event;
  /** Programs that go on or ended a moment ago, by the path of their stream. */
  private readonly programs = new Map<string, Started>();
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly memory: vscode.Memento,
    private readonly streams: Pick<Streams, 'live' | 'onDidChange' | 'metaOf'>,
    private readonly engine: Pick<EngineService, 'runs' | 'onRunsChange'>,
  ) {
    this.store = [
      this.change,
      streams.onDidChange(() => this.hear()),
      engine.onRunsChange((runs) => this.match(runs)),
    ];
  }

  /** The script that a program was started with which wrote this log; null where that was not seen. */
  of(path: string): vscode.Uri | null {
    const writer = this.table()[path];
    return writer ? vscode.Uri.parse(writer.source) : null;
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private hear(): void {
    const live = this.streams.live;
    for (const [path, program] of this.programs) {
      const end = live.has(path) ? (live.get(path)?.end ?? null) : Date.now();
      if (program.end === null && end !== null) this.end(path, { ...program, end });
    }
    for (const [path, { start, end, cwd, script, notebook }] of live) {
      const busy = this.programs.get(path)?.busy ?? this.busy();
      const source = notebook?.uri ?? (script === null ? null : vscode.Uri.file(script).toString());
      const folders = [cwd, script === null ? null : dirname(script)].filter((one) => one !== null);
      this.programs.set(path, { source, folders, start, end, busy });
    }
    this.match(this.engine.runs);
  }

  private end(path: string, program: Started): void {
    this.programs.set(path, program);
    const writers = Object.entries(this.table()).map(([log, writer]) => [
      log,
      writer.program === path ? { ...writer, end: program.end } : writer,
    ]);
    void this.memory.update(KEY, Object.fromEntries(writers));
  }

  /** Logs that somebody writes: all that grew lately but those of programs that are over. */
  private busy(): ReadonlySet<string> {
    const table = this.table();
    const growing = this.engine.runs.filter(({ state }) => state === 'running');
    return new Set(growing.map(({ path }) => path).filter((path) => (table[path]?.end ?? null) === null));
  }

  private match(runs: readonly RunSummary[]): void {
    const table = { ...this.table() };
    let changed = false;
    for (const [path, { end }] of this.programs)
      if (end !== null && Date.now() - end > FOUND) this.programs.delete(path);
    const programs = [...this.programs];
    for (const { path, modified } of runs) {
      if (this.streams.metaOf(path)) continue;
      const source = writerOf(
        { path, modified },
        programs.map(([, program]) => program),
      );
      const known = table[path];
      if (source !== null) {
        const [program] = programs.findLast(([, one]) => one.source === source)!;
        if (known?.program === program) continue;
        changed = true;
        delete table[path];
        table[path] = { source, program, end: this.programs.get(program)!.end };
      } else if (known && known.end !== null && modified > known.end + LAST_WORDS) {
        // Somebody else writes it now.
        changed = true;
        delete table[path];
      }
    }
    if (!changed) return;
    void this.memory.update(KEY, Object.fromEntries(Object.entries(table).slice(-MOST)));
    this.change.fire();
  }

  private table(): Record<string, Writer> {
    return this.memory.get<Record<string, Writer>>(KEY, {});
  }
}
