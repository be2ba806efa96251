import * as l10n from '@vscode/l10n';
import {
  UNKNOWN,
  type LogFormat,
  type LogParser,
  type PointSink,
  type Recognition,
  type Sample,
} from './format';
import { JsonScanner } from './jsonScanner';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric } from './metricName';
import { isTrainerNoise } from './trainerNoise';
import { readJsonRecord } from './jsonRecord';

/** `trainer_state.json` of the Hugging Face Trainer, also in its `checkpoint-*` folders. */
export const hfTrainerState: LogFormat = {
  id: 'hf-trainer-state',
  title: 'Hugging Face trainer_state.json',
  growth: 'rewrite',
  recognise,
  surest: 1,
  createParser: (sink) => new TrainerStateParser(sink),
};

function recognise(sample: Sample): Recognition {
  const head = Buffer.from(sample.head).toString('latin1').trimStart();
  const tail = Buffer.from(sample.tail).toString('latin1');
  if (!head.startsWith('{') && !head.startsWith('\u00ef\u00bb\u00bf{'))
    return { confidence: 0, why: l10n.t('not a JSON object') };
  if (!/"log_history"\s*:\s*\[/.test(head)) return { confidence: 0, why: l10n.t('no "log_history" array') };
  const known = [
    '"global_step"',
    '"max_steps"',
    '"is_world_process_zero"',
    '"best_metric"',
    '"num_train_epochs"',
  ];
  const found = known.filter((key) => head.includes(key) || tail.includes(key));
  return {
    confidence: found.length > 0 ? 1 : 0.8,
    why:
      found.length > 0
        ? l10n.t('JSON object with "log_history" and {0}', found[0]!)
        : l10n.t('JSON object with "log_history"'),
  };
}

/** Yields every entry before the cut of a truncated document; holds one entry in memory at a time. */
class TrainerStateParser implements LogParser {
  private readonly scanner: JsonScanner;
  private globalStep = UNKNOWN;
  private globalStepText = '';
  private maxSteps = UNKNOWN;

  constructor(private readonly sink: PointSink) {
    this.scanner = new JsonScanner('log_history', {
      item: (text, line) => this.entry(text, line),
      itemTooLong: (line) => this.sink.skip(line, l10n.t('the log_history entry is longer than 1 MiB')),
      field: (key, text) => this.field(key, text),
      end: (line) => this.close(line),
    });
    sink.context('framework', 'transformers');
  }

  /** What is incomplete is never reported, so the end tells nothing new. */
  readonly pending = false;

  push(chunk: Uint8Array): void {
    this.scanner.push(chunk);
  }

  end(): void {
    this.scanner.end();
  }

  private entry(text: string, line: number): void {
    const object = asRecord(parseLooseJson(text));
    if (!object) {
      this.sink.skip(line, l10n.t('not a JSON object'));
      return;
    }
    // The last entry sums up the run: its train_loss is a mean over all steps, not a point of the curve.
    if ('train_runtime' in object) return;
    const record = readJsonRecord(object);
    this.sink.at(record.step, record.epoch, UNKNOWN, line);
    record.keys.forEach((key, i) => {
      if (isTrainerNoise(key)) return;
      const { split, direction } = identifyMetric(key);
      if (split === null && direction !== 'none') this.sink.value(key, record.values[i]!, 'train');
      else this.sink.value(key, record.values[i]!);
    });
  }

  private field(key: string, text: string): void {
    const value = Number(text);
    if (Number.isNaN(value)) return;
    if (key === 'global_step') {
      this.globalStep = value;
      this.globalStepText = `"${key}": ${text}`;
    } else if (key === 'max_steps') {
      this.maxSteps = value;
      this.sink.context('total_steps', value);
    } else if (key === 'num_train_epochs') this.sink.context('total_epochs', value);
    else if (key === 'train_batch_size') this.sink.context('batch_size', value);
  }

  private close(line: number): void {
    if (this.globalStep >= this.maxSteps) this.sink.ended('finished', this.globalStepText, line);
  }
}
