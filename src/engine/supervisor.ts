import { fork, type ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Ending } from './nativeCrash';

/** Waits before the first, second ... restart in a row (ms); the last one repeats. */
const BACK_OFF = [100, 500, 2_000, 10_000, 30_000];
/** An engine that lived this long was well: the next failure counts as the first (ms). */
const HEALTHY = 60_000;

export interface SupervisorEvents {
  /** A new engine process answers; `restarts` is 0 for the first. Set it up before anything else is sent. */
  started(connection: MessageConnection, restarts: number): void;
  /** The engine died, or could not be started (`failure`); it is started again after `retryIn` ms. */
  died(ending: Ending, failure: string | null, retryIn: number): void;
  /** The engine ended because it was asked to, by `restart`; the next one starts at once. */
  ended(): void;
  /** What the engine printed: native libraries write there. */
  output(text: string): void;
}

/** Keeps one engine process alive: starts it, notices its death, starts it again with growing pauses. */
export class Supervisor {
  private child: ChildProcess | null = null;
  private connection: MessageConnection | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;
  private restarts = 0;
  private stopped = false;
  private restarting = false;

  /**
   * @param script path of the bundled engine
   * @param args what it is started with
   */
  constructor(
    private readonly script: string,
    private readonly events: SupervisorEvents,
    private readonly args: readonly string[] = [],
  ) {}

  /** Process id of the running engine, null between two lives. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  start(): void {
    this.timer = null;
    const bornAt = Date.now();
    // Typed arrays and non-finite numbers pass only with the structured-clone serialization.
    const child = fork(this.script, this.args, { serialization: 'advanced', silent: true, execArgv: [] });
    this.child = child;
    child.stdout?.on('data', (text: Buffer) => this.events.output(text.toString()));
    child.stderr?.on('data', (text: Buffer) => this.events.output(text.toString()));
    let ended = false;
    const end = (ending: Ending, failure: string | null): void => {
      if (ended) return;
      ended = true;
      this.connection?.dispose();
      this.connection = null;
      this.child = null;
      if (this.stopped) return;
      if (this.restarting) this.startAnew();
      else this.scheduleRestart(ending, failure, Date.now() - bornAt);
    };
    child.once('error', (error) => end({ code: null, signal: null }, error.message));
    child.once('exit', (code, signal) => end({ code, signal }, null));
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    // Writing to a dying process fails; its exit is what gets handled.
    connection.onError(() => undefined);
    connection.listen();
    this.connection = connection;
    this.events.started(connection, this.restarts);
  }

  /** Ends the engine for good. */
  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    this.connection?.dispose();
    this.child?.kill();
  }

  /** Ends the engine and starts it again without a pause; one that is waiting for its restart starts now. */
  restart(): void {
    if (this.stopped) return;
    this.failures = 0;
    if (this.child) {
      this.restarting = true;
      this.child.kill('SIGKILL');
    } else if (this.timer) {
      clearTimeout(this.timer);
      this.start();
    }
  }

  private startAnew(): void {
    this.restarting = false;
    this.restarts++;
    this.events.ended();
    this.start();
  }

  private scheduleRestart(ending: Ending, failure: string | null, lived: number): void {
    this.failures = lived > HEALTHY ? 0 : this.failures;
    const wait = BACK_OFF[Math.min(this.failures, BACK_OFF.length - 1)]!;
    this.failures++;
    this.restarts++;
    this.events.died(ending, failure, wait);
    this.timer = setTimeout(() => this.start(), wait);
  }
}
