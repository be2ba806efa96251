import type { BackendInfo } from './diagnosis';

/** What may be asked for. `auto`: the first of tfjs-node-gpu, tfjs-node, wasm and cpu that loads. */
export type BackendChoice = 'auto' | BackendInfo['name'];

/** Everything that can compute, best first: the order in which `auto` tries them. */
export const CANDIDATES = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;
export type Candidate = (typeof CANDIDATES)[number];

/** What is tried for a choice, in order. The GPU package is part of what people call tfjs-node. */
export function candidatesFor(choice: BackendChoice): readonly Candidate[] {
  if (choice === 'auto') return CANDIDATES;
  return choice === 'tfjs-node' ? ['tfjs-node-gpu', 'tfjs-node'] : [choice];
}

/** Where the parts of a backend are that are not in the bundle. */
export interface BackendOptions {
  /** Exactly this one and no other, whatever the choice: for the doctor, which looks at each. */
  only?: Candidate;
  /** Folder holding tfjs's `.wasm` files; by default `wasm/` beside the bundle, else the installed package. */
  wasmDir?: string;
  /** Folder whose `node_modules` holds tfjs-node; by default FITCHECK_TFJS_NODE, else where this code is. */
  tfjsNodePath?: string;
}

/** The little of a tensor that the classifier needs. */
export interface Tensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** The little of a layers model that the classifier needs. */
export interface Model {
  predict(inputs: Tensor[]): unknown;
  dispose(): unknown;
}

/** A saved model in memory: what tf.js calls model artifacts. */
export interface Artifacts {
  modelTopology: object;
  weightSpecs: unknown[];
  weightData: ArrayBuffer;
}

/**
 * The little of tf.js that the classifier needs. tfjs-node brings its own copy of tf.js, so a model and its tensors
 * must all come from the same `Tf`: never mix two.
 */
export interface Tf {
  /** Runs `work` and frees every tensor made in it but the one it returns, also when it throws. */
  tidy<T>(work: () => T): T;
  /** How many tensors are alive in all copies of tf.js in this process, weights included. */
  memory(): { numTensors: number };
  tensor3d(values: Float32Array, shape: [number, number, number]): Tensor;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  loadLayersModel(source: { load(): Promise<Artifacts> }): Promise<Model>;
}

/** A backend that is ready to compute. */
export interface LoadedBackend {
  tf: Tf;
  info: BackendInfo;
  /** Makes it the active one: several share one copy of tf.js in tests. */
  use(): Promise<void>;
  /** Why the better ones were passed over, a line for each that was tried: for the log and diagnostic information. */
  passedOver: readonly string[];
}

/** A backend was asked for by name and cannot load. The message is for people: what, why, what to do. */
export class BackendError extends Error {
  override name = 'BackendError';
}
