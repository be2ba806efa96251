import type { Split } from '../formats/format';
import type { Direction } from '../formats/metricDirection';
import type { MetricIdentity } from '../formats/metricName';
import { Column } from './column';
import { XColumn } from './xColumn';

/** What the x values of a series count. */
export type Axis = 'step' | 'epoch' | 'index';

/**
 * One curve of a run, as columns of equal length in file order. Nothing is sorted, merged or dropped here:
 * resumes, repeats and non-finite values are all kept, and `analysis/` decides what to make of them.
 */
export class Series {
  /** x of each point: step, epoch or index, as `axis` says. Always finite. */
  readonly steps = new XColumn();
  /** y of each point; NaN and infinities are data. */
  readonly values = new Column();
  /** Epoch of each point, NaN where the log gives none. */
  readonly epochs = new XColumn();
  /** Wall time in ms since 1970, NaN where the log gives none. */
  readonly times = new XColumn();
  /** 1-based line in the file, NaN in binary files. */
  readonly lines = new Column();
  /** How many values are NaN or infinite. */
  nonFinite = 0;
  /** Which file of the run its points are from: an entry holds from its point on, until the next. */
  readonly sources: { from: number; file: number }[] = [];
  axis: Axis = 'index';
  name: string;
  split: Split | null;
  direction: Direction;
  unit: string | null;

  constructor(
    /** What the log calls it. */
    readonly key: string,
    identity: MetricIdentity,
  ) {
    this.name = identity.name;
    this.split = identity.split;
    this.direction = identity.direction;
    this.unit = identity.unit;
  }

  /** Number of points, non-finite ones included. */
  get length(): number {
    return this.values.length;
  }

  /** What is appended from now on is from this file of the run. */
  continueFrom(file: number): void {
    if (this.sources.at(-1)?.file !== file) this.sources.push({ from: this.length, file });
  }

  /** Appends one point. A NaN step means "none printed" and becomes the epoch, else the index. */
  append(step: number, value: number, epoch: number, time: number, line: number): void {
    if (this.length === 0) {
      this.axis = Number.isFinite(step) ? 'step' : Number.isFinite(epoch) ? 'epoch' : 'index';
    }
    this.steps.push(Number.isFinite(step) ? step : Number.isFinite(epoch) ? epoch : this.length);
    this.values.push(value);
    this.epochs.push(epoch);
    this.times.push(time);
    this.lines.push(line);
    if (!Number.isFinite(value)) this.nonFinite++;
  }
}
