import * as l10n from '@vscode/l10n';
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import type { EngineOptions, EngineRequests, FromEngine } from '../protocol';
import { engineEvent, requests } from './connection';
import { endingText, NativeGuard, type Ending } from './nativeCrash';
import { Supervisor } from './supervisor';

/** A request that was under way at this many deaths is taken to be their cause. */
const MAX_DEATHS = 3;

/** What the host wants to hear. */
export interface ClientEvents {
  event(event: FromEngine): void;
  /**
   * The engine died and comes back by itself; `first` is true once per session, for the one notice. It is false where
   * `movedToWasm` says it all.
   */
  restarting(how: string, first: boolean): void;
  /** Native code crashed the engine: it goes on with wasm until the backend is chosen anew, or `restart` is called. */
  movedToWasm(crash: string): void;
  /** The engine is back and reads its files again: ask for snapshots. */
  restarted(): void;
  output(text: string): void;
}

/**
 * The engine as the host sees it: typed requests that survive its death. What was configured and followed is
 * configured and followed again in a new process; a request under way when it dies is sent again.
 */
export class EngineClient {
  private readonly supervisor: Supervisor;
  private connection: MessageConnection | null = null;
  private options: EngineOptions | null = null;
  private readonly native = new NativeGuard();
  private readonly followed = new Map<string, { path: string; format?: string | undefined; count: number }>();
  private waiting: (() => void)[] = [];
  private noticed = false;
  private disposed = false;
  /** Which engine process this is; an answer of an earlier one counts no more. */
  private life = 0;

  /** @param translations path of the strings in the user's language; null leaves what the engine says in English */
  constructor(
    script: string,
    private readonly events: ClientEvents,
    translations: string | null = null,
  ) {
    const heard = {
      started: (connection: MessageConnection, restarts: number) => void this.setUp(connection, restarts),
      died: (ending: Ending, failure: string | null) => this.onDeath(ending, failure),
      ended: () => this.lose(),
      output: (text: string) => events.output(text),
    };
    this.supervisor = new Supervisor(script, heard, translations === null ? [] : [translations]);
  }

  get pid(): number | null {
    return this.supervisor.pid;
  }

  start(options: EngineOptions): void {
    this.options = options;
    this.supervisor.start();
  }

  async configure(options: EngineOptions): Promise<void> {
    const before = this.options;
    if (before?.backend !== options.backend || before.tfjsNodePath !== options.tfjsNodePath) {
      this.native.forget();
    }
    this.options = options;
    const connection = await this.connected();
    try {
      await connection.sendRequest(requests.configure, this.native.effective(this.options));
    } catch (error) {
      // A dead engine's successor was configured when it was set up, by what held then.
      if (this.disposed || connection === this.connection) throw error;
    }
  }

  /** A new process, in which native code gets another try. What was followed is followed again. */
  restart(options: EngineOptions): void {
    this.options = options;
    this.native.forget();
    this.supervisor.restart();
  }

  runs(refresh: boolean): Promise<EngineRequests['runs']['result']> {
    return this.request('runs', { refresh });
  }

  /**
   * Follows the run at a path.
   * @param format id of the format that it is to be read as; else it is recognised
   * @param token takes it back while it is still being read
   * @throws Error whose message says what is wrong with the file and what to do
   */
  async follow(path: string, format?: string, token?: CancellationToken): Promise<string> {
    const { id } = await this.request('follow', { path, format }, token);
    const known = this.followed.get(id);
    this.followed.set(id, { path, format, count: (known?.count ?? 0) + 1 });
    return id;
  }

  /** @returns whether nobody follows it any more */
  async unfollow(id: string): Promise<boolean> {
    const known = this.followed.get(id);
    if (!known) return true;
    const last = --known.count === 0;
    if (last) this.followed.delete(id);
    // An engine that is not there follows only what is left when it comes back.
    await this.connection?.sendRequest(requests.unfollow, { id });
    return last;
  }

  snapshot(id: string, maxPoints: number): Promise<EngineRequests['snapshot']['result']> {
    return this.request('snapshot', { id, maxPoints });
  }

  /** A part of some curves of a followed run, at most 4 points a pixel column. */
  detail(params: EngineRequests['detail']['params']): Promise<EngineRequests['detail']['result']> {
    return this.request('detail', params);
  }

  /** Every point of a metric in followed runs as a CSV file. @throws Error when it would be too long */
  async csv(params: EngineRequests['csv']['params']): Promise<Uint8Array> {
    return (await this.request('csv', params)).bytes;
  }

  dispose(): void {
    this.disposed = true;
    this.supervisor.stop();
    this.release();
  }

  private async request<M extends keyof EngineRequests>(
    method: M,
    params: EngineRequests[M]['params'],
    token?: CancellationToken,
  ): Promise<EngineRequests[M]['result']> {
    for (let deaths = 0; ; deaths++) {
      const connection = await this.connected();
      try {
        return await connection.sendRequest(requests[method] as never, params as never, token as never);
      } catch (error) {
        if (this.disposed || connection === this.connection) throw error;
        // The engine died under the request: ask the new one, unless this is what kills it.
        if (deaths >= MAX_DEATHS) {
          throw new Error(
            l10n.t(
              'the analyzer stops each time it is asked this ({0})',
              `${method} ${JSON.stringify(params)}`,
            ),
          );
        }
      }
    }
  }

  private async connected(): Promise<MessageConnection> {
    while (!this.connection) {
      if (this.disposed) throw new Error('the engine was stopped');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.connection;
  }

  private async setUp(connection: MessageConnection, restarts: number): Promise<void> {
    const life = ++this.life;
    this.native.born();
    connection.onNotification(engineEvent, (event) => {
      this.native.hear(event);
      this.events.event(event);
    });
    const { options } = this;
    if (options) {
      const effective = this.native.effective(options);
      await this.restore(() => connection.sendRequest(requests.configure, effective));
    }
    const again = [...this.followed].map(([id, known]) => ({ id, ...known }));
    for (const { path, format, count } of again) {
      for (let i = 0; i < count; i++)
        await this.restore(() => connection.sendRequest(requests.follow, { path, format }));
    }
    // It may have died meanwhile: its successor sets itself up.
    if (life !== this.life) return;
    this.connection = connection;
    this.release();
    // Who left while it was read again had nobody to tell it to.
    for (const { id, count } of again) {
      for (let left = count - (this.followed.get(id)?.count ?? 0); left > 0; left--)
        void this.restore(() => connection.sendRequest(requests.unfollow, { id }));
    }
    if (restarts > 0) this.events.restarted();
  }

  /** A followed file may be gone by now, and everything else goes on; a dead connection is the supervisor's. */
  private async restore(send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      this.events.output(error instanceof Error ? error.message : String(error));
    }
  }

  private onDeath(ending: Ending, failure: string | null): void {
    this.lose();
    const crash = this.native.ended(ending, this.options);
    this.events.restarting(failure ?? endingText(ending), !this.noticed && crash === null);
    if (crash === null) this.noticed = true;
    else this.events.movedToWasm(crash);
  }

  private lose(): void {
    this.life++;
    this.connection = null;
  }

  private release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
