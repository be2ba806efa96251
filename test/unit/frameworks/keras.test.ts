import { beforeAll, expect, it } from 'vitest';
import { runJobs, type Job } from './jobs';
import { describeWith } from './python';

const before = `
import keras, numpy
keras.utils.set_random_seed(0)
x = numpy.random.rand(64, 8).astype("float32")
labels = numpy.random.randint(0, 3, 64)
y = keras.utils.to_categorical(labels, 3)
images = numpy.random.rand(32, 8, 8, 1).astype("float32")
`;

const network = `import keras
from keras import layers

model = keras.Sequential([
    keras.Input(shape=(8,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
`;
const compiled = `${network}model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x, y, validation_split=0.25, epochs=40, verbose=0)
`;

const jobs: readonly Job[] = [
  {
    name: 'clipping',
    technique: 'gradient-clipping',
    script: compiled.replace('epochs=40', 'epochs=2'),
    before,
    look: 'result = model.optimizer.global_clipnorm',
  },
  {
    name: 'weight decay',
    technique: 'weight-decay',
    script: compiled.replace('epochs=40', 'epochs=2'),
    before,
    look: `
optimizer = model.optimizer
result = [type(optimizer).__name__, optimizer.weight_decay, [optimizer._use_weight_decay(v) for v in model.trainable_variables]]`,
  },
  {
    name: 'dropout',
    technique: 'dropout',
    script: compiled.replace('epochs=40', 'epochs=2'),
    before,
    look: `
drop = next(layer for layer in model.layers if "Dropout" in type(layer).__name__)
a = keras.ops.convert_to_numpy(model(x, training=True))
b = keras.ops.convert_to_numpy(model(x, training=True))
c = keras.ops.convert_to_numpy(model(x, training=False))
d = keras.ops.convert_to_numpy(model(x, training=False))
result = [drop.rate, bool((a != b).any()), bool((c != d).any())]`,
  },
  {
    name: 'label smoothing',
    technique: 'label-smoothing',
    script: compiled.replace('epochs=40', 'epochs=1'),
    before,
    look: `
p = numpy.clip(keras.ops.convert_to_numpy(model(x)), 1e-7, 1)
smooth = 0.9 * y + 0.1 / 3
right = -(smooth * numpy.log(p)).sum(1).mean()
result = [float(model.loss(y, p)), float(right)]`,
  },
  {
    name: 'early stopping',
    technique: 'early-stopping',
    script: compiled.replace('optimizer="adam"', 'optimizer=keras.optimizers.SGD(learning_rate=50.0)'),
    before,
    look: `
losses = history.history["val_loss"]
best = int(numpy.argmin(losses))
final = float(model.evaluate(x[48:], y[48:], verbose=0)[0])
result = [len(losses) < 40, len(losses) == best + 6, abs(final - min(losses)) < 1e-3]`,
  },
  {
    name: 'ema',
    technique: 'ema',
    script: compiled.replace('epochs=40', 'epochs=3'),
    before,
    look: 'result = [model.optimizer.use_ema, model.optimizer.ema_momentum, len(history.history["val_loss"])]',
  },
  {
    name: 'learning rate',
    technique: 'lower-lr',
    script: compiled.replace('epochs=40', 'epochs=1'),
    before,
    look: 'result = float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))',
  },
  {
    name: 'layer norm',
    technique: 'layer-norm',
    script: network,
    before,
    look: `
norm = next(layer for layer in model.layers if "Norm" in type(layer).__name__)
out = keras.ops.convert_to_numpy(keras.Model(model.inputs, norm.output)(x * 50))
result = [[type(layer).__name__ for layer in model.layers], float(abs(out.mean(1)).max())]`,
  },
  {
    name: 'augmentation',
    technique: 'data-augmentation',
    script: `import keras
from keras import layers

model = keras.Sequential([
    keras.Input(shape=(8, 8, 1)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(3),
])
`,
    before,
    look: `
flip, shift = model.layers[:2]
a = keras.ops.convert_to_numpy(shift(flip(images, training=True), training=True))
b = keras.ops.convert_to_numpy(shift(flip(images, training=False), training=False))
result = [[type(layer).__name__ for layer in model.layers], bool((a != images).any()), bool((abs(b - images) > 1e-6).any())]`,
  },
  {
    name: 'spectral norm',
    technique: 'spectral-norm',
    script: `import keras
from keras import layers


def make_discriminator():
    return keras.Sequential([
        keras.Input(shape=(8,)),
        layers.Dense(16),
        layers.LeakyReLU(),
        layers.Dense(1),
    ])


discriminator = make_discriminator()
`,
    before,
    look: `
for _ in range(60): discriminator(x, training=True)
norms = [float(numpy.linalg.norm(keras.ops.convert_to_numpy(layer.layer.kernel), 2)) for layer in discriminator.layers if hasattr(layer, "layer")]
result = norms`,
  },
];

describeWith(['torch', 'keras'], 'techniques written into Keras scripts, observed', () => {
  let results: Map<string, unknown>;
  beforeAll(async () => {
    results = await runJobs(
      jobs,
      'import os\nos.environ["KERAS_BACKEND"] = "torch"\nos.environ["CUDA_VISIBLE_DEVICES"] = ""\n',
    );
  }, 120_000);
  const of = <T>(name: string): T => {
    const result = results.get(name);
    if (typeof result === 'string' && result.startsWith('failed')) throw new Error(result);
    return result as T;
  };

  it('clipping by the global norm', () => expect(of('clipping')).toBe(1));

  it('weight decay: on kernels, not on biases', () => {
    expect(of('weight decay')).toEqual(['AdamW', 0.004, [true, false, true, false]]);
  });

  it('dropout: active in training, silent otherwise', () => {
    expect(of('dropout')).toEqual([0.5, true, false]);
  });

  it('label smoothing: the loss is the smoothed one', () => {
    const [loss, right] = of<number[]>('label smoothing');
    expect(loss).toBeCloseTo(right!, 4);
  });

  it('early stopping: five epochs after the best, with the best weights', () => {
    expect(of('early stopping')).toEqual([true, true, true]);
  });

  it('ema: in the optimizer, and it trains', () => expect(of('ema')).toEqual([true, 0.999, 3]));

  it('learning rate: a tenth of the default', () => expect(of('learning rate')).toBeCloseTo(1e-4, 9));

  it('layer norm: behind the hidden layer', () => {
    const [layers, mean] = of<[string[], number]>('layer norm');
    expect(layers).toEqual(['Dense', 'LayerNormalization', 'Dense']);
    expect(mean).toBeLessThan(1e-3);
  });

  it('augmentation: in training only', () => {
    expect(of('augmentation')).toEqual([
      ['RandomFlip', 'RandomTranslation', 'Conv2D', 'Flatten', 'Dense'],
      true,
      false,
    ]);
  });

  it('spectral norm: 1 in each layer', () => {
    const norms = of<number[]>('spectral norm');
    expect(norms).toHaveLength(2);
    for (const norm of norms) expect(norm).toBeCloseTo(1, 1);
  });
});
