import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMeta, STREAM_META, STREAM_TEXT, type StreamMeta } from './meta';

/** All streams of a workspace together (bytes) and their number; the oldest go first. */
export interface StoreLimits {
  readonly bytes: number;
  readonly streams: number;
}

export const usualStoreLimits: StoreLimits = { bytes: 256 << 20, streams: 200 };

/** A stream without metrics and without an end is another window's, or was left by a reload: kept for so long (ms). */
const UNCONFIRMED = 3_600_000;

const CUT =
  '\n[fitcheck: the window was reloaded; what the program printed after that is not given to extensions]\n';

/** A stream that is kept. */
export interface KeptStream {
  /** Path of its text: what the run is called by everywhere. */
  readonly path: string;
  readonly meta: StreamMeta;
}

/** The folder of the streams: one folder each, with the text and what is remembered of it. */
export class StreamStore {
  private made = 0;

  constructor(
    readonly folder: string,
    private readonly limits: StoreLimits = usualStoreLimits,
  ) {}

  /** The path of a new stream's text. */
  place(meta: StreamMeta): string {
    const name = `${new Date(meta.start).toISOString().replace(/[:.]/g, '-')}-${process.pid}-${++this.made}`;
    return join(this.folder, name, STREAM_TEXT);
  }

  /** Makes the place: an empty text, and what is known of it. */
  async create(path: string, meta: StreamMeta): Promise<void> {
    await mkdir(join(path, '..'), { recursive: true });
    await this.remember(path, meta);
    await writeFile(path, '');
  }

  /** Writes what is known of a stream, at once or not at all: others read the file meanwhile. */
  async remember(path: string, meta: StreamMeta): Promise<void> {
    const file = join(path, '..', STREAM_META);
    await writeFile(`${file}.new`, JSON.stringify(meta));
    await rename(`${file}.new`, file);
  }

  /**
   * A stream that nobody follows any more, though its program may go on: its text says so, and its end is when it last grew.
   * @returns what is known of it now
   */
  async cut(path: string, meta: StreamMeta): Promise<StreamMeta> {
    const { mtimeMs } = await stat(path);
    await appendFile(path, CUT);
    const known = { ...meta, end: Math.floor(mtimeMs) };
    await this.remember(path, known);
    return known;
  }

  /** Takes a cut back: another window that was opened on the same streams can't see that this one still follows it. */
  async goOn(path: string, meta: StreamMeta): Promise<void> {
    const text = await readFile(join(path, '..', STREAM_META), 'utf8').catch(() => '');
    if ((parseMeta(text)?.end ?? null) !== null) await this.remember(path, meta);
  }

  async forget(path: string): Promise<void> {
    await rm(join(path, '..'), { recursive: true, force: true });
  }

  /** Every stream that is kept, the newest first. Folders that hold none are passed over. */
  async list(): Promise<KeptStream[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found = await Promise.all(names.map((name) => keptIn(join(this.folder, name))));
    return found.filter((one) => one !== null).sort((a, b) => b.meta.start - a.meta.start);
  }

  /** Deletes the oldest streams beyond the limits, and those without metrics that an earlier life left. @param live those that go on */
  async tidy(live: ReadonlySet<string>): Promise<void> {
    let bytes = 0;
    let streams = 0;
    for (const { path, meta } of await this.list()) {
      bytes += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      streams++;
      if (live.has(path)) continue;
      const abandoned = !meta.confirmed && (meta.end !== null || Date.now() - meta.start > UNCONFIRMED);
      if (abandoned || bytes > this.limits.bytes || streams > this.limits.streams) await this.forget(path);
    }
  }
}

async function keptIn(folder: string): Promise<KeptStream | null> {
  const text = await readFile(join(folder, STREAM_META), 'utf8').catch(() => '');
  const meta = parseMeta(text);
  return meta && { path: join(folder, STREAM_TEXT), meta };
}
