import * as l10n from '@vscode/l10n';
import { BLOCK_LOG_HEADER, BlockLogReader } from './blockLog';
import { UNKNOWN, type LogFormat, type LogParser, type PointSink, type Sample } from './format';
import { reportSettings } from './hyperparameters';
import { readMessage } from './protobuf';
import { readItems, reportHistory } from './wandbHistory';

/** The `run-<id>.wandb` that Weights & Biases writes on the machine that trains, online or offline. */
export const wandb: LogFormat = {
  id: 'wandb',
  title: 'Weights & Biases run file',
  growth: 'append',
  recognise: ({ head }: Sample) =>
    BLOCK_LOG_HEADER.equals(head.subarray(0, BLOCK_LOG_HEADER.length))
      ? { confidence: 1, why: l10n.t('starts with ":W&B"') }
      : { confidence: 0, why: l10n.t('does not start with ":W&B"') },
  surest: 1,
  createParser: (sink) => new WandbParser(sink),
};

/** Field numbers of `Record` in wandb_internal.proto. */
const HISTORY = 2;
const CONFIG = 5;
const RUN = 17;
const EXIT = 18;

class WandbParser implements LogParser {
  private readonly reader: BlockLogReader;

  constructor(private readonly sink: PointSink) {
    this.reader = new BlockLogReader({
      record: (data) => this.record(data),
      corrupt: (offset, reason) =>
        sink.skip(UNKNOWN, l10n.t('byte {0}: {1}; the rest of its block is not read', offset, reason)),
    });
  }

  /** What is incomplete is never reported, so the end tells nothing new. */
  readonly pending = false;

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  end(): void {
    // A record that is still incomplete is one that is being written; it is not an error.
  }

  private record(data: Uint8Array): void {
    const whole = readMessage(data, (field, wire, _value, bytes) => {
      if (wire !== 2) return;
      if (field === HISTORY) reportHistory(this.sink, bytes);
      else if (field === CONFIG) reportSettings(this.sink, readItems(bytes));
      else if (field === RUN) this.run(bytes);
      else if (field === EXIT) this.exit(bytes);
    });
    if (!whole) this.sink.skip(UNKNOWN, l10n.t('a record of the file is not one of W&B'));
  }

  /** RunRecord: project = 3, config = 4, display_name = 8. */
  private run(bytes: Uint8Array): void {
    readMessage(bytes, (field, wire, _value, inner) => {
      if (wire !== 2) return;
      if (field === 4) reportSettings(this.sink, readItems(inner));
      else if (field === 3) this.sink.context('project', Buffer.from(inner).toString('utf8'));
      else if (field === 8) this.sink.context('run_name', Buffer.from(inner).toString('utf8'));
    });
  }

  /** RunExitRecord: exit_code = 1, left out when it is 0. */
  private exit(bytes: Uint8Array): void {
    let code = 0;
    readMessage(bytes, (field, wire, value) => {
      if (field === 1 && wire === 0) code = value;
    });
    this.sink.ended(code === 0 ? 'finished' : 'crashed', l10n.t('exit code {0}', code), UNKNOWN);
  }
}
