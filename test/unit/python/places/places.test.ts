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

  it.each([
    [
      'MLX',
      'for epoch in range(9):',
      `import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
optimizer = optim.Adam(learning_rate=1e-3)
loss_and_grad = nn.value_and_grad(model, loss_fn)
for epoch in range(9):
    for x, y in batches(data):
        loss, grads = loss_and_grad(model, x, y)
        optimizer.update(model, grads)
        mx.eval(model.parameters(), optimizer.state)
`,
    ],
    [
      'MLX with a compiled step',
      'for it in range(iters):',
      `import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
opt = optim.SGD(0.1)
def step(x, y):
    loss, grads = nn.value_and_grad(model, loss_fn)(model, x, y)
    opt.update(model, grads)
    return loss
compiled = mx.compile(step, inputs=state, outputs=state)
for it in range(iters):
    compiled(x, y)
`,
    ],
    [
      'Flax nnx',
      'for epoch in range(10):',
      `import jax
from flax import nnx
import optax
optimizer = nnx.Optimizer(model, optax.adam(1e-3))
@nnx.jit
def train_step(model, optimizer, batch):
    loss, grads = nnx.value_and_grad(loss_fn)(model, batch)
    optimizer.update(grads)
    return loss
def main():
    for epoch in range(10):
        for batch in loader:
            train_step(model, optimizer, batch)
`,
    ],
    [
      'optax',
      'for i in range(steps):',
      `import jax
import optax
tx = optax.adamw(1e-3)
@jax.jit
def one(params, state, x):
    loss, grads = jax.value_and_grad(loss_fn)(params, x)
    updates, state = tx.update(grads, state, params)
    return optax.apply_updates(params, updates), state, loss
for i in range(steps):
    params, state, loss = one(params, state, next(data))
`,
    ],
    [
      'a TrainState of Flax',
      'for epoch in range(1, config.num_epochs + 1):',
      `import jax
from flax.training import train_state
def update_model(state, grads):
    return state.apply_gradients(grads=grads)
def train_epoch(state, train_ds, rng):
    for perm in perms:
        grads, loss = apply_model(state, perm)
        state = update_model(state, grads)
    return state
def train_and_evaluate(config):
    for epoch in range(1, config.num_epochs + 1):
        state = train_epoch(state, train_ds, rng)
`,
    ],
    [
      'a GradientTape',
      'for epoch in range(epochs):',
      `import tensorflow as tf
optimizer = tf.keras.optimizers.Adam(1e-3)
@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    return loss
for epoch in range(epochs):
    for step, (x, y) in enumerate(train_dataset):
        train_step(x, y)
`,
    ],
    [
      'a GradientTape in the loop, with Keras 3',
      'for x, y in dataset:',
      `import tensorflow as tf
import keras
optimizer = keras.optimizers.Adam(1e-3)
for x, y in dataset:
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x))
    optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
`,
    ],
    [
      'a step of one own that Keras calls',
      'model.fit(x, y, epochs=3)',
      `import tensorflow as tf
class Model(tf.keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self.compute_loss(data)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        return {}
model = Model()
model.compile("adam")
model.fit(x, y, epochs=3)
`,
    ],
  ])('of %s: %s', async (_name, text, source) => {
    expect((await textsOf(source)).training).toBe(text);
  });

  it.each([
    ['a dictionary', 'import jax\nfor x in data:\n    metrics.update(loss=1)\n    optimizer_kwargs.copy()'],
    [
      'a step that nothing calls',
      'import mlx.optimizers as optim\ndef f(opt, model, g):\n    opt.update(model, g)',
    ],
    ['another update', 'import torch\nfor x in data:\n    optimizer.update(model, grads)'],
  ])('is not %s, with functions for gradients', async (_name, source) => {
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
