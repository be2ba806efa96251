import { copyOf } from './copyOf';
import { EpochMeans } from './epochMeans';
import { UNKNOWN, type PointSink, type Split } from './format';
import type { JsonRecord } from './jsonRecord';
import { KerasEpoch, type KerasBar, type KerasPoint } from './kerasBar';
import { identifyMetric } from './metricName';
import { TextPosition } from './textPosition';
import { isValidation, settleProgress, type Held } from './textProgress';
import type { TextRecord } from './textRecord';
import { TextRanks } from './textRanks';
import { TextSection } from './textSection';
import { TextStatus } from './textStatus';
import { isOverSteps, TqdmProgress, type TqdmBar, type TqdmPoint } from './tqdmBar';

/** Makes points of what the lines say, and keeps what lines leave to the lines below them. */
export class TextPoints {
  readonly section = new TextSection();
  readonly status = new TextStatus();
  private readonly ranks = new TextRanks();
  private readonly means = new EpochMeans();
  private readonly keras = new KerasEpoch();
  private readonly tqdm = new TqdmProgress();
  private readonly position: TextPosition;
  /** The longest bar without metrics that was seen last: a Trainer's dict lines belong to its position. */
  private bar: { current: number; total: number; isTraining: boolean } | null = null;
  /** The description of the last bar that told its place: it is drawn again while the next step is under way. */
  private placed = '';
  /** Progress of a validation, of which only the last line counts. */
  private progress: Held | null = null;
  /** A piece of a line that is being redrawn; a later piece of the same epoch replaces it. */
  private piece: Held | null = null;

  constructor(private readonly sink: PointSink) {
    this.position = new TextPosition(sink);
  }

