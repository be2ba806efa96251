import { copyOf } from './copyOf';
import { EpochSteps } from './epochSteps';
import { UNKNOWN, type LogFormat, type PointSink } from './format';
import { readJsonRecord, type JsonRecord } from './jsonRecord';
import { recogniseJsonl } from './jsonlRecognition';
import { LineParser, type LineHandler } from './lineParser';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric } from './metricName';
import { countsWithinEpoch } from './positionName';

/** One JSON object a line, as Detectron2, MMDetection, DeiT, LLaMA-Factory and many scripts write. */
export const jsonl: LogFormat = {
  id: 'jsonl',
  title: 'JSON lines',
  growth: 'append',
  recognise: recogniseJsonl,
  surest: 0.98,
  createParser: (sink) => new LineParser(new JsonLines(sink), sink),
};

class JsonLines implements LineHandler {
  private epochSteps = new EpochSteps();
  private lastTrain: JsonRecord | null = null;
  private totalSteps = UNKNOWN;

  constructor(private readonly sink: PointSink) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new JsonLines(sink), { ...this, sink, epochSteps: copyOf(this.epochSteps) });
  }

  end(): void {
    // A line is reported as soon as it is whole.
  }

  line(text: string, line: number): void {
    // Banners and conflict markers stand between the objects of real files; they are no data.
    if (text.charCodeAt(0) !== 0x7b && !text.trimStart().startsWith('{')) return;
    const object = asRecord(parseLooseJson(text));
    if (!object) {
      this.sink.skip(line, 'not a whole JSON object');
      return;
    }
    const record = readJsonRecord(object);
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
