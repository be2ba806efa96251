import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands for the native package: a tf.js that gives every label the same probability, in a version of its own. */
export const working = `
const tensor = (rows) => ({ rows, data: async () => new Float32Array(rows * 4), dispose() {} });
module.exports = {
  version: { 'tfjs-core': '0.0.0-fake' },
  ready: async () => {},
  getBackend: () => 'tensorflow',
  setBackend: async () => true,
  backend: () => ({ isUsingGpuDevice: false }),
  memory: () => ({ numTensors: 0 }),
  tidy: (work) => work(),
  tensor3d: (values, [rows]) => tensor(rows),
  tensor2d: (values, [rows]) => tensor(rows),
  loadLayersModel: async () => ({ predict: ([curves]) => tensor(curves.rows), dispose() {} }),
};
`;

/** Loads well, and ends the process by SIGABRT at the first prediction. */
export const abortsAtPredict = `${working}
module.exports.loadLayersModel = async () => ({ predict: () => process.abort(), dispose() {} });
`;

/** Ends the process by SIGABRT while it is loaded. */
export const abortsAtLoad = 'process.abort();\n';

/** What a native library says that is not there. */
export const failsToLoad = `throw new Error('libcudart.so.11.0: cannot open shared object file\\nand more lines');\n`;

/** Puts a stand-in for tfjs-node into a folder's `node_modules`. @returns the folder */
export async function fakeTfjsNode(
  folder: string,
  source: string,
  name: 'tfjs-node' | 'tfjs-node-gpu' = 'tfjs-node',
): Promise<string> {
  const where = join(folder, 'node_modules', '@tensorflow', name);
  await mkdir(where, { recursive: true });
  await writeFile(
    join(where, 'package.json'),
    JSON.stringify({ name: `@tensorflow/${name}`, main: 'index.js' }),
  );
  await writeFile(join(where, 'index.js'), source);
  return folder;
}
