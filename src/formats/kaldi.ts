import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { LineParser, type LineHandler } from './lineParser';
import { parseNumber } from './numbers';

/** What one job of Kaldi says of one iteration: `acc.<iteration>.<job>.log`, `compute_prob_valid.<iteration>.log`. */
export const kaldi: LogFormat = {
  id: 'kaldi',
  title: 'Iteration of Kaldi',
  growth: 'append',
  recognise,
  surest: 0.9,
  createParser: (sink) => new LineParser(new KaldiLines(sink), sink),
};

/** Kaldi's own mark at the start of a line: `LOG (gmm-acc-stats-ali[5.5.1008]:main():gmm-acc-stats-ali.cc:115) Overall …` */
const OVERALL = /^LOG \([\w-]+\[.{0,120}?\.cc:\d+\) (?:GMM update: )?Overall (.*)$/;
const LIKELIHOOD = /^avg like per frame(?: \([\w ]+\))? = (\S+) over /;
const OBJECTIVE = /^average objective function for '([\w-]+)' is (\S+) over /;
const PROBABILITY = /^(log-probability|log-likelihood|accuracy) for '([\w-]+)' is (\S+) per frame/;
/** The model that the iteration starts from bears its number. */
const MODEL = /\/(\d+)\.mdl\b/;

function recognise({ head, tail }: Sample): Recognition {
  const parts = [head, tail].map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const mayBe = parts.some((bytes) => bytes.includes(') Overall ') || bytes.includes('GMM update: Overall '));
  const text = mayBe ? parts.map((bytes) => bytes.toString('latin1')).join('\n') : '';
  const found = text.split('\n').some((line) => line.startsWith('LOG (') && readOverall(line) !== null);
  return found && MODEL.test(text)
    ? { confidence: 0.9, why: l10n.t('what a job of Kaldi measured over all its data') }
    : { confidence: 0, why: l10n.t('not a job of Kaldi that measured anything') };
}

/** The metric and its value in such a line; null for other lines. Of all of them more is better, accuracy or log-probability. */
function readOverall(text: string): { key: string; value: number } | null {
  const said = text.length < 1000 ? OVERALL.exec(text)?.[1] : undefined;
  if (said === undefined) return null;
  const likelihood = LIKELIHOOD.exec(said);
  if (likelihood) return valued('loglike per frame', likelihood[1]!);
  const objective = OBJECTIVE.exec(said);
  if (objective) return valued(`objf ${objective[1]!}`, objective[2]!);
  const [, what, output, number] = PROBABILITY.exec(said) ?? [];
  return what === undefined ? null : valued(`${what === 'accuracy' ? what : 'objf'} ${output!}`, number!);
}

function valued(key: string, text: string): { key: string; value: number } | null {
  const value = parseNumber(text);
  return value === undefined ? null : { key, value };
}

class KaldiLines implements LineHandler {
  private iteration = UNKNOWN;

  constructor(private readonly sink: PointSink) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new KaldiLines(sink), { iteration: this.iteration });
  }

  line(text: string, line: number): void {
    if (Number.isNaN(this.iteration) && text.length < 20_000) {
      const number = MODEL.exec(text)?.[1];
      if (number !== undefined) this.iteration = Number(number);
    }
    const overall = readOverall(text);
    if (!overall) return;
    this.sink.at(this.iteration, UNKNOWN, UNKNOWN, line);
    this.sink.value(overall.key, overall.value);
  }

  end(): void {
    // A value is reported as soon as it is there.
  }
}
