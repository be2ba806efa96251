import type * as Layers from '@tensorflow/tfjs-layers';
import type { LoadedBackend } from '../backend';
import { LABELS, toInputs as toTensors } from '../classifier';
import { buildNetwork, trainingTf } from './network';
import { Random } from './random';

/** What the network learns from: a feature vector, the index of its label and its weight for each example. */
export interface TrainingSet {
  inputs: readonly Float32Array[];
  labels: readonly number[];
  weights: readonly number[];
}

const EPOCHS = 50;
const BATCH = 64;
const PEAK_RATE = 2e-3;
/** The seed document: "0.1 is the magic number", here half of it, because the probabilities are calibrated after. */
const SMOOTHING = 0.05;

/** Trains a network with Adam and a cosine schedule. Seeded: the same set gives the same network on one backend. */
export async function fit(
  backend: LoadedBackend,
  set: TrainingSet,
  seed: number,
  say: (line: string) => void,
  epochs = EPOCHS,
): Promise<Layers.LayersModel> {
  // Dropout draws from Math.random; its own seed would drop the same units in each step.
  const original = Math.random;
  const random = new Random(seed + 1);
  Math.random = () => random.next();
  try {
    return await descend(backend, set, seed, say, epochs);
  } finally {
    Math.random = original;
  }
}

async function descend(
  backend: LoadedBackend,
  set: TrainingSet,
  seed: number,
  say: (line: string) => void,
  epochs: number,
): Promise<Layers.LayersModel> {
  await backend.use();
  const tf = trainingTf(backend);
  const network = buildNetwork(tf, seed);
  const optimizer = tf.train.adam(PEAK_RATE);
  // A weighted one-hot row sums to the example's weight, and so does its cross-entropy.
  network.compile({
    optimizer,
    loss: (truth, logits) =>
      tf.neg(tf.mean(tf.sum(tf.mul(truth as never, tf.logSoftmax(logits as never)), -1))),
  });
  // Own shuffling: the library's draws from Math.random.
  const random = new Random(seed);
  const order = set.labels.map((_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = PEAK_RATE * (0.01 + 0.99 * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs)));
    (optimizer as unknown as { learningRate: number }).learningRate = rate;
    shuffle(order, random);
    let total = 0;
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH);
      const inputs = toTensors(
        backend,
        rows.map((i) => set.inputs[i]!),
      );
      const truth = tf.tensor2d(
        rows.flatMap((i) => target(set.labels[i]!, set.weights[i]!)),
        [rows.length, LABELS.length],
      );
      total += ((await network.trainOnBatch(inputs as never, truth)) as number) * rows.length;
      for (const input of inputs) input.dispose();
      truth.dispose();
    }
    say(`epoch ${epoch + 1}/${epochs}: loss ${(total / order.length).toFixed(4)}`);
  }
  return network;
}

/** Logits of feature vectors, row after row. */
export async function logitsOf(
  backend: LoadedBackend,
  network: Layers.LayersModel,
  vectors: readonly Float32Array[],
): Promise<ArrayLike<number>> {
  const inputs = toTensors(backend, vectors);
  const output = network.predict(inputs as never) as unknown as {
    data(): Promise<Float32Array>;
    dispose(): void;
  };
  const logits = await output.data();
  for (const tensor of [...inputs, output]) tensor.dispose();
  return logits;
}

function target(label: number, weight: number): number[] {
  return LABELS.map((_, i) => weight * (SMOOTHING / LABELS.length + (i === label ? 1 - SMOOTHING : 0)));
}

function shuffle(items: number[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
