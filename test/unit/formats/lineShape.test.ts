import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonl } from '../../../src/formats/jsonl';
import { text } from '../../../src/formats/text';
import { record } from './recording';

/** Lines with `#` for each number; repeated with other numbers they are read by their shape. */
const skeletons = [
  'iter #: loss #, time #ms, mfu #%',
  '2020-10-28 21:59:39,109 - mmdet - INFO - Epoch [#][#/7330]\tlr: #, eta: 1 day, 2:03:04, loss: #, acc: #',
  'Epoch: [#][#/391]\tTime # ( #)\tLoss # (#)\tAcc@1 # ( #)',
  'Test: [#/196] Loss # (#) Acc@5 # (#)',
  ' *   Acc@1 # Acc@5 #',
  '    Train net output #0: loss1/loss1 = # (* 0.3 = # loss)',
  'step # | loss # (+#z)| tps: #,# | val_loss=#',
  'Accuracy: #/# (#%)',
  'Train Epoch: # [#/60000]',
  'Loaded # of # shards in #s',
  '--- Test # ---',
  'Epoch #/# nan loss: -#',
  'top 5 acc: # Loss 1: #, Loss 2: #',
  "{'loss': #, 'grad_norm': #, 'learning_rate': #, 'epoch': #}",
  "{'eval_loss': #, 'eval_runtime': #, 'eval_samples_per_second': #, 'epoch': #}",
  "{'loss': '#', 'epoch': '#', 'layer1/acc': #}",
  'INFO: {"epoch": #, "train_loss": "#", "train_num_updates": "#"}',
];
const number = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }).map(String),
  fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value.toFixed(4)),
  fc.double({ min: 0, max: 1, noNaN: true }).map(String),
  fc.constantFrom(
    '0',
    '-0',
    '-1.5',
    '1e-05',
    '3.2E+04',
    '5.',
    '.5',
    '12,345',
    '1,234,567.8',
    '123456789012345678901',
    'nan',
    '-inf',
    '87.3365',
  ),
);
const jsonSkeletons = [
  '{"epoch": #, "step": #, "train_loss": #, "lr": #}',
  '{"step": #, "val_loss": #, "time": 1700000001.25, "note": "layer2"}',
  '{"step": #, "val_loss": #, "time": 1700000123.5, "note": "layer2"}',
  '{"mode": "train", "epoch": #, "iter": #, "loss": #, "nested": {"acc": [#]}}',
  '{"iter": #, "loss": "#", "total_steps": #}',
];
const jsonNumber = fc.oneof(
  fc.integer({ min: -5, max: 2_000 }).map(String),
  fc.double({ min: -1, max: 100, noNaN: true }).map(String),
  fc.constantFrom('0', '-0', '1e-05', '3.2E+04', 'NaN', '123456789012345678901', 'null'),
);
/** Lines of a few skeletons, whose numbers mostly are written alike: else hardly one would have the shape of another. */
const lines = (skeletons: readonly string[], number: fc.Arbitrary<string>): fc.Arbitrary<string[]> => {
  const usual = fc.double({ min: 0, max: 9, noNaN: true }).map((value) => value.toFixed(4));
  const numbers = fc.array(fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: number }), {
    minLength: 8,
    maxLength: 8,
  });
  return fc.uniqueArray(fc.constantFrom(...skeletons), { minLength: 1, maxLength: 3 }).chain((few) =>
    fc.array(
      fc
        .tuple(fc.constantFrom(...few), numbers)
        .map(([skeleton, values]) => values.reduce((text, value) => text.replace('#', value), skeleton)),
      { minLength: 1, maxLength: 60 },
    ),
  );
};
describe('a line that is read by its shape', () => {
  it.each([
    ['text', text, lines(skeletons, number)],
    ['JSON', jsonl, lines(jsonSkeletons, jsonNumber)],
  ] as const)('says the same as when it is read anew: %s', (_name, format, some) => {
    fc.assert(
      fc.property(some, (lines) => {
        const bytes = Buffer.from(`${lines.join('\n')}\n`);
        // A line that comes in two pieces is never read by its shape.
        const pieces = lines.flatMap((text) => [
          Buffer.from(text.slice(0, 3)),
          Buffer.from(`${text.slice(3)}\n`),
        ]);
        expect(record(format, [bytes])).toEqual(record(format, pieces));
      }),
      { numRuns: 500 },
    );
  });

  it('is told apart from one with another digit in a name', () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `iter ${i}: out ${'#'}${i % 20}: loss${i % 20}/x = ${i}.5, loss 1: 2\n`,
    );
    expect(record(text, [Buffer.from(lines.join(''))])).toEqual(
      record(
        text,
        lines.map((one) => Buffer.from(one)),
      ),
    );
  });

  it('goes by what was written and not by what was made of the line before', () => {
    // MMEngine: `step` is the iteration in train records and the epoch in val records.
    const lines = Array.from({ length: 8 }, (_, i) => [
      `{"lr": 0.1, "loss": ${1 / (i + 3)}, "epoch": ${i + 1}, "step": ${50 * (i + 1)}}\n`,
      `{"accuracy/top1": ${70 + i / 7}, "step": ${i + 1}}\n`,
    ]).flat();
    const pieces = lines.flatMap((line) => [Buffer.from(line.slice(0, 3)), Buffer.from(line.slice(3))]);
    expect(record(jsonl, [Buffer.from(lines.join(''))])).toEqual(record(jsonl, pieces));
  });
});
