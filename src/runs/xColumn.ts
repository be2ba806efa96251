import { Column } from './column';

/** A column that goes back more often is in no order: one more turn says so, and none after it is kept. */
export const MOST_TURNS = 32;

/** Places on an x axis, which ascend but where a run was resumed; knows where they do not, so that nobody has to look. */
export class XColumn extends Column {
  /** Indexes of values that do not go on from the one before them: NaN, after a NaN, or below it. */
  readonly turns: number[] = [];
  private before = Number.NEGATIVE_INFINITY;

  override push(value: number): void {
    if (!(value >= this.before) && this.turns.length <= MOST_TURNS) this.turns.push(this.length);
    this.before = value;
    super.push(value);
  }
}
