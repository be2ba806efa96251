import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { LineParser, type LineHandler } from './lineParser';
import { parseNumber } from './numbers';
import { headLines } from './sampleLines';

/** The `monitor.csv` of Gym's and stable-baselines' Monitor: a row for each episode with its return, length and time. */
export const monitorCsv: LogFormat = {
  id: 'monitor-csv',
  title: 'Episodes of a Monitor',
  growth: 'append',
  recognise,
  surest: 1,
  createParser: (sink) => new LineParser(new MonitorLines(sink), sink),
};

const START = /^#\s*\{.*"t_start"\s*:\s*([\d.]+)/;
const HEADER = /^r,l,t(?:,|$)/;

function recognise(sample: Sample): Recognition {
  const [first = '', second = ''] = headLines(sample, 2);
  return START.test(first) && HEADER.test(second)
    ? { confidence: 1, why: l10n.t('the start of a Monitor and its columns "r", "l" and "t"') }
    : { confidence: 0, why: l10n.t('not the table of a Monitor') };
}

class MonitorLines implements LineHandler {
  /** When the first environment began, ms since 1970. */
  private start = UNKNOWN;
  private steps = 0;

  constructor(private readonly sink: PointSink) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new MonitorLines(sink), { start: this.start, steps: this.steps });
  }

  line(text: string, line: number): void {
    const start = START.exec(text)?.[1];
    if (start !== undefined) this.start = 1000 * Number(start);
    if (start !== undefined || HEADER.test(text) || text.trim() === '') return;
    const [reward, length, time] = text.split(',').map((cell) => parseNumber(cell.trim()));
    if (reward === undefined || length === undefined || time === undefined) {
      this.sink.skip(line, l10n.t('not an episode'));
      return;
    }
    this.steps += length;
    this.sink.at(this.steps, UNKNOWN, this.start + 1000 * time, line);
    this.sink.value('episode reward', reward);
    this.sink.value('episode length', length);
  }

  end(): void {
    // A row is reported as soon as it is there.
  }
}
