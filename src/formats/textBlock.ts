import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

/** What a line is to a block: no part of it, a part, or the one that completes a record. */
export type BlockLine =
  { readonly part: false } | { readonly part: true; readonly record: TextRecord | null };

const NO_PART: BlockLine = { part: false };
const PART: BlockLine = { part: true, record: null };

const RULE = /^-{10,}\s*$/;
/** What counts the steps of an agent: stable-baselines 3, and its version 2. */
const STEPS = /^(time\/)?(total_)?timesteps$/;
const MOST_ROWS = 200;

/**
 * A table of two columns between two rules, as stable-baselines prints it every few steps: names left, values right, the
 * names of groups (`rollout/`) on rows of their own. The block is one record, at the step that one of its rows tells.
 */
export class TextBlock {
  private names: string[] = [];
  private values: number[] = [];
  private group = '';
  /** The rule above the first row was there: a table without one is Markdown, or anybody's. */
  private ruled = false;

  get isOpen(): boolean {
    return this.ruled;
  }

  /** @param text a line, framed or not */
  take(text: string): BlockLine {
    if (RULE.test(text)) {
      if (this.hasRows) return { part: true, record: this.close() };
      this.ruled = true;
      return NO_PART;
    }
    const cells = this.ruled ? cellsOf(text) : null;
    if (!cells) {
      // A block that is cut off: what it said so far may lack its step, and is no point.
      this.clear();
      return NO_PART;
    }
    const [name, cell] = cells;
    if (cell === '' && name.endsWith('/')) this.group = name;
    else {
      const value = parseNumber(cell);
      // Below the rule of another table there is a heading, or a row that begins with a number.
      if (!this.hasRows && (value === undefined || name === '' || parseNumber(name) !== undefined)) {
        this.clear();
        return NO_PART;
      }
      if (value === undefined || name === '') return PART;
      if (this.names.length < MOST_ROWS) {
        this.names.push(this.group + name);
        this.values.push(value);
      }
    }
    return PART;
  }

  private get hasRows(): boolean {
    return this.names.length > 0 || this.group !== '';
  }

  private close(): TextRecord {
    const at = this.names.findIndex((name) => STEPS.test(name));
    const isMetric = (_: unknown, index: number): boolean => index !== at;
    const keys = this.names.filter(isMetric);
    const record = {
      ...EMPTY,
      count: at < 0 ? EMPTY.count : this.values[at]!,
      keys,
      values: this.values.filter(isMetric),
      splits: keys.map(() => null),
    };
    this.clear();
    return record;
  }

  private clear(): void {
    this.names = [];
    this.values = [];
    this.group = '';
    this.ruled = false;
  }
}

/** What stands in the two cells of a row; null for any other line. */
function cellsOf(text: string): readonly [string, string] | null {
  const row = text.trimEnd();
  if (row.length > 500 || !row.startsWith('|') || !row.endsWith('|')) return null;
  // No expression for it: blanks that two parts of one may take cost their number to the sixth.
  const cells = row.slice(1, -1).split('|');
  return cells.length === 2 ? [cells[0]!.trim(), cells[1]!.trim()] : null;
}
