import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../../src/formats/registry';
import { tfevents } from '../../../src/formats/tfevents';
import {
  double,
  event,
  field,
  float,
  recordOf,
  simpleValue,
  tensorValue,
  varint,
  versionRecord,
} from './eventFile';
import { points, record } from './recording';

const file = (...records: readonly Uint8Array[]): Buffer => Buffer.concat([versionRecord(), ...records]);

describe('tfevents parser', () => {
  it('reads simple values with step and wall time', () => {
    expect(record(tfevents, [file(event(10, 1.6e9, simpleValue('Loss/train', 0.5)))])).toEqual([
      'at step=10 epoch=NaN time=1600000000000 line=NaN',
      'Loss/train = 0.5',
    ]);
  });

  it.each([
    ['float_val, packed', 1, field(5, 2, float(0.5)), 0.5],
    ['float_val, not packed', 1, field(5, 5, float(0.5)), 0.5],
    ['float content', 1, field(4, 2, float(0.5)), 0.5],
    ['double content', 2, field(4, 2, double(0.1)), 0.1],
    ['double_val', 2, field(6, 1, double(0.1)), 0.1],
    ['int_val', 3, field(7, 0, varint(-3)), -3],
    ['int64_val, packed', 9, field(10, 2, varint(7)), 7],
    ['int64 content', 9, field(4, 2, Buffer.from([5, 0, 0, 0, 0, 0, 0, 0])), 5],
    ['half content', 19, field(4, 2, Buffer.from([0x00, 0x3e])), 1.5],
    ['half_val', 19, field(13, 0, varint(0x3e00)), 1.5],
    ['bfloat16 content', 14, field(4, 2, Buffer.from([0xc0, 0x3f])), 1.5],
  ])('reads a tensor scalar: %s', (_, dtype, fields, value) => {
    expect(points(tfevents, file(event(1, 1, tensorValue('loss', dtype, fields))))).toEqual([
      `1/- loss=${value}`,
    ]);
  });

  it('tells the settings that the plugin for hyperparameters keeps', () => {
    const text = (value: string): Buffer => Buffer.from(value);
    const entry = (name: string, value: Uint8Array): Buffer =>
      field(1, 2, Buffer.concat([field(1, 2, text(name)), field(2, 2, value)]));
    const start = Buffer.concat([
      entry('max_epochs', field(2, 1, double(20))),
      entry('arch', field(3, 2, text('resnet18'))),
      entry('amp', field(4, 0, varint(1))),
      entry('nothing', Buffer.alloc(0)),
    ]);
    const plugin = Buffer.concat([field(1, 2, text('hparams')), field(2, 2, field(3, 2, start))]);
    const summary = (tag: string): Buffer =>
      Buffer.concat([field(1, 2, text(tag)), field(9, 2, field(1, 2, plugin))]);
    expect(record(tfevents, [file(event(0, 1, summary('_hparams_/session_start_info')))])).toEqual([
      'context max_epochs = 20',
      'context arch = resnet18',
      'context amp = true',
    ]);
    expect(record(tfevents, [file(event(0, 1, summary('_hparams_/experiment')))])).toEqual([]);
  });

  it('ignores what is no scalar curve', () => {
    const shaped = field(2, 2, field(2, 2, field(1, 0, varint(2))));
    const records = [
      event(1, 1, tensorValue('text', 7, field(8, 2, Buffer.from('hello')), 'text')),
      event(1, 1, tensorValue('hp', 1, field(5, 5, float(1)), 'hparams')),
      event(
        1,
        1,
        tensorValue('pair', 1, Buffer.concat([shaped, field(5, 2, Buffer.concat([float(1), float(2)]))])),
      ),
      event(
        1,
        1,
        Buffer.concat([
          field(1, 2, Buffer.from('hist')),
          field(5, 2, Buffer.from([9, 1, 2, 3, 4, 5, 6, 7, 8])),
        ]),
      ),
      event(1, 1, simpleValue('gradient_std/layer1', 1)),
      event(1, 1, simpleValue('_hparams_/session', 1)),
    ];
    expect(record(tfevents, [file(...records)])).toEqual([]);
  });

  it('waits for a record that is cut off, and for zeros that are not written yet', () => {
    const whole = file(event(1, 1, simpleValue('loss', 1)));
    expect(
      record(tfevents, [Buffer.concat([whole, event(2, 2, simpleValue('loss', 2)).subarray(0, 20)])]),
    ).toHaveLength(2);
    expect(record(tfevents, [Buffer.concat([whole, Buffer.alloc(64)])])).toHaveLength(2);
  });

  it('stops at a wrong checksum and says where', () => {
    const bytes = file(
      event(1, 1, simpleValue('loss', 1)),
      event(2, 2, simpleValue('loss', 2)),
      event(3, 3, simpleValue('loss', 3)),
    );
    bytes[bytes.length - 70] = bytes[bytes.length - 70]! ^ 0xff;
    const calls = record(tfevents, [bytes]);
    expect(calls.at(-1)).toMatch(
      /^skip NaN: record \d: checksum of the (data|length) is wrong; the rest of the file is not read$/,
    );
  });

  it('passes over a record of many megabytes', () => {
    const graph = recordOf(field(4, 2, Buffer.alloc(3 << 20, 7)));
    expect(points(tfevents, file(graph, event(2, 2, simpleValue('loss', 2))))).toEqual(['2/- loss=2']);
  });
});

describe('tfevents recognition', () => {
  const confidence = (path: string, bytes: Uint8Array): number =>
    tfevents.recognise(sampleOf(path, bytes)).confidence;

  it('goes by the framing and the version, or the name where the version is missing', () => {
    expect(confidence('x.bin', file())).toBe(1);
    expect(confidence('learn/events.out.tfevents', event(0, 1, simpleValue('loss', 1)))).toBeGreaterThan(0.9);
    expect(confidence('train.tfrecord', event(0, 1, simpleValue('loss', 1)))).toBeLessThan(0.5);
    expect(confidence('events.out.tfevents.1', Buffer.from('hello, world, hello'))).toBe(0);
    expect(confidence('events.out.tfevents.1', Buffer.alloc(0))).toBe(0);
  });
});
