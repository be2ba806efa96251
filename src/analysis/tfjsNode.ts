import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { LoadedBackend, Tf } from './backend';

/** A backend as its loader gives it: what was passed over before it, only the caller knows. */
export type Loaded = Omit<LoadedBackend, 'passedOver'>;

/** What is used of tfjs-node beyond {@link Tf}. */
interface TfNode extends Tf {
  ready(): Promise<void>;
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  backend(): { isUsingGpuDevice?: boolean };
  version: { 'tfjs-core': string };
}

/**
 * Loads an installed tfjs-node package with its native library.
 * @param name the package: @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu
 * @param folder where its `node_modules` is, or below
 * @throws {Error} with the reason when it is not there or does not load; native code may also end the process
 */
export async function loadTfjsNode(name: string, folder: string): Promise<Loaded> {
  const load = createRequire(join(resolve(folder), 'package.json'));
  if (!resolves(load, name)) throw new Error(`not installed in ${resolve(folder)}`);
  addMissingUtil(load);
  // Its banner about CPU features goes to stderr, which belongs to the user; a value set by hand wins.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Newer libraries announce oneDNN there whatever the level; without it they also round like the other backends.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  const tf = load(name) as TfNode;
  // All copies of tf.js in a process share one engine, so another backend may be the active one.
  const use = async (): Promise<void> => {
    const active = tf.getBackend() === 'tensorflow' || (await tf.setBackend('tensorflow'));
    if (!active) throw new Error('its native binding does not start');
    await tf.ready();
  };
  await use();
  const device = tf.backend().isUsingGpuDevice ? 'gpu' : 'cpu';
  const version = tf.version['tfjs-core'];
  return { tf, info: { name: 'tfjs-node', device, version }, use };
}

function resolves(load: NodeJS.Require, id: string): boolean {
  try {
    load.resolve(id);
    return true;
  } catch {
    return false;
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function addMissingUtil(load: NodeJS.Require): void {
  const util = load('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
