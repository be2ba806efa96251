/**
 * Makes the shipped model: `node train.js [OUT_DIR]`, by default media/model. `node train.js --evaluate [OUT_DIR]`
 * only judges the model that is there anew, after a detector has changed.
 *
 * Everything is seeded; on one machine and backend the files come out the same. With FITCHECK_TFJS_NODE it takes
 * about two minutes.
 */
import type * as Layers from '@tensorflow/tfjs-layers';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts, LoadedBackend } from '../backend';
import { createClassifier, LABELS, toInputs } from '../classifier';
import { FEATURES } from '../features';
import { loadBackend } from '../tfjs';
import { fitTemperature, logLoss } from './calibrate';
import { card } from './card';
import { CALIBRATION_FAMILIES, makeRuns, TEST_FAMILIES, toExamples, TRAIN_FAMILIES } from './dataset';
import { judge, modelAnswer, score } from './evaluate';
import { buildNetwork, type TrainingTf } from './network';
import { Random } from './random';

const SEED = 20;
const RUNS = { train: 9000, calibration: 1500, test: 3000 };
const EPOCHS = 24;
const BATCH = 64;
const PEAK_RATE = 2e-3;

async function main(outDir: string): Promise<void> {
  const backend = await loadBackend('auto', {});
  console.log(`backend: ${backend.info.name} ${backend.info.version}`);
  const training = toExamples(makeRuns(RUNS.train, TRAIN_FAMILIES, SEED));
  const network = await fit(backend, training);

  const calibration = toExamples(makeRuns(RUNS.calibration, CALIBRATION_FAMILIES, SEED + 1));
  const logits = await predictLogits(backend, network, calibration.inputs);
  const temperature = fitTemperature(logits, calibration.labels);
  console.log(
    `temperature ${temperature}, log-loss ${logLoss(logits, calibration.labels, temperature).toFixed(4)}`,
  );

  await save(network, outDir, temperature);
  await report(outDir);
}

/** Judges runs of families that the network was not trained on, and writes down how well the model in a folder does. */
async function report(outDir: string): Promise<void> {
  const classifier = await createClassifier({ modelDir: outDir });
  const judged = await judge(makeRuns(RUNS.test, TEST_FAMILIES, SEED + 2), classifier);
  const { temperature, weightsManifest } = JSON.parse(await readFile(join(outDir, 'model.json'), 'utf8')) as {
    temperature: number;
    weightsManifest: { weights: { shape: number[] }[] }[];
  };
  const sizes = weightsManifest[0]!.weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const metrics = {
    seed: SEED,
    runs: RUNS,
    families: { train: TRAIN_FAMILIES, calibration: CALIBRATION_FAMILIES, test: TEST_FAMILIES },
    temperature,
    parameters: sizes.reduce((a, b) => a + b, 0),
    detectorsAlone: score(judged, (one) => one.detectors),
    modelAlone: score(judged, modelAnswer),
    both: score(judged, (one) => one.both),
  };
  await writeFile(join(outDir, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`);
  await writeFile(join(outDir, 'card.md'), card(metrics));
  console.log(card(metrics));
}

async function fit(backend: LoadedBackend, data: ReturnType<typeof toExamples>): Promise<Layers.LayersModel> {
  await backend.use();
  const tf = backend.tf as unknown as TrainingTf;
  const network = buildNetwork(tf, SEED);
  const optimizer = tf.train.adam(PEAK_RATE);
  network.compile({
    optimizer,
    loss: (truth, logits) => tf.losses.softmaxCrossEntropy(truth, logits),
  });
  // Own shuffling: fit() draws from Math.random.
  const random = new Random(SEED);
  const order = data.labels.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = PEAK_RATE * (0.01 + 0.99 * 0.5 * (1 + Math.cos((Math.PI * epoch) / EPOCHS)));
    (optimizer as unknown as { learningRate: number }).learningRate = rate;
    shuffle(order, random);
    let total = 0;
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH);
      const inputs = toInputs(
        backend,
        rows.map((i) => data.inputs[i]!),
      );
      const truth = tf.oneHot(
        tf.tensor1d(
          rows.map((i) => data.labels[i]!),
          'int32',
        ),
        LABELS.length,
      );
      total += ((await network.trainOnBatch(inputs as never, truth)) as number) * rows.length;
      for (const input of inputs) input.dispose();
      truth.dispose();
    }
    console.log(`epoch ${epoch + 1}/${EPOCHS}: loss ${(total / order.length).toFixed(4)}`);
  }
  return network;
}

async function predictLogits(
  backend: LoadedBackend,
  network: Layers.LayersModel,
  vectors: readonly Float32Array[],
): Promise<ArrayLike<number>> {
  const output = network.predict(toInputs(backend, vectors) as never) as unknown as {
    data(): Promise<Float32Array>;
  };
  return output.data();
}

async function save(network: Layers.LayersModel, outDir: string, temperature: number): Promise<Artifacts> {
  let saved: Artifacts | null = null;
  await network.save({
    save: (artifacts) => {
      saved = artifacts as unknown as Artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    },
  });
  const { modelTopology, weightSpecs, weightData } = saved!;
  const file = {
    format: 'layers-model',
    generatedBy: 'fitcheck src/analysis/model/train.ts',
    features: FEATURES,
    temperature,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'model.json'), `${JSON.stringify(file)}\n`);
  await writeFile(join(outDir, 'weights.bin'), new Uint8Array(weightData));
  return { modelTopology, weightSpecs, weightData };
}

function shuffle(items: number[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}

const [first, outDir = join('media', 'model')] = process.argv.slice(2);
const work = first === '--evaluate' ? report(outDir) : main(first ?? outDir);
work.catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
