import * as l10n from '@vscode/l10n';
import { constants, gunzipSync } from 'node:zlib';
import { Gunzip } from 'fflate';
import { UNKNOWN, type LogFormat, type LogParser, type PointSink, type Sample } from './format';

/** Compressed bytes that are unpacked at a time: a few kilobytes can unpack to a thousand times as many. */
const SLICE = 16 * 1024;
/** Logs shrink to a fiftieth at best. What unpacks to more than this, beyond the first megabytes, is no log. */
const LARGEST_RATIO = 200;
const ALWAYS_READ = 64 * 1024 * 1024;
/** Unpacked bytes that recognition looks at. */
const HEAD = 192 * 1024;

/** Whether the file is compressed with gzip (deflate, the only method there is). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** The sample of what is in a compressed file; its end is not known. Empty where nothing can be unpacked. */
export function unpackedSample({ path, head, size }: Sample): Sample {
  const inner = unpackedHead(head.subarray(0, HEAD));
  const whole = size <= head.length && inner.length < HEAD;
  return {
    path: path.replace(/\.gz$/i, ''),
    head: inner.subarray(0, HEAD),
    tail: new Uint8Array(0),
    size: whole ? inner.length : Math.max(inner.length, HEAD) + 1,
  };
}

function unpackedHead(head: Uint8Array): Uint8Array {
  const slice = head.subarray(0, SLICE);
  try {
    return gunzipSync(slice, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}

const packed = new Map<LogFormat, LogFormat>();

/** The format whose files are `format`'s, compressed: always the same object for the same format. */
export function gzipped(format: LogFormat): LogFormat {
  const known = packed.get(format);
  if (known) return known;
  const made = {
    ...format,
    createParser: (sink: PointSink) => new GzipParser(format.createParser(sink), sink),
  };
  packed.set(format, made);
  return made;
}

/** Unpacks and passes on. What is not whole yet waits in the unpacker, so that the file may still be written. */
class GzipParser implements LogParser {
  private readonly gunzip: Gunzip;
  private broken = false;
  private read = 0;
  private unpacked = 0;

  constructor(
    private readonly inner: LogParser,
    private readonly sink: PointSink,
  ) {
    this.gunzip = new Gunzip((chunk) => {
      this.unpacked += chunk.length;
      this.inner.push(chunk);
    });
  }

  get pending(): boolean {
    return this.inner.pending;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.broken; at += SLICE) {
      const slice = chunk.slice(at, at + SLICE);
      this.read += slice.length;
      try {
        this.gunzip.push(slice);
      } catch (error) {
        this.stop(
          l10n.t(
            "can't be unpacked any further: {0}",
            error instanceof Error ? error.message : String(error),
          ),
        );
      }
      if (this.unpacked > Math.max(ALWAYS_READ, LARGEST_RATIO * this.read))
        this.stop(l10n.t('unpacks to more than {0} times its size; the rest is not read', LARGEST_RATIO));
    }
  }

  private stop(reason: string): void {
    this.broken = true;
    this.sink.skip(UNKNOWN, reason);
  }

  end(): void {
    this.inner.end();
  }
}
