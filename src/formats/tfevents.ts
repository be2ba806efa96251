import * as l10n from '@vscode/l10n';
import { crc32c, maskCrc } from './crc';
import {
  UNKNOWN,
  type LogFormat,
  type LogParser,
  type PointSink,
  type Recognition,
  type Sample,
} from './format';
import { hparamsOf, SESSION_START } from './hparamsPlugin';
import { reportSettings } from './hyperparameters';
import { Fields, float32, float64, readMessage } from './protobuf';
import { tensorScalar } from './tensorScalar';
import { TextCache } from './textCache';
import { TfRecordReader } from './tfrecord';

/** Tags that are written by the thousand and are no metrics, or that describe the run instead of measuring it. */
const NOISE = /^(?:parameter_mean|parameter_std|gradient_mean|gradient_std)\/|^_hparams_\//;

/** TensorBoard event files, of whichever framework. */
export const tfevents: LogFormat = {
  id: 'tfevents',
  title: 'TensorBoard event file',
  growth: 'append',
  recognise,
  surest: 1,
  createParser: (sink) => new TfEventsParser(sink),
};

function recognise(sample: Sample): Recognition {
  const head = Buffer.from(sample.head.buffer, sample.head.byteOffset, sample.head.byteLength);
  if (
    head.length < 12 ||
    head.readUInt32LE(4) !== 0 ||
    head.readUInt32LE(8) !== maskCrc(crc32c(head.subarray(0, 8)))
  ) {
    const named = /tfevents/.test(sample.path);
    return {
      confidence: 0,
      why: named
        ? l10n.t('named like an event file, but its first record is broken')
        : l10n.t('no TFRecord header'),
    };
  }
  if (head.subarray(12, 64).includes('brain.Event:'))
    return { confidence: 1, why: l10n.t('TFRecord header and "brain.Event"') };
  // CatBoost leaves the version record out; other TFRecord files hold data sets.
  return /tfevents/.test(sample.path)
    ? { confidence: 0.95, why: l10n.t('TFRecord header and the name of an event file') }
    : { confidence: 0.3, why: l10n.t('TFRecord header, but no event version') };
}

class TfEventsParser implements LogParser {
  private readonly reader: TfRecordReader;
  private readonly fields = new Fields();
  private readonly inner = new Fields();
  private readonly tags = new TextCache();

  constructor(private readonly sink: PointSink) {
    this.reader = new TfRecordReader({
      record: (bytes, start, end, index) => this.event(bytes, start, end, index),
      corrupt: (index, reason) =>
        sink.skip(UNKNOWN, l10n.t('record {0}: {1}; the rest of the file is not read', index + 1, reason)),
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

  private event(bytes: Uint8Array, start: number, end: number, index: number): void {
    let time = UNKNOWN;
    let step = 0;
    let summary = -1;
    let summaryEnd = -1;
    const event = this.fields.open(bytes, start, end);
    while (event.next()) {
      if (event.field === 1 && event.wire === 1) time = float64(bytes, event.start) * 1000;
      else if (event.field === 2 && event.wire === 0) step = event.value;
      else if (event.field === 5 && event.wire === 2) {
        summary = event.start;
        summaryEnd = event.end;
      }
    }
    if (!event.whole) this.sink.skip(UNKNOWN, l10n.t('record {0}: not an event', index + 1));
    if (!event.whole || summary < 0) return;
    const values = this.fields.open(bytes, summary, summaryEnd);
    let placed = false;
    while (values.next()) {
      if (values.field !== 1 || values.wire !== 2) continue;
      const scalar = this.scalar(bytes, values.start, values.end);
      if (!scalar) continue;
      if (!placed) this.sink.at(step, UNKNOWN, time, UNKNOWN);
      placed = true;
      this.sink.value(scalar.tag, scalar.value);
    }
  }

  private scalar(bytes: Uint8Array, start: number, end: number): { tag: string; value: number } | undefined {
    let tag = '';
    let value: number | undefined;
    let metadata: Uint8Array | undefined;
    const fields = this.inner.open(bytes, start, end);
    while (fields.next()) {
      const { field, wire } = fields;
      if (field === 1 && wire === 2) tag = this.tags.text(bytes, fields.start, fields.end);
      else if (field === 2 && wire === 5) value = float32(bytes, fields.start);
      else if (field === 8 && wire === 2) value = tensorScalar(bytes.subarray(fields.start, fields.end));
      else if (field === 9 && wire === 2) metadata = bytes.subarray(fields.start, fields.end);
    }
    if (metadata && tag === SESSION_START) reportSettings(this.sink, hparamsOf(metadata));
    const plugin = metadata ? pluginOf(metadata) : '';
    if (value === undefined || (plugin !== '' && plugin !== 'scalars')) return undefined;
    return tag === '' || NOISE.test(tag) ? undefined : { tag: tag.trim(), value };
  }
}

/** SummaryMetadata.plugin_data.plugin_name */
function pluginOf(metadata: Uint8Array): string {
  let name = '';
  readMessage(metadata, (field, wire, _value, data) => {
    if (field !== 1 || wire !== 2) return;
    readMessage(data, (inner, innerWire, _number, bytes) => {
      if (inner === 1 && innerWire === 2) name = Buffer.from(bytes).toString('utf8');
    });
  });
  return name;
}
