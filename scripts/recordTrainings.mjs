/**
 * `npm run model:data [-- --folder FOLDER --tfjs N --torch N --longer N]`: records the data set of real trainings anew, one
 * training after the other on one core, packs it and counts what is in it. The `longer` ones are PyTorch's, too: more data
 * sets, longer logs, and more of what goes wrong for good. What FOLDER has already is not made again, so a
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
    longer: { type: 'string', default: '1700' },
  },
});
/** The first seed of the longer ones: see `trainings-torch/longer.py`. */
const LONGER = '10000';
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
  const theirs = [join(model, 'trainings-torch', 'main.py'), '--out', files.torch];
  await mustRun(python, [...theirs, '--count', values.torch], { echo: true });
  await mustRun(python, [...theirs, '--first', LONGER, '--count', values.longer], { echo: true });
} else {
  console.log(`PyTorch's trainings are left out: ${python} has not torch, numpy and scikit-learn`);
}
const made = Object.values(files).filter((file) => existsSync(file));
await mustRun(process.execPath, [join('scripts', 'packTrainings.mjs'), ...made], { echo: true });
process.exit(await bundleAndRun(join(model, 'dataCard.ts'), []));
