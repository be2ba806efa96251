import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PointSink } from '../formats/format';
import {
  parseMeta,
  STREAM_META,
  STREAM_TEXT,
  titleOf,
  type StreamMeta,
  type StreamSource,
} from '../streams/meta';
import type { RunSource } from './source';

/** Points that make a curve: one number is a result, and no training. */
const CURVE = 2;

/** A run that is read from a kept stream knows what it is called and how it ended; any other source stays as it is. */
export async function asStream(source: RunSource): Promise<{ source: RunSource; meta: StreamMeta | null }> {
  const file = join(dirname(source.path), STREAM_META);
  const meta =
    basename(source.path) === STREAM_TEXT ? parseMeta(await readFile(file, 'utf8').catch(() => '')) : null;
  if (!meta) return { source, meta };
  const facts = [{ path: file, kind: 'stream' }] as const;
  return { source: { ...source, title: titleOf(meta), started: meta.start, facts }, meta };
}

/** The runs of a search; streams in which no metrics were found (yet) are no runs. */
export async function withStreams(sources: readonly RunSource[]): Promise<RunSource[]> {
  const found = await Promise.all(sources.map(asStream));
  return found.filter(({ meta }) => meta === null || meta.confirmed).map(({ source }) => source);
}

/** Whether what was read of a stream is a training: a metric that has a good direction, more than once. */
export function isTraining(curves: readonly { direction: string; points: number }[]): boolean {
  return curves.some(({ direction, points }) => direction !== 'none' && points >= CURVE);
}

/** Tells a run what is known of the stream that it is read from. */
export function tellStream(sink: Pick<PointSink, 'context' | 'ended'>, meta: StreamMeta): void {
  sink.context('command', meta.label);
  if (meta.end !== null) sink.context('duration', `${Math.round((meta.end - meta.start) / 1_000)} s`);
  if (meta.how === null) return;
  sink.ended(meta.how, reasonOf(meta), Number.NaN);
}

function reasonOf({ exitCode, source }: StreamMeta): string {
  if (exitCode !== null) return l10n.t('exit code {0}', exitCode);
  const words: Readonly<Record<StreamSource, string>> = {
    terminal: l10n.t('the terminal says so'),
    debug: l10n.t('the debugger says so'),
    notebook: l10n.t('the notebook says so'),
  };
  return words[source];
}
