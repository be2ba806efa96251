import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import type { LogFormat, LogParser, PointSink, Recognition, Split } from '../formats/format';
import { formatById, recogniseFormat, type Tried } from '../formats/registry';
import type { Read } from '../protocol';
import { NotALogError, readFailure, type HumanError } from './humanError';
import { readSample } from './sample';
import type { RunPart } from './part';
import type { RunFile } from './source';
import { Tail } from './tail';

/** A file this small may still be taken for another format when it grows: its first lines told too little. */
const STILL_SMALL = 64 * 1024;
/** Without growth for this long, a last line without a line end counts as complete (ms). */
const SETTLED_AFTER = 2_000;

/** One file of a run: recognised, then parsed as it grows. */
export class LogFile implements RunPart {
  format: LogFormat | null = null;
  recognition: Recognition | null = null;
  modified = 0;
  created = 0;
  private readonly tail: Tail;
  private parser: LogParser | null = null;
  private ended = false;
  private recognisedAt = 0;
  private refusal: HumanError | null = null;

  readonly path: string;
  readonly split: Split | null;
  readonly metric: string | undefined;
  readonly standIn: boolean;
  /** The format that the user says it has. */
  private readonly asked: LogFormat | undefined;

  constructor({ path, split, metric, standIn = false, format }: RunFile) {
    this.asked = format === undefined ? undefined : formatById(format);
    this.path = path;
    this.split = split;
    this.metric = metric;
    this.standIn = standIn;
    this.tail = new Tail(path);
  }

  get progress(): Read {
    return { done: this.tail.position, size: this.tail.size };
  }

  stop(): void {
    this.tail.stop();
  }

  /**
   * Reads what is new into `sink`.
   * @returns `reset` when the points given so far no longer hold; call {@link restart} and read into a fresh sink
   * @throws HumanError when the file can't be read, or is no training log
   */
  async poll(sink: PointSink): Promise<'unchanged' | 'grown' | 'reset'> {
    if (!this.parser && !(await this.recognise(sink))) return 'unchanged';
    const parser = this.parser!;
    let mustReread = false;
    const first = this.tail.position === 0;
    const step = await this.tail.read((chunk) => {
      mustReread ||= this.ended || (this.format?.growth === 'rewrite' && !first);
      if (!mustReread) parser.push(chunk);
    });
    this.modified = step.modified;
    this.created = step.created;
    if (step.kind === 'reset' || mustReread) return 'reset';
    if (step.kind === 'grown') return (await this.stillTheSameFormat()) ? 'grown' : 'reset';
    return this.endWhenSettled() ? 'grown' : 'unchanged';
  }

  /** The file is complete as it is: parses what is left without a line end. */
  finish(): void {
    if (this.parser && !this.ended) {
      this.parser.end();
      this.ended = true;
    }
  }

  /** Forgets all: the next poll recognises and reads from the start. */
  restart(): void {
    this.tail.restart();
    this.parser = null;
    this.format = null;
    this.refusal = null;
    this.ended = false;
  }

  private endWhenSettled(): boolean {
    if (this.ended || !this.parser?.pending || Date.now() - this.modified < SETTLED_AFTER) return false;
    this.finish();
    return true;
  }

  /** @returns false while the file is empty @throws HumanError while it is no log; it may become one when it grows */
  private async recognise(sink: PointSink): Promise<boolean> {
    if (this.refusal && (await sizeOf(this.path)) === this.recognisedAt) throw this.refusal;
    const sample = await readSample(this.path);
    this.recognisedAt = sample.size;
    this.refusal = null;
    if (sample.size === 0) return false;
    if (this.asked) {
      this.format = this.asked;
      this.recognition = { confidence: 1, why: l10n.t('you say so') };
      this.parser = this.asked.createParser(sink);
      return true;
    }
    const found = recogniseFormat(sample);
    if (!found.format) {
      this.refusal = notALog(this.path, found.tried);
      throw this.refusal;
    }
    this.format = found.format;
    this.recognition = found.recognition;
    this.parser = found.format.createParser(sink);
    return true;
  }

  private async stillTheSameFormat(): Promise<boolean> {
    if (this.asked || this.recognisedAt >= STILL_SMALL || this.tail.position <= this.recognisedAt)
      return true;
    const sample = await readSample(this.path);
    this.recognisedAt = sample.size;
    const found = recogniseFormat(sample);
    return found.format === null || found.format === this.format;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** What a file that is no log gets: what was tried, and why each format said no. */
export function notALog(path: string, tried: readonly Tried[]): NotALogError {
  const each = tried.map(({ title, why }) => l10n.t('{0} ({1})', title, why));
  const list = each.reduce((all, one) => l10n.t('{0}; {1}', all, one));
  return new NotALogError(l10n.t('{0}: not a training log; tried {1}', path, list), path);
}
