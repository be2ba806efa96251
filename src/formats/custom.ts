import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { LineParser, type LineHandler } from './lineParser';
import { splitOfWord } from './metricName';
import { parseNumber } from './numbers';
import { positionOf } from './positionName';
import { headLines, tailLines } from './sampleLines';

/** A format that the user describes: a regular expression for its lines, whose named groups are the metrics. */
export interface CustomFormat {
  /** For people; the id of the format is `custom:` and this. */
  readonly name: string;
  /** Groups named step, iter, iteration, epoch give the position, one named split the split, all others are metrics. */
  readonly pattern: string;
}

/** Longer lines are not matched: an expression may take the square of their length. */
const LONGEST_LINE = 1_000;
/** Lines of each end that are tried to recognise a file. */
const TRIED = 200;

/**
 * The format of a user's own expression. Surer than all but magic bytes: who describes a file knows it.
 * @throws SyntaxError when the expression is none
 */
export function customFormat({ name, pattern }: CustomFormat): LogFormat {
  const expression = new RegExp(pattern, 'u');
  return {
    id: `custom:${name}`,
    title: l10n.t('{0} (your own format)', name),
    growth: 'append',
    surest: 0.98,
    recognise: (sample) => recognise(sample, expression, name),
    createParser: (sink) => new LineParser(new CustomLines(sink, expression), sink),
  };
}

/** Names of the groups of an expression that give metrics. */
export function metricGroups(pattern: string): string[] {
  const names = [...pattern.matchAll(/\(\?<([\p{L}_$][\p{L}\p{N}_$]*)>/gu)].map(([, name]) => name!);
  return names.filter((name) => name !== 'split' && positionOf(name) === null);
}

function recognise(sample: Sample, expression: RegExp, name: string): Recognition {
  const lines = [...headLines(sample, TRIED), ...tailLines(sample, TRIED)];
  let matches = 0;
  for (const line of lines) if (line.length <= LONGEST_LINE && expression.test(line)) matches++;
  const why = l10n.t('{0} lines match the pattern of {1}', matches, JSON.stringify(name));
  return { confidence: matches < 2 ? 0 : 0.98, why };
}

class CustomLines implements LineHandler {
  private epoch = UNKNOWN;
  private step = UNKNOWN;

  constructor(
    private readonly sink: PointSink,
    private readonly expression: RegExp,
  ) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new CustomLines(sink, this.expression), { epoch: this.epoch, step: this.step });
  }

  line(text: string, line: number): void {
    const groups = text.length <= LONGEST_LINE ? this.expression.exec(text)?.groups : undefined;
    if (!groups) return;
    const metrics: [string, number][] = [];
    for (const [name, cell] of Object.entries(groups)) {
      const value = name === 'split' || cell === undefined ? undefined : parseNumber(cell.trim());
      if (value === undefined) continue;
      const position = positionOf(name);
      if (position === 'epoch') this.epoch = value;
      else if (position === 'step') this.step = value;
      else if (position === null) metrics.push([name, value]);
    }
    if (metrics.length === 0) return;
    const split = groups.split === undefined ? null : splitOfWord(groups.split);
    this.sink.at(this.step, this.epoch, UNKNOWN, line);
    for (const [name, value] of metrics) {
      if (split) this.sink.value(name, value, split);
      else this.sink.value(name, value);
    }
  }

  end(): void {
    // Every line is reported at once.
  }
}
