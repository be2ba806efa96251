/**
 * The only file that imports tf.js. It is bundled on its own and loaded when the first prediction is due.
 *
 * tfjs-node is never bundled: it is found in a folder at run time, and brings its own copy of tf.js.
 */
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as core from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import {
  BackendError,
  type BackendChoice,
  type BackendOptions,
  type LoadedBackend,
  type Tf,
} from './backend';

/** What is used of tfjs-node beyond {@link Tf}. */
interface TfNode extends Tf {
  ready(): Promise<void>;
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  backend(): { isUsingGpuDevice?: boolean };
  version: { 'tfjs-core': string };
}

// The copy in this bundle as the classifier sees it; its own types are wider and nominal.
const embedded = { ...core, loadLayersModel } as unknown as Tf;

/** Where this code lies: `dist/` in the bundle. */
const here = typeof __dirname === 'string' ? __dirname : process.cwd();

/**
 * Loads a backend.
 * @throws {BackendError} when one was asked for by name and cannot load; `auto` always gives one
 */
export async function loadBackend(
  choice: BackendChoice,
  options: BackendOptions = {},
): Promise<LoadedBackend> {
  // Otherwise tf.js advertises tfjs-node at the first operation, and a second copy warns of each kernel it shares.
  core.enableProdMode();
  const order = choice === 'auto' ? (['tfjs-node', 'wasm', 'cpu'] as const) : [choice];
  const passedOver: string[] = [];
  for (const name of order) {
    try {
      const loaded = await loaders[name](options);
      return { ...loaded, passedOver };
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
      if (choice !== 'auto')
        throw new BackendError(`${name} cannot be used: ${reason}. ${advice[name]}`, { cause: error });
      passedOver.push(`${name}: ${reason}`);
    }
  }
  throw new BackendError(`no tf.js backend loads: ${passedOver.join('; ')}`);
}

type Loaded = Omit<LoadedBackend, 'passedOver'>;

const loaders: Record<'tfjs-node' | 'wasm' | 'cpu', (options: BackendOptions) => Promise<Loaded>> = {
  'tfjs-node': loadNode,
  wasm: loadWasm,
  cpu: () => embeddedBackend('cpu'),
};

const advice = {
  'tfjs-node':
    'Install @tensorflow/tfjs-node in a folder and name that folder in FITCHECK_TFJS_NODE or the setting, or choose the backend "auto".',
  wasm: 'Name the folder of the tfjs-backend-wasm *.wasm files, or choose the backend "cpu".',
  cpu: 'Reinstall Fitcheck: a part of it is missing.',
};

async function loadNode(options: BackendOptions): Promise<Loaded> {
  const folder = resolve(options.tfjsNodePath || process.env.FITCHECK_TFJS_NODE || here);
  const load = createRequire(join(folder, 'package.json'));
  const name = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'].find((id) => resolves(load, id));
  if (!name) throw new Error(`no @tensorflow/tfjs-node is installed in ${folder}`);
  addMissingUtil(load);
  // Its banner about CPU features goes to stderr, which belongs to the user; a value set by hand wins.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
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

let wasmFrom: string | null = null;

async function loadWasm(options: BackendOptions): Promise<Loaded> {
  const folder = resolve(options.wasmDir ?? defaultWasmDir());
  if (!existsSync(join(folder, 'tfjs-backend-wasm.wasm'))) {
    throw new Error(`no tfjs-backend-wasm.wasm in ${folder}`);
  }
  // tf.js refuses a new path once the backend is up; the files are the same wherever they lie.
  if (wasmFrom === null) {
    setWasmPaths(folder + sep);
    setThreadsCount(1);
    wasmFrom = folder;
  }
  return embeddedBackend('wasm');
}

function defaultWasmDir(): string {
  const beside = join(here, 'wasm');
  if (existsSync(beside)) return beside;
  return dirname(createRequire(join(here, 'package.json')).resolve('@tensorflow/tfjs-backend-wasm'));
}

async function embeddedBackend(name: 'wasm' | 'cpu'): Promise<Loaded> {
  const use = async (): Promise<void> => {
    if (core.getBackend() !== name && !(await core.setBackend(name))) throw new Error('it does not start');
    await core.ready();
  };
  await use();
  return { tf: embedded, info: { name, device: 'cpu', version: core.version_core }, use };
}