  /** A copy that reports to another sink and shares nothing that changes. */
  copy(sink: PointSink): TextPoints {
    const { section, status, ranks, means, keras, tqdm, position } = this;
    const parts = { section, status, ranks, means, keras, tqdm };
    const copies = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, copyOf<object>(part)]),
    );
    return Object.assign(new TextPoints(sink), { ...this, ...copies, sink, position: position.copy(sink) });
  }

  /** A line of pairs and counters, or a row of a table. @param redrawn a later piece of the line overwrites it */
  record(all: TextRecord, line: number, redrawn: boolean): void {
    const record = this.ranks.take(all);
    if (!record) return;
    const { piece } = this;
    if (piece && (!redrawn || record.epoch !== piece.record.epoch)) {
      this.piece = null;
      if (piece.line !== line || record.epoch !== piece.record.epoch) this.place(piece.record, piece.line);
    }
    if (redrawn && record.keys.length > 0 && !Number.isNaN(record.epoch)) this.piece = { record, line };
    else this.place(record, line);
  }

  /** A record that is final. */
  place(record: TextRecord, line: number): void {
    if (record.keys.length === 0) {
      this.moveTo(record);
      return;
    }
    const validation = isValidation(record.split ?? this.section.split);
    if (record.isProgress && validation) {
      if (this.progress && !(record.count > this.progress.record.count)) this.flushProgress();
      this.progress = { record, line };
      return;
    }
    let final = record;
    if (this.progress) {
      const settled = settleProgress(this.progress, record);
      this.progress = settled.progress;
      final = settled.summary;
      this.flushProgress();
    }
    this.report(this.tqdm.flush());
    this.emit(final, line, validation);
  }

  /** The print of a dict. @param bar the progress bar on the same line */
  dict(record: JsonRecord, bar: TqdmBar | null, line: number): void {
    if (bar) this.noteBar(bar);
    this.flush();
    if (record.keys.length === 0) return;
    const step = Number.isNaN(record.step) ? this.stepOfBar() : record.step;
    const epoch = Number.isNaN(record.epoch) ? this.position.epoch : record.epoch;
    if (isSetting(record.keys, step, epoch)) return;
    this.at(step, epoch, record.time, line);
    record.keys.forEach((key, index) => {
      const { split, direction } = identifyMetric(key);
      this.value(key, record.values[index]!, split === null && direction !== 'none' ? record.split : null);
    });
  }

  kerasBar(bar: KerasBar, line: number): void {
    this.kerasPoint(this.keras.take(bar, line));
  }

  tqdmBar(bar: TqdmBar, line: number): void {
    const { record } = bar;
    if (record.keys.length === 0) {
      this.noteBar(bar);
      if (Number.isNaN(record.epoch)) return;
      this.moveTo({ ...record, count: UNKNOWN });
      if (record.split) this.section.begin(record.split, bar.description, null);
      return;
    }
    this.kerasPoint(this.keras.flush());
    if (bar.isPlaced) {
      if (bar.description !== this.placed) this.place(record, line);
      this.placed = bar.description;
      return;
    }
    const wholeRun = Number.isNaN(record.epoch) && (Number.isNaN(this.position.epoch) || isOverSteps(bar));
    for (const point of this.tqdm.take(bar, line, !wholeRun)) this.report(point);
  }

  /** A line that is no bar: what the bar before it said is final. */
  endBar(): void {
    if (this.keras.held) this.kerasPoint(this.keras.flush());
  }

  /** Reports what waits for a better value that did not come. */
  flush(): void {
    this.kerasPoint(this.keras.flush());
    this.report(this.tqdm.flush());
    this.flushProgress();
    const { piece } = this;
    this.piece = null;
    if (piece) this.place(piece.record, piece.line);
  }

  /** A line with a counter and no metric moves the position of the lines below it. */
  private moveTo(record: TextRecord): void {
    const { position, section } = this;
    position.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) {
      if (record.epoch !== position.epoch) {
        this.flush();
        section.clear();
      }
      position.epoch = record.epoch;
      this.kerasPoint(this.keras.start());
    }
    if (!Number.isNaN(record.count) && !(record.isProgress && isValidation(record.split)))
      position.countTo(record);
  }

  private flushProgress(): void {
    const { progress } = this;
    this.progress = null;
    if (progress && progress.record.keys.length > 0) this.emit(progress.record, progress.line, true);
  }

  private emit(record: TextRecord, line: number, validation: boolean): void {
    const { position } = this;
    if (!(record.epoch <= position.epoch) && !Number.isNaN(record.epoch) && !validation) this.section.clear();
    position.moveTo(record, validation);
    if (isSetting(record.keys, position.step, position.epoch)) return;
    this.at(position.step, position.epoch, UNKNOWN, line);
    const { keys, values, splits, count } = record;
    // A count of its own and no epoch beside it: a step like any other.
    const isWithin = record.isProgress || (Number.isNaN(record.epoch) && !Number.isNaN(count));
    const inEpochs = !Number.isNaN(position.epoch);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const split = splits[i] ?? this.section.of(key);
      const name = inEpochs ? this.nameOf(key, split, isWithin) : key;
      if (split) this.sink.value(name, values[i]!, split);
      else this.sink.value(name, values[i]!);
    }
  }

  private nameOf(key: string, split: Split | null, isWithin: boolean): string {
    if (isValidation(split ?? identifyMetric(key).split)) return key;
    return this.means.nameOf(key, this.position.epoch, isWithin);
  }

  private kerasPoint(point: KerasPoint | null): void {
    if (!point) return;
    this.at(UNKNOWN, this.position.epoch, UNKNOWN, point.line);
    point.keys.forEach((key, index) => this.sink.value(key, point.values[index]!));
  }

  private report(point: TqdmPoint | null): void {
    if (!point) return;
    const { bar, line } = point;
    const { record } = bar;
    const { position } = this;
    position.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) position.epoch = record.epoch;
    const wholeRun = Number.isNaN(position.epoch) || isOverSteps(bar);
    this.at(wholeRun ? bar.current : position.steps.last, position.epoch, UNKNOWN, line);
    record.keys.forEach((key, index) =>
      this.value(key, record.values[index]!, record.splits[index] ?? record.split),
    );
  }

  private at(step: number, epoch: number, time: number, line: number): void {
    this.sink.at(step, epoch, time, line);
    this.status.goesOn();
  }

  private value(key: string, value: number, split: Split | null): void {
    const known = split ?? this.section.of(key);
    if (known) this.sink.value(key, value, known);
    else this.sink.value(key, value);
  }

  private noteBar({ current, total }: TqdmBar): void {
    // Evaluation draws bars of its own, which are shorter than the one over the whole run.
    if (this.bar && total < this.bar.total) return;
    this.bar = { current, total, isTraining: total === this.bar?.total && this.bar.isTraining };
  }

  /** A bar that was over before anything was trained counted something else: files that were loaded. */
  private stepOfBar(): number {
    const { bar } = this;
    if (!bar || !(bar.isTraining || bar.current < bar.total)) return UNKNOWN;
    // A copy of this shares the object.
    this.bar = { ...bar, isTraining: true };
    return bar.current;
  }
}

/** Before the first epoch and step a learning rate without a metric beside it is one of the settings. */
function isSetting(keys: readonly string[], step: number, epoch: number): boolean {
  if (!Number.isNaN(step) || !Number.isNaN(epoch)) return false;
  return keys.every((key) => identifyMetric(key).direction === 'none');
}
