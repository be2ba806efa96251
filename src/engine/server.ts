import * as l10n from '@vscode/l10n';
import { ResponseError, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc';
import type { ClassifierOptions } from '../analysis/classifier';
import { checkedFormats } from '../formats/customCheck';
import { useOwnNames } from '../formats/metricName';
import { ownNames } from '../formats/ownNames';
import { useOwnFormats } from '../formats/registry';
import type { EngineOptions, EngineRequests, FromEngine } from '../protocol';
import { discoverRuns } from '../runs/discovery';
import { HumanError } from '../runs/humanError';
import { runId } from '../runs/runBuilder';
import { readAs } from '../runs/source';
import { modelFolder } from './assets';
import { Assessor } from './assessor';
import { requests, tell } from './connection';
import { csvOf } from './csv';
import { RunList } from './runList';
import { Session } from './session';

/** Of a run that is smaller it is not told how far it is read: it is soon there (bytes). */
const LARGE = 32 << 20;
/** Between two messages of how far a run is read (ms). */
const READING_GAP = 250;

/** Answers the host: keeps the followed runs, the list of all runs and the analyzer. */
export class EngineServer {
  private options: EngineOptions = { backend: 'auto', tfjsNodePath: null, roots: [] };
  private assessor: Assessor;
  private list: RunList;
  private readonly sessions = new Map<string, Session>();
  /** The user's formats and names are in use; nothing is read before. */
  private own: Promise<void> = Promise.resolve();

  constructor(private readonly connection: MessageConnection) {
    this.assessor = this.newAssessor();
    this.list = this.newList();
    connection.onRequest(requests.configure, (options) => this.configure(options));
    connection.onRequest(requests.runs, async ({ refresh }) => {
      await this.own;
      if (refresh || this.list.summaries.length === 0) await this.list.refresh();
      return this.list.summaries;
    });
    connection.onRequest(requests.follow, ({ path, format }, token) =>
      inWords(() => this.follow(path, format ?? null, token)),
    );
    connection.onRequest(requests.unfollow, ({ id }) => this.unfollow(id));
    connection.onRequest(requests.snapshot, ({ id, maxPoints }) =>
      inWords(() => this.session(id).snapshot(maxPoints)),
    );
    connection.onRequest(requests.detail, ({ id, part }) => inWords(() => this.session(id).detail(part)));
    connection.onRequest(requests.csv, (params) => inWords(() => this.csv(params)));
  }

  private configure(options: EngineOptions): null {
    const before = this.options;
    this.options = options;
    this.own = this.useOwn(options);
    if (before.backend !== options.backend || before.tfjsNodePath !== options.tfjsNodePath) {
      void this.assessor.dispose();
      this.assessor = this.newAssessor();
    }
    this.list.stop();
    const list = this.newList();
    for (const { stream, summary } of this.sessions.values())
      if (stream !== 'unconfirmed') list.update(summary);
    this.list = list;
    void this.own.then(() => list.refresh());
    return null;
  }

  /** What the user says of formats and metrics; what can't be understood is told. */
  private async useOwn(options: EngineOptions): Promise<void> {
    const { formats, problems } = await checkedFormats(options.formats);
    const names = ownNames(options.names);
    useOwnFormats(formats);
    useOwnNames(names.known);
    for (const message of [...problems, ...names.problems])
      void tell(this.connection, { type: 'notice', message });
  }

  private async follow(
    path: string,
    format: string | null,
    token: CancellationToken,
  ): Promise<{ id: string }> {
    await this.own;
    const [source = null] = this.list.find(path) ? [this.list.find(path)!] : await discoverRuns(path);
    if (source === null) {
      throw new HumanError(
        l10n.t('{0}: no training log found in this folder; open the log file itself', path),
        path,
      );
    }
    const id = runId(source.path);
    const known = this.sessions.get(id);
    if (known && known.format === format) {
      known.followers++;
      await this.read(known, path, token);
      return { id };
    }
    // Another format for the same run: all who follow it get it read anew.
    known?.stop();
    const session = new Session(readAs(source, format), {
      assess: (run) => this.assessor.assess(run),
      emit: (event) => this.emit(event),
      roots: () => this.options.roots,
    });
    session.format = format;
    session.followers = 1 + (known?.followers ?? 0);
    this.sessions.set(id, session);
    await this.read(session, path, token);
    if (known) this.emit({ type: 'reset', id });
    return { id };
  }

  /**
   * Waits until a session has read its run, and tells meanwhile how far it is. Who takes the request back does not follow it, and is
   * answered at once, though others may go on waiting.
   */
  private async read(session: Session, path: string, token: CancellationToken): Promise<void> {
    const telling = setInterval(() => {
      const { done, size } = session.progress;
      if (size >= LARGE) void tell(this.connection, { type: 'reading', path, done, size });
    }, READING_GAP);
    let leaving = { dispose: (): void => undefined };
    const takenBack = new Promise<void>((resolve) => {
      leaving = token.onCancellationRequested(() => resolve());
    });
    try {
      await Promise.race([session.start(), takenBack]);
    } catch (error) {
      if (!token.isCancellationRequested) {
        // What can't be read is followed by nobody.
        this.drop(session);
        throw error;
      }
    } finally {
      clearInterval(telling);
      leaving.dispose();
    }
    if (!token.isCancellationRequested) return;
    this.leave(session);
    throw new HumanError(l10n.t('{0}: the reading was stopped; open it again to read it', path), path);
  }

  private async csv({
    ids,
    metric,
    maxBytes,
  }: EngineRequests['csv']['params']): Promise<{ bytes: Uint8Array }> {
    const runs = await Promise.all(ids.map((id) => this.session(id).whole()));
    return { bytes: new TextEncoder().encode(csvOf(runs, metric, maxBytes)) };
  }

  private unfollow(id: string): null {
    const session = this.sessions.get(id);
    if (session) this.leave(session);
    return null;
  }

  private leave(session: Session): void {
    if (--session.followers > 0) return;
    session.stop();
    this.drop(session);
  }

  private drop(session: Session): void {
    const id = runId(session.source.path);
    if (this.sessions.get(id) === session) this.sessions.delete(id);
  }

  private session(id: string): Session {
    const session = this.sessions.get(id);
    if (!session) throw new HumanError(l10n.t('run {0} is not followed any more; open it again', id));
    return session;
  }

  private emit(event: FromEngine): void {
    if (event.type === 'assessed' || event.type === 'append') {
      const session = this.sessions.get(event.id);
      const stream = session?.stream;
      // The output of any program is followed; nobody hears of it before it is a training.
      if (stream === 'unconfirmed') return;
      this.list.update(event.summary);
      if (session && stream === 'training') this.list.adopt(session.source);
    }
    void tell(this.connection, event);
  }

  private newAssessor(): Assessor {
    const { backend, tfjsNodePath } = this.options;
    const options: ClassifierOptions = { backend, modelDir: modelFolder() };
    if (tfjsNodePath !== null) options.tfjsNodePath = tfjsNodePath;
    return new Assessor(options, {
      warn: (message) => this.warn(message),
      // Waits until it is on its way: the process may not live to send anything else.
      loading: () => tell(this.connection, { type: 'loadingBackend' }),
      loaded: (classifier) => {
        const passedOver = [...(classifier?.passedOver ?? [])];
        void tell(this.connection, { type: 'backend', info: classifier?.info ?? null, passedOver });
      },
    });
  }

  private newList(): RunList {
    return new RunList(this.options.roots, {
      assess: (run) => this.assessor.assess(run),
      isFollowed: (path) => this.sessions.has(runId(path)),
      readAs: this.options.readAs ?? {},
      onChange: (runs) => void tell(this.connection, { type: 'runs', runs }),
      warn: (message) => this.warn(message),
    });
  }

  private warn(message: string): void {
    void tell(this.connection, { type: 'log', level: 'warn', message });
  }
}

/** An error for people goes to the host word for word; anything else keeps the wrapping that tells it is a bug. */
async function inWords<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HumanError) throw new ResponseError(1, error.message, error.path);
    throw error;
  }
}
