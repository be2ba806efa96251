import { describe, expect, it } from 'vitest';
import { findPlaces, nowhere, type PlaceKind } from '../../../../src/python/places/places';
import { symptomPlaces } from '../../../../src/python/places/symptomPlaces';
import { symptomNotes } from '../../../../src/analysis/symptomNotes';
import { before, shapes } from '../shapes';

/** What stands at each place of a script. */
async function textsOf(source: string): Promise<Partial<Record<PlaceKind, string>>> {
  const lines = source.split(/\r?\n/);
  const places = Object.entries(await findPlaces(source)).flatMap(([kind, range]) =>
    range ? [[kind, lines[range.start.line]!.slice(range.start.character, range.end.character)]] : [],
  );
  return Object.fromEntries(places) as Partial<Record<PlaceKind, string>>;
}

describe('the place of a training in its script', () => {
  it.each([
    ['accelerate-validated', 'for epoch in range(30):'],
    ['bom', 'for x in data:'],
    ['cifar-loop', 'for epoch in range(20):'],
    ['cnn-without-norm', 'for epoch in range(1, args.epochs + 1):'],
    ['crlf', 'for x, y in data:'],
    ['fabric', 'for batch in loader:'],
    ['fastai', 'learn.fine_tune(3)'],
    ['gan-two-optimizers', 'for data in loader:'],
    ['globals-in-functions', 'for epoch in range(start_epoch, start_epoch+200):'],
    ['hf-classifier', 'trainer.train()'],
    ['hf-literal', 'Trainer(model=model, args=args, train_dataset=data).train()'],
    ['inner-micro-batches', 'while True:'],
    ['keras-images', 'model.fit('],
    ['lbfgs-closure', 'for i in range(steps):'],
    ['lightning-manual', 'pl.Trainer(max_epochs=1).fit(Lit())'],
    ['lightning-validated', 'trainer.fit(Classifier(), train_loader, val_loader)'],
    ['trainer-with-validation', 'for epoch in range(epochs):'],
  ])('%s: %s', async (shape, text) => {
    expect((await textsOf(before(shape))).training).toBe(text);
  });

  it.each(['batch-norm-after-each', 'cnn-classifier', 'flax-linen', 'lstm', 'distillation-wrong'])(
    'is nowhere in a file that only defines: %s',
    async (shape) => {
      expect((await findPlaces(before(shape))).training).toBeNull();
    },
  );

  it.each([
    ['a scaler that is fitted', 'from sklearn.preprocessing import StandardScaler\nStandardScaler().fit(x)'],
    [
      'a tokenizer beside a network',
      'import tensorflow as tf\nfrom keras.preprocessing.text import Tokenizer\nm.compile("adam")\ntok = Tokenizer()\ntok.fit(x)',
    ],
    ['a mode', 'import torch\nmodel.train()\nmodel.eval()'],
    ['a physics step', 'import torch\nfor t in range(9):\n    env.step(action)'],
    ['a validation', 'import torch\nmodel.eval()\nwith torch.no_grad():\n    for x in d:\n        model(x)'],
  ])('is not %s', async (_, source) => {
    expect((await findPlaces(source)).training).toBeNull();
  });

  it('is the loop around the call of the function that steps', async () => {
    const source = [
      ...['import torch', 'def one(model, opt):', '    model.train()', '    for x in loader:'],
      ...[
        '        model(x).backward()',
        '        opt.step()',
        'def main():',
        '    opt = torch.optim.SGD(p, 0.1)',
      ],
      ...['    for e in range(9):', '        one(model, opt)'],
    ].join('\n');
    expect((await textsOf(source)).training).toBe('for e in range(9):');
  });
});

describe('the other places', () => {
  it.each([
    ['cifar-loop', 'optimizer', 'torch.optim.SGD(model.parameters(), lr=0.1)'],
    ['cifar-loop', 'step', 'optimizer.step()'],
    ['cifar-loop', 'loss', 'F.cross_entropy(model(x), y)'],
    ['cifar-loop', 'model', 'nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))'],
    ['cnn-without-norm', 'model', 'class Net(nn.Module):'],
    ['globals-in-functions', 'model', 'ResNet18()'],
    ['hf-literal', 'step', 'TrainingArguments('],
    ['keras-compile-string', 'optimizer', '"adam"'],
    ['lightning-auto', 'step', 'L.Trainer('],
  ] as const)('of %s: %s', async (shape, kind, text) => {
    expect((await textsOf(before(shape)))[kind]).toBe(text);
  });

  it('of a model that is only wrapped are none', async () => {
    expect((await textsOf(before('accelerate-manual-modulo'))).model).toBeUndefined();
  });

  it.each(shapes)('of %s lie in the script, each in one line', async (shape) => {
    const lines = before(shape).split(/\r?\n/);
    for (const range of Object.values(await findPlaces(before(shape)))) {
      if (!range) continue;
      expect(range.end.line).toBe(range.start.line);
      expect(range.end.character).toBeGreaterThan(range.start.character);
      expect(range.end.character).toBeLessThanOrEqual(lines[range.start.line]!.length);
    }
  });

  it('of what is no script are none', async () => {
    expect(await findPlaces('')).toEqual(nowhere);
    expect(await findPlaces('for x in (((\n  a.step(')).toMatchObject({ model: null });
    expect(await findPlaces('a\rb')).toEqual(nowhere);
  });
});

it('every symptom has places, and ends with one that every training has', () => {
  expect(Object.keys(symptomPlaces).sort()).toEqual(Object.keys(symptomNotes).sort());
  for (const kinds of Object.values(symptomPlaces)) {
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(['training', 'optimizer']).toContain(kinds.at(-1));
  }
});
