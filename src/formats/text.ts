import { readDictLine } from './dictLine';
import { EpochSteps } from './epochSteps';
import { UNKNOWN, type LogFormat, type LogParser, type PointSink, type Split } from './format';
import type { JsonRecord } from './jsonRecord';
import { KerasEpoch, readKerasBar } from './kerasBar';
import { LineReader } from './lines';
import { identifyMetric } from './metricName';
import { sectionSplit } from './textNames';
import { emptyRecord, readPairs, type TextRecord } from './textRecord';
import { recogniseText } from './textRecognition';
import { TextStatus, type TextEnding } from './textStatus';
import { readTableHeader, readTableRow, type TextTable } from './textTable';
import { readTqdmBar, TqdmProgress, type TqdmBar } from './tqdmBar';

/** Whatever a training script prints: pairs, Python dicts, progress bars, tables. */
export const text: LogFormat = {
  id: 'text',
  title: 'Plain text log',
  growth: 'append',
  recognise: (sample) => recogniseText(sample, (sink) => new TextParser(sink)),
  createParser: (sink) => new TextParser(sink),
};

/**
 * Tries its readers on each line in order, the most particular first, and keeps what lines leave to the lines
 * below them: the epoch, the step, the section's split, the header of a table.
 */
class TextParser implements LogParser {
  private readonly reader: LineReader;
  private readonly keras = new KerasEpoch((keys, values, line) => this.kerasPoint(keys, values, line));
  private readonly tqdm = new TqdmProgress((bar, line) => this.tqdmPoint(bar, line));
  private readonly status = new TextStatus();
  private readonly steps = new EpochSteps();
  private epoch = UNKNOWN;
  private step = UNKNOWN;
  private section: Split | null = null;
  private table: TextTable | null = null;
  private totalEpochs = UNKNOWN;
  private totalSteps = UNKNOWN;
  /** The longest bar without metrics that was seen last: a Trainer's dict lines belong to its position. */
  private bar: { current: number; total: number } | null = null;
  /** Progress of a validation, of which only the last line counts. */
  private progress: { record: TextRecord; line: number } | null = null;
  /** A piece of a line that is being redrawn; a later piece of the same epoch replaces it. */
  private piece: { record: TextRecord; line: number } | null = null;
  private repeatFollows = false;

  constructor(private readonly sink: PointSink) {
    this.reader = new LineReader({
      line: (line, number, redrawn) => this.line(line, number, redrawn),
      tooLong: (line) => sink.skip(line, 'the line is longer than 1 MiB'),
    });
  }

  get pending(): boolean {
    return (
      this.reader.pending ||
      this.keras.pending ||
      this.tqdm.pending ||
      this.status.pending ||
      this.progress !== null ||
      this.piece !== null
    );
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  end(): void {
    this.reader.end();
    this.flush();
    const ending = this.status.atEnd();
    if (ending) this.ended(ending);
  }

  private line(line: string, number: number, redrawn: boolean): void {
    if (line === '' || isBlank(line)) return;
    const ending = this.status.take(line, number);
    if (ending) this.ended(ending);
    if (line.includes("{'") || line.includes('{"')) {
      const record = readDictLine(line);
      if (record) {
        if (line.includes('%|')) this.noteBar(readTqdmBar(line));
        this.dictPoint(record, number);
        return;
      }
    }
    const keras = readKerasBar(line);
    if (keras) {
      this.keras.take(keras, number);
      return;
    }
    if (this.keras.pending && !redrawn) this.keras.flush();
    if (line.includes('%|')) {
      const bar = readTqdmBar(line);
      if (bar) {
        this.tqdmBar(bar, number);
        return;
      }
    }
    if (this.tableLine(line, number)) return;
    this.plainLine(line, number, redrawn);
  }

  private tableLine(line: string, number: number): boolean {
    if (this.table) {
      const row = readTableRow(line, this.table);
      if (row) {
        this.point(row, number);
        return true;
      }
    }
    const header = readTableHeader(line);
    if (header) this.table = header;
    return header !== null;
  }

  private plainLine(line: string, number: number, redrawn: boolean): void {
    // LightGBM repeats the values of its best round after this line.
    const repeated = this.repeatFollows;
    this.repeatFollows = line.includes('best iteration is');
    if (repeated) return;
    const record = readPairs(line);
    if (!record) {
      const split = sectionSplit(line);
      if (split) this.section = split;
      return;
    }
    if (this.piece && (!redrawn || record.epoch !== this.piece.record.epoch)) {
      const { piece } = this;
      this.piece = null;
      if (piece.line !== number || record.epoch !== piece.record.epoch) this.point(piece.record, piece.line);
    }
    if (redrawn && record.keys.length > 0 && !Number.isNaN(record.epoch))
      this.piece = { record, line: number };
    else this.point(record, number);
  }

  private point(record: TextRecord, line: number): void {
    if (record.keys.length === 0) {
      this.moveTo(record);
      return;
    }
    const split = record.split ?? this.section;
    if (record.isProgress && (split === 'val' || split === 'test')) {
      const before = this.progress?.record;
      if (before && !(record.count > before.count)) this.flushProgress();
      this.progress = { record, line };
      return;
    }
    this.settleProgress(record);
    this.tqdm.flush();
    this.place(record, split === 'val' || split === 'test');
    this.sink.at(this.step, this.epoch, UNKNOWN, line);
    this.status.goesOn();
    record.keys.forEach((key, index) => this.value(key, record.values[index]!, record.splits[index] ?? null));
  }

  private value(key: string, value: number, split: Split | null): void {
    const known = split ?? this.sectionFor(key);
    if (known) this.sink.value(key, value, known);
    else this.sink.value(key, value);
  }

  private sectionFor(key: string): Split | null {
    if (this.section === null) return null;
    const identity = identifyMetric(key);
    return identity.split === null && identity.direction !== 'none' ? this.section : null;
  }

  /** A line with a counter and no metric moves the position of the lines below it. */
  private moveTo(record: TextRecord): void {
    if (!Number.isNaN(record.totalEpochs)) this.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) {
      if (record.epoch !== this.epoch) {
        this.flush();
        this.section = record.split;
      }
      this.epoch = record.epoch;
      this.keras.start();
    }
    const validates = record.split === 'val' || record.split === 'test';
    if (!Number.isNaN(record.count) && !(record.isProgress && validates)) this.step = this.globalStep(record);
    if (record.split) this.section = record.split;
  }

