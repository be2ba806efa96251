import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { LineParser, type LineHandler } from './lineParser';
import { parseNumber } from './numbers';
import { wallTime } from './positionName';
import { headLines } from './sampleLines';

/** One metric of a run in MLflow's file store, `mlruns/<experiment>/<run>/metrics/<name>`: the name is the file's. */
export const mlflowMetric: LogFormat = {
  id: 'mlflow',
  title: 'MLflow file store',
  growth: 'append',
  recognise,
  surest: 1,
  createParser: (sink) => new LineParser(new MetricLines(sink), sink),
};

/** Time in ms, value, step (left out before MLflow 1.0), and the data set's name and digest since 2.20. */
const LINE = /^(\d{9,14}) (\S+)(?: (-?\d+))?(?: \S+ \S+)?\s*$/;

function recognise(sample: Sample): Recognition {
  const lines = headLines(sample, 20);
  const fitting = lines.filter((text) => {
    const match = LINE.exec(text);
    return (
      match !== null && parseNumber(match[2]!) !== undefined && !Number.isNaN(wallTime(Number(match[1])))
    );
  });
  // The last line may be half written.
  if (fitting.length * 2 <= lines.length || fitting[0] !== lines[0])
    return { confidence: 0, why: l10n.t('its lines are not a time, a value and a step each') };
  return { confidence: 1, why: l10n.t('each line is a time, a value and a step') };
}

class MetricLines implements LineHandler {
  private rows = 0;
  /** Every step so far was 0: the script gave none, and the order counts. */
  private uncounted = true;

  constructor(private readonly sink: PointSink) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new MetricLines(sink), { rows: this.rows, uncounted: this.uncounted });
  }

  end(): void {
    // A line is reported as soon as it is whole.
  }

  line(text: string, line: number): void {
    if (text.trim() === '') return;
    const match = LINE.exec(text);
    const value = match === null ? undefined : parseNumber(match[2]!);
    if (match === null || value === undefined) {
      this.sink.skip(line, l10n.t('not a time, a value and a step'));
      return;
    }
    const step = match[3] === undefined ? 0 : Number(match[3]);
    this.uncounted &&= step === 0;
    this.sink.at(this.uncounted ? this.rows : step, UNKNOWN, wallTime(Number(match[1])), line);
    this.sink.value('value', value);
    this.rows++;
  }
}
