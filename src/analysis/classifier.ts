import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts, BackendChoice, BackendOptions, LoadedBackend, Tensor } from './backend';
import type { BackendInfo, Family } from './diagnosis';
import { FEATURES, STEPS, WIDTH } from './features';
import { SCALARS } from './scalars';

/** Probability of each label; they sum to 1. */
export type Probabilities = Record<'healthy' | Family, number>;

/** Labels in the order of the network's outputs. */
export const LABELS = ['healthy', 'overfitting', 'underfitting', 'unstable'] as const;

/** The network, loaded. */
export interface Classifier {
  readonly info: BackendInfo;
  /** Why better backends were passed over. */
  readonly passedOver: readonly string[];
  /** One answer for each vector made by `features`. Calls may overlap; they are answered in order. */
  predict(features: readonly Float32Array[]): Promise<Probabilities[]>;
  /** Frees the model after the predictions that were asked for; later ones fail. */
  dispose(): void;
}

/** The network on a tf.js backend. */
export interface ModelClassifier extends Classifier {
  /** Tensors alive in this process, weights included: it must not grow from one prediction to the next. */
  readonly tensors: number;
}

export interface ClassifierOptions extends BackendOptions {
  backend?: BackendChoice;
  /** Folder holding `model.json` and `weights.bin`. */
  modelDir: string;
}

/** What `model.json` holds beside the topology. */
interface ModelFile {
  format: string;
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: unknown[] }[];
  /** Logits are divided by it: fitted on held-out runs, so that 0.9 means nine times in ten. */
  temperature: number;
  /** Length of the feature vector it was trained with. */
  features: number;
}

/**
 * Loads a backend and the model.
 * @throws {BackendError} for a backend that was asked for by name and cannot load
 * @throws {Error} naming the file when the model is missing or was made for other features
 */
export async function createClassifier(options: ClassifierOptions): Promise<ModelClassifier> {
  const { loadBackend } = await import('./tfjs');
  const backend = await loadBackend(options.backend ?? 'auto', options);
  const { file, artifacts } = await readModel(options.modelDir);
  return modelClassifier(backend, artifacts, file.temperature);
}

async function readModel(modelDir: string): Promise<{ file: ModelFile; artifacts: Artifacts }> {
  const path = join(modelDir, 'model.json');
  let file: ModelFile;
  let weightData: ArrayBuffer;
  try {
    file = JSON.parse(await readFile(path, 'utf8')) as ModelFile;
    const bytes = await readFile(join(modelDir, file.weightsManifest[0]!.paths[0]!));
    weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the model ${path} cannot be read: ${reason}. Reinstall Fitcheck.`, { cause: error });
  }
  if (file.features !== FEATURES) {
    throw new Error(
      `the model ${path} was made for ${file.features} features, not ${FEATURES}: train it anew.`,
    );
  }
  const weightSpecs = file.weightsManifest[0]!.weights;
  return { file, artifacts: { modelTopology: file.modelTopology, weightSpecs, weightData } };
}

/** A classifier over a model in memory. The network gives logits; temperature and softmax are applied here. */
export async function modelClassifier(
  backend: LoadedBackend,
  artifacts: Artifacts,
  temperature: number,
): Promise<ModelClassifier> {
  await backend.use();
  const own = withOwnNames(artifacts);
  const model = await backend.tf.loadLayersModel({ load: () => Promise.resolve(own) });
  let queue: Promise<unknown> = Promise.resolve();
  const run = async (vectors: readonly Float32Array[]): Promise<Probabilities[]> => {
    if (vectors.length === 0) return [];
    await backend.use();
    const { tf } = backend;
    const output = tf.tidy(() => model.predict(toInputs(backend, vectors)) as Tensor);
    try {
      const logits = await output.data();
      return vectors.map((_, i) => softmax(logits, i * LABELS.length, temperature));
    } finally {
      output.dispose();
    }
  };
  let disposed = false;
  return {
    info: backend.info,
    passedOver: backend.passedOver,
    get tensors() {
      return backend.tf.memory().numTensors;
    },
    predict(vectors) {
      if (disposed) return Promise.reject(new Error('the classifier was disposed of'));
      const answer = queue.then(() => run(vectors));
      queue = answer.catch(() => undefined);
      return answer;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      queue = queue.then(() => model.dispose());
    },
  };
}

let loads = 0;

/**
 * The same model with layer names of its own. All copies of tf.js in a process share one registry of variables but
 * not the counters that keep names apart, so the same model loaded by two copies would clash.
 */
function withOwnNames(artifacts: Artifacts): Artifacts {
  const suffix = `_${++loads}`;
  const specs = artifacts.weightSpecs as { name: string }[];
  const layers = new Set(specs.map((spec) => spec.name.split('/')[0]!));
  let topology = JSON.stringify(artifacts.modelTopology);
  for (const layer of layers) topology = topology.replaceAll(`"${layer}"`, `"${layer}${suffix}"`);
  return {
    ...artifacts,
    modelTopology: JSON.parse(topology) as object,
    weightSpecs: specs.map((spec) => ({ ...spec, name: spec.name.replace('/', `${suffix}/`) })),
  };
}

/** Splits vectors into the network's two inputs. The caller frees them, or calls this in a `tidy`. */
export function toInputs(
  { tf }: Pick<LoadedBackend, 'tf'>,
  vectors: readonly Float32Array[],
): [Tensor, Tensor] {
  const curves = new Float32Array(vectors.length * STEPS * WIDTH);
  const scalars = new Float32Array(vectors.length * SCALARS.length);
  vectors.forEach((vector, i) => {
    curves.set(vector.subarray(0, STEPS * WIDTH), i * STEPS * WIDTH);
    scalars.set(vector.subarray(STEPS * WIDTH), i * SCALARS.length);
  });
  return [
    tf.tensor3d(curves, [vectors.length, STEPS, WIDTH]),
    tf.tensor2d(scalars, [vectors.length, SCALARS.length]),
  ];
}

/** Softmax of four logits in double precision, so that every backend rounds alike. */
export function softmax(logits: ArrayLike<number>, offset: number, temperature: number): Probabilities {
  const scaled = LABELS.map((_, i) => logits[offset + i]! / temperature);
  const top = Math.max(...scaled);
  const parts = scaled.map((value) => Math.exp(value - top));
  const sum = parts.reduce((a, b) => a + b, 0);
  const [healthy, overfitting, underfitting, unstable] = parts.map((part) => part / sum);
  return { healthy: healthy!, overfitting: overfitting!, underfitting: underfitting!, unstable: unstable! };
}
