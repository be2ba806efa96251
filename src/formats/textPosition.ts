import { copyOf } from './copyOf';
import { EpochSteps } from './epochSteps';
import { UNKNOWN, type PointSink } from './format';
import type { TextRecord } from './textRecord';

/** Where in the run the lines are: what a line does not say about its position is what the lines above it said. */
export class TextPosition {
  epoch = UNKNOWN;
  step = UNKNOWN;
  readonly steps = new EpochSteps();
  private totalEpochs = UNKNOWN;
  private totalSteps = UNKNOWN;

  constructor(private readonly sink: PointSink) {}

  /** A copy that reports to another sink and shares nothing that changes. */
  copy(sink: PointSink): TextPosition {
    return Object.assign(new TextPosition(sink), { ...this, sink, steps: copyOf(this.steps) });
  }

  /** The step of the last training record, unless the log went beyond it since. */
  stay(): void {
    if (Number.isNaN(this.steps.last)) return;
    this.step = Math.max(this.steps.last, Number.isNaN(this.step) ? 0 : this.step);
  }

  /** Moves to where the record is. @param validation its count is a progress through the validation set, if it is one */
  moveTo(record: TextRecord, validation: boolean): void {
    this.noteTotalEpochs(record.totalEpochs);
    if (!Number.isNaN(record.epoch)) this.epoch = record.epoch;
    if (Number.isNaN(record.count)) this.stay();
    else if (validation && record.isProgress) this.step = this.steps.last;
    else this.countTo(record);
  }

  /** Moves to the count of the record, which starts again in every epoch or does not. */
  countTo({ count, totalCount }: TextRecord): void {
    if (!Number.isNaN(this.epoch)) {
      this.step = this.steps.train(this.epoch, count, totalCount);
      return;
    }
    if (!Number.isNaN(totalCount) && totalCount !== this.totalSteps) {
      this.totalSteps = totalCount;
      this.sink.context('total_steps', totalCount);
    }
    this.step = count;
  }

  noteTotalEpochs(total: number): void {
    if (Number.isNaN(total) || total === this.totalEpochs || total <= 0) return;
    this.totalEpochs = total;
    this.sink.context('total_epochs', total);
  }
}
