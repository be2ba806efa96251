import { setTimeout as pause } from 'node:timers/promises';
import { isTraining } from '../../runs/streamRuns';
import type { StreamEnd, StreamMeta } from '../../streams/meta';
import { withoutSecrets } from '../../streams/secrets';
import type { StreamStore } from '../../streams/streamStore';
import { StreamWriter } from '../../streams/streamWriter';
import type { EngineService } from '../engineService';

/** Where a stream comes from. */
export type StreamOrigin = Pick<
  StreamMeta,
  'source' | 'label' | 'cwd' | 'script' | 'configs' | 'arguments' | 'notebook'
>;

export interface StreamServices {
  store: StreamStore;
  engine: EngineService;
  /** Null when it was forgotten. */
  changed(path: string, meta: StreamMeta | null): void;
  over(path: string): void;
  warn(message: string): void;
}

/** How a stream ended, as far as its source knows. */
export interface StreamEnding {
  readonly how: StreamEnd | null;
  readonly exitCode?: number | null;
}

/** The engine reads on within a second; a stream without metrics by then is none (ms, times). */
const PAUSE = 200;
const TRIES = 25;
/** What another window may have made of a stream that goes on is looked at this often (ms). */
const LOOK = 5_000;

/**
 * The output of one program while it comes: written to its file, followed by the engine, confirmed when metrics are found in it,
 * deleted when it ends without.
 */
export class LiveStream {
  readonly path: string;
  private meta: StreamMeta;
  private readonly writer: StreamWriter;
  private followed: Promise<string> | null = null;
  private remembering: Promise<unknown>;
  private ended = false;
  private looked = 0;

  constructor(
    origin: StreamOrigin,
    private readonly services: StreamServices,
  ) {
    this.meta = {
      version: 1,
      ...origin,
      ...(origin.arguments && { arguments: withoutSecrets(origin.arguments) }),
      start: Date.now(),
      end: null,
      exitCode: null,
      how: null,
      confirmed: false,
    };
    this.path = services.store.place(this.meta);
    const made = services.store.create(this.path, this.meta);
    this.remembering = made.catch((error: unknown) =>
      services.warn(`${this.meta.label} can't be kept: ${String(error)}`),
    );
    this.writer = new StreamWriter(this.path, made);
    services.changed(this.path, this.meta);
  }

  /** Takes the next output; returns at once. */
  push(text: string): void {
    this.writer.push(text);
    if (Date.now() - this.looked > LOOK) this.claim();
    // Programs that print nothing never start the engine.
    if (this.followed) return;
    this.followed = this.follow();
    // Whoever waits for it hears of a failure.
    this.followed.catch(() => undefined);
  }

  /** Metrics were found. */
  confirm(): void {
    if (!this.meta.confirmed) this.update({ confirmed: true });
  }

  update(facts: Partial<StreamMeta>): void {
    this.meta = { ...this.meta, ...facts };
    this.services.changed(this.path, this.meta);
    const { meta } = this;
    this.remembering = this.remembering
      .then(() => this.services.store.remember(this.path, meta))
      .catch((error: unknown) => this.services.warn(`${meta.label}: ${String(error)}`));
  }

  /** More of it comes: no other window may take it for abandoned. */
  private claim(): void {
    const { meta, path, services } = this;
    this.looked = Date.now();
    this.remembering = this.remembering
      .then(() => services.store.goOn(path, meta))
      .catch((error: unknown) => services.warn(`${meta.label}: ${String(error)}`));
  }

  async flush(): Promise<void> {
    await this.writer.flush();
    await this.remembering;
  }

  /** There is no more: what is known of the end is told to the run, and a stream without metrics is deleted. */
  async end({ how, exitCode = null }: StreamEnding): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const { services, path } = this;
    await this.writer.end().catch((error: unknown) => services.warn(`${this.meta.label}: ${String(error)}`));
    this.update({ end: Date.now(), how, exitCode });
    await this.remembering;
    const training = this.meta.confirmed || (await this.readToItsEnd());
    if (training) this.confirm();
    await this.unfollow();
    await this.remembering;
    services.over(path);
    if (training) return;
    await services.store.forget(path);
    services.changed(path, null);
  }

  private async follow(): Promise<string> {
    await this.remembering;
    return this.services.engine.follow(this.path);
  }

  /** Waits until the engine has read all of it. @returns whether it is a training */
  private async readToItsEnd(): Promise<boolean> {
    const id = await this.followed?.catch(() => null);
    if (!id) return false;
    for (let tries = 0; tries < TRIES; tries++) {
      const { series, context } = await this.services.engine.snapshot(id, 2);
      // With these facts all points are read that come before them.
      if ('duration' in context)
        return isTraining(series.map(({ direction, total }) => ({ direction, points: total })));
      await pause(PAUSE);
    }
    return false;
  }

  private async unfollow(): Promise<void> {
    const id = await this.followed?.catch(() => null);
    if (!id) return;
    // The last verdict is told to all who list the run before nobody follows it any more.
    if (this.meta.confirmed) await pause(TRIES * PAUSE);
    await this.services.engine.unfollow(id).catch(() => undefined);
  }
}
