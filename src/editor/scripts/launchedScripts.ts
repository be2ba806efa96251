import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Span } from '../../ledger/record';
import type { RunSummary } from '../../protocol';
import { LAST_WORDS, writerOf, type Started } from '../../streams/writer';
import type { EngineService } from '../engineService';
import type { ProgramEnd } from '../programEnd';
import type { Streams } from '../streams/streams';

/** Key in the workspace's memory: which script wrote a log, by the log's path, newest last. */
const KEY = 'fitcheck.writers';
const MOST = 500;
/** A log is found within this time after it was written, as a rule (ms): so long a program is remembered after its end. */
const FOUND = 60_000;
/**
 * The logs of one training are written together, those of a program's trainings one after another (ms): with which of them a program
 * failed, the last words tell.
 */
const TOGETHER = 10_000;

interface Program extends Started, ProgramEnd {
  /** Path of its stream. */
  readonly path: string;
}

/** As it is remembered. */
interface Writer extends ProgramEnd {
  readonly source: string;
  /** Path of the program's stream. */
  readonly program: string;
  /** When the program started, ms since 1970. */
  readonly start: number;
  /** When the program ended, ms since 1970; null while it goes on, and where its end was not seen. */
  readonly end: number | null;
}

/** Knows of logs that a program has written which was started in the editor, and what script that was. */
export class LaunchedScripts implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChange = this.change.event;
  /** Programs that go on or ended a moment ago, by the path of their stream. */
  private readonly programs = new Map<string, Program>();
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly memory: vscode.Memento,
    private readonly streams: Pick<Streams, 'live' | 'onDidChange' | 'metaOf'>,
    private readonly engine: Pick<EngineService, 'runs' | 'onRunsChange' | 'refresh' | 'heedAnew'>,
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

  /** Path of the output of the program that wrote this log; null where that was not seen. */
  outputOf(path: string): string | null {
    return this.table()[path]?.program ?? null;
  }

  /** From when to when the program went, or goes, that wrote this log; undefined where that was not seen. */
  spanOf(path: string): Span | undefined {
    return this.table()[path];
  }

  /** How the program ended that wrote this log; null while it goes on, and where somebody else goes on with the log. */
  endOf({ path, modified }: Pick<RunSummary, 'path' | 'modified'>): ProgramEnd | null {
    const table = this.table();
    const writer = table[path];
    if (!writer || writer.end === null || modified > writer.end + LAST_WORDS) return null;
    const { program, how, exitCode } = writer;
    const isLast = this.engine.runs.every(
      (other) => table[other.path]?.program !== program || other.modified <= modified + TOGETHER,
    );
    return how === 'finished' || isLast ? { how, exitCode } : { how: null, exitCode: null };
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private hear(): void {
    const live = this.streams.live;
    for (const [path, program] of this.programs) {
      const end = live.has(path) ? (live.get(path)?.end ?? null) : Date.now();
      const { how = null, exitCode = null } = this.streams.metaOf(path) ?? {};
      if (program.end === null && end !== null) this.end({ ...program, end, how, exitCode });
    }
    for (const [path, { start, end, how, exitCode, cwd, script, notebook }] of live) {
      const busy = this.programs.get(path)?.busy ?? this.busy();
      const source = notebook?.uri ?? (script === null ? null : vscode.Uri.file(script).toString());
      const folders = [cwd, script === null ? null : dirname(script)].filter((one) => one !== null);
      this.programs.set(path, { path, source, folders, start, end, how, exitCode, busy });
    }
    this.match(this.engine.runs);
  }

  private end(program: Program): void {
    const { path, end, how, exitCode } = program;
    this.programs.set(path, program);
    const writers = Object.entries(this.table());
    if (!writers.some(([, writer]) => writer.program === path)) return;
    const told = writers.map(([log, writer]) => [
      log,
      writer.program === path ? { ...writer, end, how, exitCode } : writer,
    ]);
    void this.memory.update(KEY, Object.fromEntries(told));
    this.engine.heedAnew();
    // Of a log that nobody follows its last lines are not read yet.
    this.engine.refresh().catch(() => undefined);
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
    const programs = [...this.programs.values()];
    for (const { path, modified } of runs) {
      if (this.streams.metaOf(path)) continue;
      const writer = writerOf({ path, modified }, programs);
      const known = table[path];
      if (writer !== null) {
        if (known?.program === writer.path) continue;
        changed = true;
        delete table[path];
        const { source, path: program, start, end, how, exitCode } = writer;
        table[path] = { source: source!, program, start, end, how, exitCode };
      } else if (known && known.end !== null && modified > known.end + LAST_WORDS) {
        // Somebody else writes it now.
        changed = true;
        delete table[path];
      }
    }
    if (!changed) return;
    void this.memory.update(KEY, Object.fromEntries(Object.entries(table).slice(-MOST)));
    // Not within what tells of the runs: those who hear of it later would be told the older state last.
    queueMicrotask(() => this.engine.heedAnew());
    this.change.fire();
  }

  private table(): Record<string, Writer> {
    return this.memory.get<Record<string, Writer>>(KEY, {});
  }
}
