import { describe, expect, it } from 'vitest';
import { closeJson } from '../../../src/formats/jsonDocumentParser';
import { jsonHistory } from '../../../src/formats/jsonHistory';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { points, recordText } from './recording';

const isLog = (document: unknown): boolean =>
  recogniseFormat(sampleOf('x.json', Buffer.from(JSON.stringify(document)))).format?.id === 'json-history';
const pointsOf = (document: unknown): string[] => points(jsonHistory, JSON.stringify(document));

const loss = [3, 2, 1];
const val_loss = [4, 3, 2];
const epochs = [
  { loss: 3, val_loss: 4 },
  { loss: 2, val_loss: 3 },
];

describe('JSON documents of curves', () => {
  it.each([
    ['arrays of metrics', { loss, val_loss }, ['-/- loss=3', '-/- val_loss=4']],
    [
      'a history with a word around it',
      { history: { loss, val_loss }, params: { epochs: 3 } },
      ['-/- loss=3', '-/- val_loss=4'],
    ],
    ['arrays by split', { train: { loss }, val: { loss: val_loss } }, ['-/- train/loss=3', '-/- val/loss=4']],
    [
      'arrays with their epochs',
      { epochs: [1, 2, 3], train_losses: loss, val_accs: [0.1, 0.2, 0.3] },
      ['-/1 train_loss=3', '-/1 val_acc=0.1'],
    ],
    [
      'a table of pandas',
      { loss: { 0: 3, 1: 2 }, val_loss: { 0: 4, 1: 3 } },
      ['-/- loss=3', '-/- val_loss=4'],
    ],
    [
      "Sacred's metrics",
      { loss: { steps: [0, 10, 20], timestamps: ['a', 'b', 'c'], values: loss } },
      ['0/- loss=3'],
    ],
    [
      "PyMARL's info",
      { loss: [{ dtype: 'float64', value: 3 }, 2], loss_T: [100, 200], episode: [1, 2] },
      ['100/- loss=3'],
    ],
    [
      'a list of epochs',
      [
        { epoch: 1, loss: 3 },
        { epoch: 2, loss: 2 },
      ],
      ['-/1 loss=3', '-/2 loss=2'],
    ],
    ['a list of epochs in an object', { model: 'x', epochs }, ['-/- loss=3', '-/- val_loss=4']],
    [
      'a list in a log',
      {
        config: { lr: 1 },
        log: {
          rows: [
            { step: 5, loss: 3 },
            { step: 9, loss: 2 },
          ],
        },
      },
      ['5/- loss=3', '9/- loss=2'],
    ],
    ['an object of epochs', { 10: { loss: 2 }, 2: { loss: 3 } }, ['-/2 loss=3', '-/10 loss=2']],
    [
      'an object of named epochs',
      { epoch_2: { loss: 2 }, epoch_1: { loss: 3 } },
      ['-/1 loss=3', '-/2 loss=2'],
    ],
  ])('are read: %s', (_name, document, expected) => {
    expect(isLog(document)).toBe(true);
    const found = pointsOf(document);
    for (const point of expected) expect(found).toContain(point);
  });

  it.each([
    ['a cross-validation', { accuracy: [0.9, 0.8, 0.9], f1: [0.8, 0.7, 0.8] }],
    [
      'a comparison of models',
      [
        { model: 'a', loss: 1, accuracy: 0.9 },
        { model: 'b', loss: 2, accuracy: 0.8 },
      ],
    ],
    ['a ROC curve', { fpr: [0, 0.1, 1], tpr: [0, 0.5, 1], auc: 0.9 }],
    [
      'annotations',
      {
        annotations: [
          { image_id: 1, score: 0.5 },
          { image_id: 2, score: 0.7 },
        ],
      },
    ],
    [
      'last values with a histogram',
      { loss: 1, weights: { _type: 'histogram', loss: [1, 2], bins: [0, 1, 2] } },
    ],
    [
      'a data set',
      [
        { text: 'loss', label: 1 },
        { text: 'gain', label: 0 },
      ],
    ],
    ['summaries of many curves', { 'a.log': { series: { loss: { first: [0, 9], last: [5, 1] } } } }],
    ['a single result', { loss: 1, accuracy: 0.5 }],
    ['one epoch', { loss: [1], val_loss: [2] }],
  ])('are not: %s', (_name, document) => {
    expect(isLog(document)).toBe(false);
  });

  it('are told by the steps beside the first values', () => {
    const first = { loss: [0.5], loss_T: [100], return_mean: [6.3], return_mean_T: [100] };
    expect(isLog(first)).toBe(true);
    expect(pointsOf(first)).toEqual(['100/- loss=0.5', '100/- return_mean=6.3']);
  });

  it('spread a value per epoch over a value per batch', () => {
    expect(pointsOf({ loss: [6, 5, 4, 3, 2, 1], val_loss: [5, 2] })).toEqual([
      ...[6, 5, 4, 3, 2, 1].map((value, i) => `${i}/- loss=${value}`),
      '2/- val_loss=5',
      '5/- val_loss=2',
    ]);
  });

  it('keep NaN, and leave out what is missing', () => {
    expect(points(jsonHistory, '{"loss": [1, NaN, -Infinity], "val_loss": [2, null, "nan"]}')).toEqual([
      '-/- loss=1',
      '-/- loss=NaN',
      '-/- loss=-Infinity',
      '-/- val_loss=2',
      '-/- val_loss=NaN',
    ]);
  });

  it('say when they are cut off or broken, and are told by their start', () => {
    const text = JSON.stringify({ loss, val_loss });
    expect(recordText(jsonHistory, text.slice(0, -1))).toEqual(['skip NaN: the JSON document is cut off']);
    expect(recordText(jsonHistory, '{"loss": [1,, 2]}')).toEqual(['skip NaN: not a JSON document']);
    expect(closeJson('{"a": [1, 2, 3')).toEqual({ a: [1, 2] });
    expect(closeJson('{"a": [1, 2], "b": "x, y')).toEqual({ a: [1, 2] });
    expect(closeJson('{"a": {"b": [')).toEqual({ a: { b: [] } });
    const long = { loss: Array.from({ length: 60_000 }, (_, i) => 1 / (i + 1)) };
    expect(isLog(long)).toBe(true);
  });
});
