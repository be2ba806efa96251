import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import type { PointSink, Recognition, Split } from '../formats/format';
import { identifyMetric } from '../formats/metricName';
import { publicValue } from '../streams/secrets';
import { knownSettings } from './knownSettings';
import type { Ending, Run, RunStatus, Silence, Skipped } from './run';
import { Series } from './series';
import { settleSplits } from './splits';

/** A log with more different names than this is not a log of metrics; the rest of its names is skipped. */
const MAX_SERIES = 2_000;

/** Gathers the points of one run, from one file or several, into columnar series. */
export class RunBuilder implements Run {
  readonly id: string;
  readonly files: string[] = [];
  readonly series: Series[] = [];
  /** What was told, and below it what that means by the names that the analysis knows. */
  readonly context = new Map<string, string | number>();
  private readonly derived = new Set<string>();
  readonly skipped: Skipped = { lines: 0, first: null };
  format = 'unknown';
  recognition: Recognition | null = null;
  status: RunStatus = 'unknown';
  ending: Ending | null = null;
  silence: Silence | null = null;
  /** By told split, then by key: looked up for every value of a log, so without making a string of both. */
  private readonly byKey = new Map<Split | null, Map<string, Series>>();
  private readonly toldSplit = new Map<Series, Split | null>();

  constructor(readonly path: string) {
    this.id = runId(path);
  }

  /** Total number of points in all series. */
  get points(): number {
    return this.series.reduce((sum, one) => sum + one.length, 0);
  }

  /**
   * A sink for one file of the run.
   * @param split what the file's folder or name tells, where it does
   * @param metric what the values of the file are called, where only its name tells
   * @param path the file
   */
  sink(split: Split | null = null, metric?: string, path = this.path): PointSink {
    const file = this.fileAt(path);
    let [step, epoch, time, line] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    return {
      at: (s, e, t, l) => {
        step = s;
        epoch = e;
        time = t;
        line = l;
      },
      value: (key, value, told) => {
        // Points after a traceback: it was caught, or another process's; the training went on.
        this.ending = null;
        const series = this.seriesFor(metric ?? key, told ?? split);
        if (series) {
          series.continueFrom(file);
          series.append(step, value, epoch, time, line);
        } else this.skip(line, l10n.t('more than {0} different metric names', MAX_SERIES));
      },
      skip: (at, reason) => this.skip(at, reason),
      context: (key, value) => {
        this.derived.delete(key);
        // Settings are shown, compared and exported.
        this.context.set(key, typeof value === 'string' ? publicValue(key, value) : value);
      },
      ended: (how, reason, at) => {
        // What the log says of a crash tells more than that there was one.
        const told = how === 'crashed' && this.ending?.how === how && Number.isNaN(at);
        if (!told) this.ending = { how, reason, line: at };
      },
    };
  }

  /** Call after each batch of points: settles what only the whole run can tell. */
  settle(): void {
    settleSplits(this.series, this.toldSplit);
    for (const key of this.derived) this.context.delete(key);
    this.derived.clear();
    for (const [key, value] of knownSettings(this.context, this.lengths())) {
      if (this.context.has(key)) continue;
      this.derived.add(key);
      this.context.set(key, value);
    }
  }

  /** Whether the log itself told it, and not the settings of the script that were read beside it. */
  wasTold(key: string): boolean {
    return this.context.has(key) && !this.derived.has(key);
  }

  private lengths(): { epoch: number; step: number } {
    const largest = (values: number[]): number => values.reduce((most, one) => (one > most ? one : most), 0);
    const stepped = this.series.filter(({ axis }) => axis === 'step');
    return {
      epoch: largest(this.series.map(({ epochs }) => epochs.at(-1))),
      step: largest(stepped.map(({ steps }) => steps.at(-1))),
    };
  }

  private fileAt(path: string): number {
    const known = this.files.indexOf(path);
    return known >= 0 ? known : this.files.push(path) - 1;
  }

  private skip(line: number, reason: string): void {
    this.skipped.lines++;
    this.skipped.first ??= { line: Number.isFinite(line) ? line : null, reason };
  }

  private seriesFor(key: string, told: Split | null): Series | null {
    let ofSplit = this.byKey.get(told);
    if (!ofSplit) this.byKey.set(told, (ofSplit = new Map<string, Series>()));
    const known = ofSplit.get(key);
    if (known) return known;
    if (this.series.length >= MAX_SERIES) return null;
    const identity = identifyMetric(key);
    const series = new Series(key, told ? { ...identity, split: told } : identity);
    ofSplit.set(key, series);
    this.toldSplit.set(series, series.split);
    this.series.push(series);
    return series;
  }
}

/** The id of the run at `path`: the same at every start, short enough for a message. */
export function runId(path: string): string {
  return createHash('sha1').update(path.replace(/\\/g, '/')).digest('hex').slice(0, 12);
}
