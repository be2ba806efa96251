import { copyOf } from './copyOf';
import { EpochSteps } from './epochSteps';
import { UNKNOWN, type PointSink } from './format';
import { readJsonRecord, type JsonRecord } from './jsonRecord';
import { identifyMetric } from './metricName';
import { countsWithinEpoch } from './positionName';

/** Reports the objects of a log in the order in which they were written. */
export class JsonRows {
  private epochSteps = new EpochSteps();
  private lastTrain: JsonRecord | null = null;
  private totalSteps = UNKNOWN;

  constructor(private readonly sink: PointSink) {}

  /** One that goes on from here and reports to another sink. */
  copy(sink: PointSink): JsonRows {
    return Object.assign(new JsonRows(sink), { ...this, sink, epochSteps: copyOf(this.epochSteps) });
  }

  /** One object: the values at one position. @param line 1-based; NaN where it is not known */
  row(object: Record<string, unknown>, line: number): void {
    this.record(readJsonRecord(object), line);
  }

  /** What one object says; it is not to be used again. */
  record(record: JsonRecord, line: number): void {
    this.place(record);
    this.report(record, line);
  }

  /** Brings the positions of train and val records onto one axis. */
  private place(record: JsonRecord): void {
    const isTrain = record.split === null ? hasLoss(record) : record.split === 'train';
    if (record.split !== null && countsWithinEpoch(record.stepKey) && !Number.isNaN(record.epoch)) {
      // MMDetection: `iter` starts again in each epoch, and in val records it is the size of the data set.
      record.step = isTrain ? this.epochSteps.train(record.epoch, record.step) : this.epochSteps.last;
    } else if (!isTrain && this.isEpochInDisguise(record)) {
      // MMEngine: `step` is the iteration in train records and the epoch in val records.
      record.epoch = record.step;
      record.step = UNKNOWN;
    }
    if (isTrain) this.lastTrain = record;
  }

  private isEpochInDisguise(record: JsonRecord): boolean {
    const train = this.lastTrain;
    return (
      train !== null &&
      record.stepKey === train.stepKey &&
      Number.isNaN(record.epoch) &&
      record.step === train.epoch &&
      record.step < train.step
    );
  }

  private report(record: JsonRecord, line: number): void {
    if (record.totalSteps !== this.totalSteps && !Number.isNaN(record.totalSteps)) {
      this.totalSteps = record.totalSteps;
      this.sink.context('total_steps', record.totalSteps);
    }
    if (record.keys.length === 0) return;
    this.sink.at(record.step, record.epoch, record.time, line);
    for (let i = 0; i < record.keys.length; i++) {
      const key = record.keys[i]!;
      if (key === 'total_steps' || key === 'max_steps') {
        record.totalSteps = record.values[i]!;
        if (record.totalSteps !== this.totalSteps) this.sink.context('total_steps', record.totalSteps);
        this.totalSteps = record.totalSteps;
      } else if (record.split !== null && identifyMetric(key).direction !== 'none') {
        this.sink.value(key, record.values[i]!, record.split);
      } else this.sink.value(key, record.values[i]!);
    }
  }
}

function hasLoss(record: JsonRecord): boolean {
  return record.keys.includes('loss');
}