  private place(record: TextRecord, validation: boolean): void {
    if (!Number.isNaN(record.totalEpochs)) this.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) {
      if (record.epoch > this.epoch && !validation) this.section = null;
      this.epoch = record.epoch;
    }
    if (Number.isNaN(record.count)) {
      if (!Number.isNaN(this.steps.last))
        this.step = Math.max(this.steps.last, Number.isNaN(this.step) ? 0 : this.step);
    } else if (validation && record.isProgress) this.step = this.steps.last;
    else this.step = this.globalStep(record);
  }

  private globalStep(record: TextRecord): number {
    if (Number.isNaN(this.epoch)) {
      if (!Number.isNaN(record.totalCount) && record.totalCount !== this.totalSteps) {
        this.totalSteps = record.totalCount;
        this.sink.context('total_steps', record.totalCount);
      }
      return record.count;
    }
    return this.steps.train(this.epoch, record.count, record.totalCount);
  }

  private dictPoint(record: JsonRecord, line: number): void {
    this.flush();
    if (record.keys.length === 0) return;
    const step = Number.isNaN(record.step) ? (this.bar?.current ?? UNKNOWN) : record.step;
    this.sink.at(step, Number.isNaN(record.epoch) ? this.epoch : record.epoch, record.time, line);
    this.status.goesOn();
    record.keys.forEach((key, index) => {
      const { split, direction } = identifyMetric(key);
      this.value(key, record.values[index]!, split === null && direction !== 'none' ? record.split : null);
    });
  }

  private kerasPoint(keys: readonly string[], values: readonly number[], line: number): void {
    this.sink.at(UNKNOWN, this.epoch, UNKNOWN, line);
    this.status.goesOn();
    keys.forEach((key, index) => this.sink.value(key, values[index]!));
  }

  private tqdmBar(bar: TqdmBar, line: number): void {
    if (bar.record.keys.length === 0) {
      this.noteBar(bar);
      if (!Number.isNaN(bar.record.epoch)) this.moveTo({ ...bar.record, count: UNKNOWN });
      return;
    }
    this.keras.flush();
    const wholeRun =
      Number.isNaN(bar.record.epoch) && (Number.isNaN(this.epoch) || /\bsteps?\b/i.test(bar.description));
    this.tqdm.take(bar, line, !wholeRun);
  }

  private tqdmPoint(bar: TqdmBar, line: number): void {
    const { record } = bar;
    if (!Number.isNaN(record.totalEpochs)) this.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) this.epoch = record.epoch;
    const wholeRun = Number.isNaN(this.epoch) || /\bsteps?\b/i.test(bar.description);
    const step = wholeRun ? bar.current : this.steps.last;
    this.sink.at(step, this.epoch, UNKNOWN, line);
    this.status.goesOn();
    record.keys.forEach((key, index) =>
      this.value(key, record.values[index]!, record.splits[index] ?? record.split),
    );
  }

  private noteBar(bar: TqdmBar | null): void {
    // Evaluation draws bars of its own, which are shorter than the one over the whole run.
    if (bar && (!this.bar || bar.total >= this.bar.total))
      this.bar = { current: bar.current, total: bar.total };
  }

  private noteTotalEpochs(total: number): void {
    if (total === this.totalEpochs || total <= 0) return;
    this.totalEpochs = total;
    this.sink.context('total_epochs', total);
  }

  private ended({ how, reason, line }: TextEnding): void {
    this.flush();
    this.sink.ended(how, reason, line);
  }

  /** The line that sums up a validation replaces the running values of its last progress line. */
  private settleProgress(summary: TextRecord): void {
    if (!this.progress) return;
    const { record } = this.progress;
    if (summary.split === 'val' || summary.split === 'test') {
      // What the progress lines call "Test" the summary line, ` * Acc@1 69.8`, does not name at all.
      summary.splits.forEach((split, i) => {
        if (split !== null) summary.splits[i] = record.split ?? split;
      });
      for (let i = record.keys.length - 1; i >= 0; i--) {
        if (!summary.keys.includes(record.keys[i]!)) continue;
        for (const list of [record.keys, record.values, record.splits]) list.splice(i, 1);
      }
    }
    this.flushProgress();
  }

  private flushProgress(): void {
    if (!this.progress) return;
    const { record, line } = this.progress;
    this.progress = null;
    if (record.keys.length === 0) return;
    this.place(record, true);
    this.sink.at(this.step, this.epoch, UNKNOWN, line);
    this.status.goesOn();
    record.keys.forEach((key, index) => this.value(key, record.values[index]!, record.splits[index] ?? null));
  }

  /** Reports what waits for a better value that did not come. */
  private flush(): void {
    this.keras.flush();
    this.tqdm.flush();
    this.flushProgress();
    if (this.piece) {
      const { piece } = this;
      this.piece = null;
      this.point({ ...emptyRecord(), ...piece.record }, piece.line);
    }
  }
}

function isBlank(line: string): boolean {
  const first = line.charCodeAt(0);
  return (first === 32 || first === 9) && line.trim() === '';
}
