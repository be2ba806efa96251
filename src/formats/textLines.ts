import { readCatBoost } from './catboost';
import { isPrintedConfig, readDictLine } from './dictLine';
import type { PointSink } from './format';
import { readKerasBar } from './kerasBar';
import type { LineHandler } from './lineParser';
import { HAS, LineScan } from './lineScan';
import { LineShapes } from './lineShapes';
import { isMlPerf, readMlPerf } from './mlPerf';
import { readPseudoDice } from './nnunet';
import { isStatsHeader, readStatsRow } from './pymarl';
import { TextBlock } from './textBlock';
import { isSplitHeader, readSplitRow } from './textColumns';
import { LONGEST_HEADING, sectionSplit } from './textNames';
import { TextPoints } from './textPoints';
import { readPairs, type TextRecord } from './textRecord';
import type { TextEnding } from './textStatus';
import { readTableHeader, readTableRow, type TextTable } from './textTable';
import { factsIn, isSetUp } from './textFacts';
import { readTqdmBar } from './tqdmBar';
import { readResultsRow, readRowWithBar, readValidationHeader, readValidationRow } from './yolo';
import { copyOf } from './copyOf';

/** Tries its readers on each line in order, the most particular first. */
export class TextLines implements LineHandler {
  private points: TextPoints;
  private table: TextTable | null = null;
  private repeatFollows = false;
  /** A table of two columns that is being printed. */
  private block = new TextBlock();
  /** The rows below are `name | training | validation`. */
  private splitRows = false;
  /** The rows below are all that was measured at a step. */
  private statsRows = false;
  /** Columns of the validation whose row is to come. */
  private validation: readonly string[] | null = null;
  private readonly scan = new LineScan();
  private readonly shapes = new LineShapes();
  /** Hash of the line that `bytes` has looked at and handed on as plain; null for any other line. */
  private plainHash: number | null = null;

  constructor(private readonly sink: PointSink) {
    this.points = new TextPoints(sink);
  }

  copy(sink: PointSink): LineHandler {
    const { table, repeatFollows, splitRows, statsRows, validation } = this;
    const block = copyOf(this.block);
    const points = this.points.copy(sink);
    const rows = { splitRows, statsRows, validation };
    return Object.assign(new TextLines(sink), { points, table, repeatFollows, block, ...rows });
  }

  /** Most lines are prose without a number, or pairs as there were before: these are done with here. */
  bytes(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const { scan } = this;
    scan.scan(bytes, start, end);
    const { flags, hash } = scan;
    if ((flags & HAS.ink) === 0) return true;
    if (this.table || this.repeatFollows || this.isBetween || this.points.status.inTraceback) return false;
    if (isParticular(flags, bytes, start, end)) return false;
    if ((flags & (HAS.digit | HAS.wordNumber)) === 0) {
      if (flags & HAS.split && (end - start <= LONGEST_HEADING || flags & HAS.wide)) return false;
      this.points.endBar();
      this.points.section.otherLine();
      return true;
    }
    const shape = this.shapes.find(hash, bytes, start, end);
    if (shape === undefined) {
      this.plainHash = flags & HAS.wide ? null : hash;
      return false;
    }
    const mayBeHeading = shape.kind === 'prose' && flags & HAS.split && end - start <= LONGEST_HEADING;
    if (mayBeHeading || shape.kind === 'heading') return false;
    this.points.endBar();
    const record = shape.record();
    if (record) this.points.record(record, line, false);
    else this.points.section.otherLine();
    return true;
  }

  /** Lines below one another belong together: each must be looked at. */
  private get isBetween(): boolean {
    return this.splitRows || this.statsRows || this.validation !== null || this.block.isOpen;
  }

  line(text: string, line: number, redrawn: boolean): void {
    const { plainHash } = this;
    this.plainHash = null;
    if (plainHash !== null) {
      this.shapes.learn(plainHash, text);
      this.points.endBar();
      this.plain(text, line, redrawn);
    } else if (text !== '' && !isBlank(text)) this.anyLine(text, line, redrawn);
  }

  end(): void {
    this.points.flush();
    const ending = this.points.status.atEnd();
    if (ending) this.ended(ending);
  }

