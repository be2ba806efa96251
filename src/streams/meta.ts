/** What is remembered of a stream, beside its text. */
import * as l10n from '@vscode/l10n';
export interface StreamMeta {
  readonly version: 1;
  readonly source: StreamSource;
  /** The command line, launch configuration or cell, for people: one line. */
  readonly label: string;
  readonly cwd: string | null;
  /** ms since 1970. */
  readonly start: number;
  /** Null while it goes on, and where the end was not seen. */
  readonly end: number | null;
  readonly exitCode: number | null;
  /** How it ended; null where that is not known. */
  readonly how: StreamEnd | null;
  /** Metrics were found in it. */
  readonly confirmed: boolean;
  /** The script that it came from, null where none was found. */
  readonly script: string | null;
  readonly configs: readonly string[];
  /** The words after the script, without secrets; none where the source has no command line. */
  readonly arguments?: readonly string[];
  /** Of a notebook's cell: the notebook's URI, and the cell's. */
  readonly notebook?: { readonly uri: string; readonly cell: string };
}

export type StreamSource = 'terminal' | 'debug' | 'notebook';
export type StreamEnd = 'finished' | 'stopped' | 'crashed';

/** Names of the two files in a stream's folder. */
export const STREAM_TEXT = 'output.log';
export const STREAM_META = 'stream.json';

/** Exit codes of a program that was asked to stop: Ctrl-C (as bash and as Windows tell it), SIGTERM. */
const STOPPED = new Set([130, 143, -1073741510, 3221225786]);

/** How a training ended that left this exit code; null where there is none. */
export function endOf(exitCode: number | undefined): StreamEnd | null {
  if (exitCode === undefined) return null;
  if (exitCode === 0) return 'finished';
  return STOPPED.has(exitCode) ? 'stopped' : 'crashed';
}

/** What a run is called: `python train.py · terminal`. */
export function titleOf({ label, source }: Pick<StreamMeta, 'label' | 'source'>): string {
  return `${label} · ${sourceWord(source)}`;
}

/** Where a training was started, in a word. */
export function sourceWord(source: StreamSource): string {
  const sources: Readonly<Record<StreamSource, string>> = {
    terminal: l10n.t('terminal'),
    debug: l10n.t('debug'),
    notebook: l10n.t('notebook'),
  };
  return sources[source];
}

/** The meta of a stream as its file holds it; null for anything else. */
export function parseMeta(text: string): StreamMeta | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { version, source, label, cwd, start, end, exitCode, how, confirmed, script, configs, notebook } =
    value as Record<string, unknown>;
  if (version !== 1 || typeof label !== 'string' || typeof start !== 'number') return null;
  // No date is so far away; to write it as one would throw.
  if (Number.isNaN(new Date(start).getTime())) return null;
  if (source !== 'terminal' && source !== 'debug' && source !== 'notebook') return null;
  const given = (value as Record<string, unknown>).arguments;
  const place = notebook as { uri?: unknown; cell?: unknown } | null | undefined;
  return {
    version,
    source,
    label,
    cwd: textOrNull(cwd),
    start,
    end: typeof end === 'number' ? end : null,
    exitCode: typeof exitCode === 'number' ? exitCode : null,
    how: how === 'finished' || how === 'stopped' || how === 'crashed' ? how : null,
    confirmed: confirmed === true,
    script: textOrNull(script),
    configs: textsIn(configs),
    ...(Array.isArray(given) && { arguments: textsIn(given) }),
    ...(typeof place?.uri === 'string' &&
      typeof place.cell === 'string' && { notebook: { uri: place.uri, cell: place.cell } }),
  };
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
