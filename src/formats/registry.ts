import * as l10n from '@vscode/l10n';
import { translated } from '../translated';
import { allennlpEpoch } from './allennlpEpoch';
import { csv } from './csv';
import { customFormat, type CustomFormat } from './custom';
import type { LogFormat, PointSink, Recognition, Sample } from './format';
import { gzipped, isGzip, unpackedSample } from './gzip';
import { hfTrainerState } from './hfTrainerState';
import { jsonHistory } from './jsonHistory';
import { jsonl } from './jsonl';
import { kaldi } from './kaldi';
import { mlflowDatabase } from './mlflowDatabase';
import { mlflowMetric } from './mlflowMetric';
import { monitorCsv } from './monitorCsv';
import { text } from './text';
import { tfevents } from './tfevents';
import { wandb } from './wandb';

/** Every format that is read, the surest to recognise first. */
export const formats: readonly LogFormat[] = [
  tfevents,
  wandb,
  mlflowMetric,
  mlflowDatabase,
  hfTrainerState,
  allennlpEpoch,
  monitorCsv,
  kaldi,
  jsonl,
  jsonHistory,
  csv,
  text,
];

/** Formats that the user described for this process; they come before all others. */
let own: readonly LogFormat[] = [];

/**
 * Takes the user's own formats, in place of those before.
 * @throws SyntaxError when an expression is none; `checkedFormats` says so in words
 */
export function useOwnFormats(described: readonly CustomFormat[]): void {
  own = described.map(customFormat);
}

/** What one format thought of a sample. */
export interface Tried {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

/** The outcome of {@link recogniseFormat}; `tried` says of every format why, or why not. */
export type Recognised =
  | { readonly format: LogFormat; readonly recognition: Recognition; readonly tried: readonly Tried[] }
  | { readonly format: null; readonly tried: readonly Tried[] };

const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';
/** Formats that are this close in confidence are told apart by what they read from the sample. */
const CLOSE = 0.1;
const HEAD = 192 * 1024;
const TAIL = 64 * 1024;

/** Finds the format of a file, compressed with gzip or not. Never throws, whatever the bytes are. */
export function recogniseFormat(sample: Sample): Recognised {
  if (!isGzip(sample.head)) return recogniseUnpacked(sample);
  const found = recogniseUnpacked(unpackedSample(sample));
  return found.format ? { ...found, format: gzipped(found.format) } : found;
}

function recogniseUnpacked(sample: Sample): Recognised {
  if (startsWith(sample.head, LFS_POINTER)) {
    const why = l10n.t('a Git LFS pointer, not the file itself: run "git lfs pull"');
    return { format: null, tried: [{ id: 'git-lfs', title: l10n.t('Git LFS pointer'), why }] };
  }
  let best = 0;
  const all = [...own, ...formats].map((format) => {
    const decided = best - CLOSE > format.surest;
    const recognition = decided
      ? { confidence: 0, why: l10n.t('not tried, another format is surer than this can be') }
      : judge(format, sample);
    best = Math.max(best, recognition.confidence);
    return { format, recognition };
  });
  const tried = all.map(({ format, recognition }) => ({
    id: format.id,
    // A format of the user's own has the name that they gave it.
    title: own.includes(format) ? format.title : translated(format.title),
    why: recognition.why,
  }));
  const fitting = all.filter(({ recognition }) => recognition.confidence > 0);
  if (fitting.length === 0) return { format: null, tried };
  const close = fitting.filter(({ recognition }) => recognition.confidence >= best - CLOSE);
  const winner = close.length === 1 ? close[0]! : mostPoints(close, sample);
  return { ...winner, tried };
}

/** The format with this id, or undefined. */
export function formatById(id: string): LogFormat | undefined {
  return [...own, ...formats].find((format) => format.id === id);
}

/** The sample of a file that is wholly in memory. */
export function sampleOf(path: string, bytes: Uint8Array): Sample {
  const head = bytes.subarray(0, HEAD);
  const tail = bytes.length > HEAD ? bytes.subarray(Math.max(HEAD, bytes.length - TAIL)) : new Uint8Array(0);
  return { path, head, tail, size: bytes.length };
}

function judge(format: LogFormat, sample: Sample): Recognition {
  try {
    return format.recognise(sample);
  } catch (error) {
    return {
      confidence: 0,
      why: l10n.t('could not be tried: {0}', error instanceof Error ? error.message : String(error)),
    };
  }
}

function mostPoints<T extends { format: LogFormat }>(candidates: readonly T[], sample: Sample): T {
  const counted = candidates.map((candidate) => ({
    candidate,
    points: countPoints(candidate.format, sample),
  }));
  return counted.reduce((best, next) => (next.points > best.points ? next : best)).candidate;
}

function countPoints(format: LogFormat, sample: Sample): number {
  let points = 0;
  const sink: PointSink = {
    at: () => undefined,
    value: () => void points++,
    skip: () => undefined,
    context: () => undefined,
    ended: () => undefined,
  };
  try {
    const parser = format.createParser(sink);
    parser.push(sample.head.subarray(0, TAIL));
    parser.end();
  } catch {
    return -1;
  }
  return points;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;
}
