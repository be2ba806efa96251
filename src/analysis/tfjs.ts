/**
 * The only file that imports tf.js. It is bundled on its own and loaded when the first prediction is due.
 *
 * tfjs-node is never bundled: `tfjsNode` finds it in a folder at run time, and it brings its own copy of tf.js.
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
  candidatesFor,
  type BackendChoice,
  type BackendOptions,
  type Candidate,
  type LoadedBackend,
  type Tf,
} from './backend';
import { loadTfjsNode, type Loaded } from './tfjsNode';

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
  const order = options.only ? [options.only] : candidatesFor(choice);
  const passedOver: string[] = [];
  let cause: unknown;
  for (const name of order) {
    try {
      return { ...(await loaders[name](options)), passedOver };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reason = message.split('\n')[0]!.replace(/[.\s]+$/, '');
      passedOver.push(order.length === 1 ? reason : `${name}: ${reason}`);
      cause = error;
    }
  }
  const reasons = passedOver.join('; ');
  // The doctor gives its own advice.
  if (options.only) throw new BackendError(reasons, { cause });
  throw new BackendError(`${choice} cannot be used: ${reasons}. ${advice[choice]}`, { cause });
}

const loaders: Record<Candidate, (options: BackendOptions) => Promise<Loaded>> = {
  'tfjs-node-gpu': (options) => loadNative('@tensorflow/tfjs-node-gpu', options),
  'tfjs-node': (options) => loadNative('@tensorflow/tfjs-node', options),
  wasm: loadWasm,
  cpu: () => embeddedBackend('cpu'),
};

const advice = {
  auto: 'Reinstall Fitcheck: a part of it is missing.',
  'tfjs-node':
    'Run "Fitcheck: Install TensorFlow Backend…", or install @tensorflow/tfjs-node in a folder and name that folder in FITCHECK_TFJS_NODE or the setting, or choose the backend "auto".',
  wasm: 'Name the folder of the tfjs-backend-wasm *.wasm files, or choose the backend "cpu".',
  cpu: 'Reinstall Fitcheck: a part of it is missing.',
};

/**
 * A package that fails half-way may have registered its backend in the engine that all copies of tf.js share, and the
 * next package would be given that one: it is taken out again.
 */
async function loadNative(name: string, options: BackendOptions): Promise<Loaded> {
  const before = registered();
  try {
    return await loadTfjsNode(name, options.tfjsNodePath || process.env.FITCHECK_TFJS_NODE || here);
  } catch (error) {
    if (!before && registered()) core.removeBackend('tensorflow');
    throw error;
  }
}

function registered(): boolean {
  return Boolean(core.findBackendFactory('tensorflow') as unknown);
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
