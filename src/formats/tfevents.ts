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
import { float32, float64, readMessage } from './protobuf';
import { tensorScalar } from './tensorScalar';
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
      why: named ? 'named like an event file, but its first record is broken' : 'no TFRecord header',
    };
  }
  if (head.subarray(12, 64).includes('brain.Event:'))
    return { confidence: 1, why: 'TFRecord header and "brain.Event"' };
  // CatBoost leaves the version record out; other TFRecord files hold data sets.
  return /tfevents/.test(sample.path)
    ? { confidence: 0.95, why: 'TFRecord header and the name of an event file' }
    : { confidence: 0.3, why: 'TFRecord header, but no event version' };
}

class TfEventsParser implements LogParser {
  private readonly reader: TfRecordReader;

  constructor(private readonly sink: PointSink) {
    this.reader = new TfRecordReader({
      record: (data, index) => this.event(data, index),
      corrupt: (index, reason) =>
        sink.skip(UNKNOWN, `record ${index + 1}: ${reason}; the rest of the file is not read`),
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

  private settings(value: Uint8Array): void {
    let tag = '';
    let metadata: Uint8Array | undefined;
    readMessage(value, (field, wire, _value, inner) => {
      if (wire !== 2 || (field !== 1 && field !== 9)) return;
      if (field === 9) metadata = inner;
      else if (inner.length === SESSION_START.length) tag = Buffer.from(inner).toString('utf8');
    });
    if (tag === SESSION_START && metadata) reportSettings(this.sink, hparamsOf(metadata));
  }

  private event(data: Uint8Array, index: number): void {
    let time = UNKNOWN;
    let step = 0;
    let summary: Uint8Array | undefined;
    const whole = readMessage(data, (field, wire, value, bytes) => {
      if (field === 1 && wire === 1) time = float64(bytes) * 1000;
      else if (field === 2 && wire === 0) step = value;
      else if (field === 5 && wire === 2) summary = bytes;
    });
    if (!whole) this.sink.skip(UNKNOWN, `record ${index + 1}: not an event`);
    if (!whole || !summary) return;
    let placed = false;
    readMessage(summary, (field, wire, _value, bytes) => {
      if (field !== 1 || wire !== 2) return;
      this.settings(bytes);
      const scalar = readScalar(bytes);
      if (!scalar || NOISE.test(scalar.tag)) return;
      if (!placed) this.sink.at(step, UNKNOWN, time, UNKNOWN);
      placed = true;
      this.sink.value(scalar.tag.trim(), scalar.value);
    });
  }
}

function readScalar(bytes: Uint8Array): { tag: string; value: number } | undefined {
  let tag = '';
  let value: number | undefined;
  let plugin = '';
  readMessage(bytes, (field, wire, _value, inner) => {
    if (field === 1 && wire === 2) tag = Buffer.from(inner).toString('utf8');
    else if (field === 2 && wire === 5) value = float32(inner);
    else if (field === 8 && wire === 2) value = tensorScalar(inner);
    else if (field === 9 && wire === 2) plugin = pluginOf(inner);
  });
  if (value === undefined || tag === '' || (plugin !== '' && plugin !== 'scalars')) return undefined;
  return { tag, value };
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
