/**
 * `npm run model:data [-- --folder FOLDER --tfjs N --torch N]`: records the data set of real trainings anew, one training
 * after the other on one core, packs it and counts what is in it. What FOLDER has already is not made again, so a
 * recording that was stopped goes on. Needs a native TensorFlow (FITCHECK_TFJS_NODE); the PyTorch half needs Python with
 * torch, numpy and scikit-learn (FITCHECK_PYTHON) and is left out, in words, where it is missing.
 */
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAndRun } from './lib/bundleRun.mjs';
import { mustRun, run } from './lib/run.mjs';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join('.cache', 'trainings') },
    tfjs: { type: 'string', default: '1400' },
    torch: { type: 'string', default: '1400' },
  },
});
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };
const model = join('src', 'analysis', 'model');
const python = process.env.FITCHECK_PYTHON ?? 'python3';
await mkdir(values.folder, { recursive: true });
const files = { tfjs: join(values.folder, 'tfjs.jsonl'), torch: join(values.folder, 'torch.jsonl') };

const ours = ['--out', files.tfjs, '--count', values.tfjs];
const code = await bundleAndRun(join(model, 'trainings', 'main.ts'), ours, { env: oneThread });
if (code !== 0) process.exit(code);
const { code: missing } = await run(python, ['-c', 'import torch, numpy, sklearn']);
if (missing === 0) {
  const theirs = [join(model, 'trainings-torch', 'main.py'), '--out', files.torch, '--count', values.torch];
  await mustRun(python, theirs, { echo: true });
} else {
  console.log(`PyTorch's trainings are left out: ${python} has not torch, numpy and scikit-learn`);
}
const made = Object.values(files).filter((file) => existsSync(file));
await mustRun(process.execPath, [join('scripts', 'packTrainings.mjs'), ...made], { echo: true });
process.exit(await bundleAndRun(join(model, 'dataCard.ts'), []));
