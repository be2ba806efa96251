import { fork, type ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';

/** Waits before the first, second ... restart in a row (ms); the last one repeats. */
const BACK_OFF = [100, 500, 2_000, 10_000, 30_000];
/** An engine that lived this long was well: the next failure counts as the first (ms). */
const HEALTHY = 60_000;

export interface SupervisorEvents {
  /** A new engine process answers; `restarts` is 0 for the first. Set it up before anything else is sent. */
  started(connection: MessageConnection, restarts: number): void;
  /** The engine died; it is started again after `retryIn` ms. */
  died(how: string, retryIn: number): void;
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

  /** @param script path of the bundled engine */
  constructor(
    private readonly script: string,
    private readonly events: SupervisorEvents,
  ) {}

  /** Process id of the running engine, null between two lives. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  start(): void {
    const bornAt = Date.now();
    // Typed arrays and non-finite numbers pass only with the structured-clone serialization.
    const child = fork(this.script, [], { serialization: 'advanced', silent: true, execArgv: [] });
    this.child = child;
    child.stdout?.on('data', (text: Buffer) => this.events.output(text.toString()));
    child.stderr?.on('data', (text: Buffer) => this.events.output(text.toString()));
    let ended = false;
    const end = (how: string): void => {
      if (ended) return;
      ended = true;
      this.connection?.dispose();
      this.connection = null;
      this.child = null;
      if (!this.stopped) this.scheduleRestart(how, Date.now() - bornAt);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
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

  private scheduleRestart(how: string, lived: number): void {
    this.failures = lived > HEALTHY ? 0 : this.failures;
    const wait = BACK_OFF[Math.min(this.failures, BACK_OFF.length - 1)]!;
    this.failures++;
    this.restarts++;
    this.events.died(how, wait);
    this.timer = setTimeout(() => this.start(), wait);
  }
}
