import type { BackendInfo } from './diagnosis';

/** What may be asked for. `auto`: the first of tfjs-node-gpu, tfjs-node, wasm and cpu that loads. */
export type BackendChoice = 'auto' | BackendInfo['name'];

/** Where the parts of a backend are that are not in the bundle. */
export interface BackendOptions {
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
  /** Why the better ones were passed over, for the log and "copy diagnostic information". */
  passedOver: readonly string[];
}

/** A backend was asked for by name and cannot load. The message is for people: what, why, what to do. */
export class BackendError extends Error {
  override name = 'BackendError';
}
