import { readCatBoost } from './catboost';
import { isPrintedConfig, readDictLine } from './dictLine';
import type { PointSink } from './format';
import { isBarUnderWay, readKerasBar } from './kerasBar';
import type { LineHandler } from './lineParser';
import { HAS, hashLine, scanLine } from './lineScan';
import { LineShape } from './lineShape';
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

/** What the bytes of a line told. */
interface Seen {
  readonly hash: number;
  readonly flags: number;
  /** No reader but the one of pairs wants it. */
  readonly plain: boolean;
}

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
  private readonly shapes = new LineShapes();
  /** What `bytes` saw of the line that it handed on; null for a line that it did not see, or that can have no shape. */
  private seen: Seen | null = null;

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

  /** Most lines are what they were before, in the order as before, but for their digits. */
  expected(bytes: Uint8Array, start: number, limit: number, line: number): number {
    const shape = this.shapes.expected;
    if (shape === null || this.isWithin) return -1;
    const end = this.shapes.matchExpected(bytes, start, limit);
    if (end < 0 || mayBeHeading(shape, end - start)) return -1;
    this.take(this.shapes.follow(shape), line);
    return end;
  }

  /** Prose without a number, and lines as there were before, are done with here. */
  bytes(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const flags = scanLine(bytes, start, end);
    this.seen = null;
    if ((flags & HAS.ink) === 0) return true;
    if (this.isWithin) return false;
    const plain = !isParticular(flags, bytes, start, end);
    if (plain && (flags & (HAS.digit | HAS.wordNumber)) === 0) {
      if (flags & HAS.split && (end - start <= LONGEST_HEADING || flags & HAS.wide)) return false;
      this.points.endBar();
      this.points.section.otherLine();
      return true;
    }
    if (flags & HAS.wide) return false;
    const hash = hashLine(bytes, start, end);
    const shape = this.shapes.find(hash, bytes, start, end);
    if (shape !== undefined) {
      if (mayBeHeading(shape, end - start)) return false;
      this.take(shape, line);
      return true;
    }
    this.seen = { hash, flags, plain };
    return false;
  }

  private take(shape: LineShape, line: number): void {
    const { points } = this;
    if (shape.kind === 'dict') {
      points.dict(shape.dict()!, null, line);
      return;
    }
    points.endBar();
    const record = shape.record();
    if (record) points.record(record, line, false);
    else points.section.otherLine();
  }

  /** Lines below one another belong together: each must be looked at. */
  private get isWithin(): boolean {
    return this.table !== null || this.repeatFollows || this.isBetween || this.points.status.inTraceback;
  }

  private get isBetween(): boolean {
    return this.splitRows || this.statsRows || this.validation !== null || this.block.isOpen;
  }

  line(text: string, line: number, redrawn: boolean): void {
    const { seen } = this;
    this.seen = null;
    if (seen?.plain) {
      this.shapes.learn(seen.hash, text.length, () => LineShape.of(text, seen.flags));
      this.points.endBar();
      this.plain(text, line, redrawn);
    } else if (text !== '' && !isBlank(text) && (this.isWithin || !isBarUnderWay(text)))
      this.anyLine(text, line, redrawn, seen);
  }

  end(): void {
    this.points.flush();
    const ending = this.points.status.atEnd();
    if (ending) this.ended(ending);
  }

  private anyLine(text: string, line: number, redrawn: boolean, seen: Seen | null): void {
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
        if (seen && !hasBar)
          this.shapes.learn(seen.hash, text.length, () => LineShape.ofDict(text, record, seen.flags));
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

/** Such a line may begin a section, for which its text is needed. */
function mayBeHeading(shape: LineShape, length: number): boolean {
  if (shape.kind === 'heading') return true;
  return shape.kind === 'prose' && (shape.flags & HAS.split) !== 0 && length <= LONGEST_HEADING;
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first === 32 || first === 9) && text.trim() === '';
}