  private anyLine(text: string, line: number, redrawn: boolean): void {
    const { points } = this;
    const ending = points.status.take(text, line);
    if (ending) this.ended(ending);
    if (this.together(text, line)) return;
    const hasBar = text.includes('%|');
    if (text.includes("{'") || text.includes('{"')) {
      if (isPrintedConfig(text)) {
        points.endBar();
        return;
      }
      const record = readDictLine(text);
      if (record) {
        points.dict(record, hasBar ? readTqdmBar(text) : null, line);
        return;
      }
    }
    const keras = readKerasBar(text);
    if (keras) {
      points.kerasBar(keras, line);
      return;
    }
    if (!redrawn) points.endBar();
    const row = this.table && readRowWithBar(text);
    if (row) {
      // Until its epoch is over a row says what the batches so far gave.
      if (row.complete && this.tableLine(row.row, line)) return;
      if (!row.complete && readTableRow(row.row, this.table!)) return;
    }
    const bar = hasBar ? readTqdmBar(text) : null;
    if (bar) points.tqdmBar(bar, line);
    else if (!this.tableLine(text, line)) this.plain(text, line, redrawn);
  }

  /** Lines that only one tool writes, or that only mean something below another one. */
  private together(text: string, line: number): boolean {
    const { points } = this;
    const place = (record: TextRecord | null): void => {
      points.endBar();
      if (record) points.place(record, line);
    };
    if (isSetUp(text)) {
      for (const [key, value] of factsIn(text)) this.sink.context(key, value);
      return true;
    }
    if (isMlPerf(text)) {
      place(readMlPerf(text));
      return true;
    }
    const whole = readPseudoDice(text) ?? readResultsRow(text) ?? readCatBoost(text);
    if (whole) {
      place(whole);
      return true;
    }
    if (text.startsWith('|') || text.startsWith('--')) {
      const { part, ...block } = this.block.take(text);
      if ('record' in block) place(block.record ?? null);
      if (part) return true;
    } else if (this.block.isOpen) this.block.take(text);
    if (isSplitHeader(text)) {
      this.splitRows = true;
      return true;
    }
    if (this.splitRows) {
      const row = readSplitRow(text);
      this.splitRows = row !== null;
      if (row) place(row);
      if (row) return true;
    }
    const stats = this.statsRows ? readStatsRow(text) : null;
    this.statsRows = stats !== null || isStatsHeader(text);
    if (stats) {
      place(stats);
      return true;
    }
    const header = readValidationHeader(text);
    if (header) this.validation = header;
    const row = this.validation && readValidationRow(text, this.validation);
    if (row) {
      this.validation = null;
      place(row);
    }
    return header !== null || row !== null;
  }

  private tableLine(text: string, line: number): boolean {
    if (this.table) {
      const row = readTableRow(text, this.table);
      if (row) {
        this.points.place(row, line);
        return true;
      }
    }
    const header = readTableHeader(text);
    if (header) this.table = header;
    return header !== null;
  }

  private plain(text: string, line: number, redrawn: boolean): void {
    // LightGBM repeats the values of its best round after this line.
    const repeated = this.repeatFollows;
    this.repeatFollows = text.includes('best iteration is');
    if (repeated) return;
    const record = readPairs(text);
    const { lasting } = this.points.section;
    if (record) {
      this.points.record(record, line, redrawn);
      // After the epoch and the step have moved: a new epoch ends the section before.
      if (record.keys.length === 0 && record.split) this.points.section.begin(record.split, text, lasting);
      return;
    }
    const split = sectionSplit(text);
    if (split) this.points.section.begin(split, text, lasting);
    else this.points.section.otherLine();
  }

  private ended({ how, reason, line }: TextEnding): void {
    this.points.flush();
    this.sink.ended(how, reason, line);
  }
}

/** Whether one of the readers other than the one of pairs may want the line, or it may be a heading of a table. */
function isParticular(flags: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (flags & HAS.particular) return true;
  if (flags & HAS.training && flags & HAS.ending) return true;
  if (flags & HAS.columns && !(flags & HAS.separator)) return true;
  return (flags & HAS.dash) !== 0 && beginsLikeKeras(bytes, start, end);
}

/** `12/100 ` or `3s ` */
function beginsLikeKeras(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at]! <= 0x20) at++;
  const first = at;
  while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
  if (at === first || at >= end) return false;
  const next = bytes[at]!;
  return next === 0x2f || next === 0x6d || next === 0x73;
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first === 32 || first === 9) && text.trim() === '';
}
