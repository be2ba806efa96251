import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { bundle, root } from './bundle.mjs';
import { compared, quantile } from './table.mjs';

const ROUNDS = 40;
const FILES = 10_000;
const LINES = 500;

/** Configs linted: a workspace of ten thousand files, and one long file again after a keystroke. */
export async function measure(folder) {
  await cp(join(root, 'dist', 'wasm'), join(folder, 'wasm'), { recursive: true });
  const code = createRequire(import.meta.url)(await bundle(folder, 'config', ['config/lint']));
  return [await manyFiles(code, folder), await longFile(code)];
}

/** A config of a training, its values other in each file so that nothing is the same twice. */
function training(i) {
  return `output_dir: out/${i}\nper_device_train_batch_size: ${8 + (i % 8)}\nlearning_rate: 5e-5\nweight_decay: ${i % 10 === 0 ? 0.9 : 0.01}\nnum_train_epochs: 3\nwarmup_ratio: 0.1\nlora_dropout: 0.05\n`;
}

/** Half of the files of a workspace are JSON and YAML of something else, a tenth are configs of trainings. */
function fileOf(i) {
  const kind = i % 10;
  if (kind === 0) return ['yaml', training(i)];
  if (kind === 1) return ['sh', `#!/bin/bash\npython train.py --lr 1e-4 --epochs ${i} --weight-decay 0.1\n`];
  if (kind === 2) return ['py', `import os\n\n\ndef main_${i}():\n    print(os.getcwd())\n`.repeat(20)];
  const records = Array.from({ length: 40 }, (_, k) => ({
    id: i * 40 + k,
    name: `item ${k}`,
    tags: ['a', 'b'],
  }));
  if (kind < 7) return ['json', JSON.stringify({ version: 1, records }, null, 2)];
  return ['yaml', records.map(({ id, name }) => `item_${id}:\n  name: ${name}\n  size: ${id}\n`).join('')];
}

/** Files per second that are read and linted, beside reading alone. */
async function manyFiles({ lintConfig }, folder) {
  const top = join(folder, 'workspace');
  const paths = [];
  for (let i = 0; i < FILES; i++) {
    const below = join(top, `part_${i % 100}`);
    if (i < 100) await mkdir(below, { recursive: true });
    const [ending, text] = fileOf(i);
    paths.push(join(below, `file_${i}.${ending}`));
    await writeFile(paths.at(-1), text);
  }
  let start = performance.now();
  let characters = 0;
  for (const path of paths) characters += (await readFile(path, 'utf8')).length;
  const read = FILES / ((performance.now() - start) / 1000);
  start = performance.now();
  let findings = 0;
  for (const path of paths) findings += (await lintConfig(await readFile(path, 'utf8'), path)).length;
  const linted = FILES / ((performance.now() - start) / 1000);
  if (characters === 0 || findings < FILES / 10 / 10) throw new Error('the files were not linted');
  return compared(
    `config lint of a workspace of ${FILES.toLocaleString('en')} files`,
    linted,
    'files/s',
    'reading',
    read,
  );
}

/** Median time in ms of one lint of a long config, as after a keystroke, beside the bare parse by the YAML library. */
async function longFile({ lintConfig }) {
  const parses = [];
  const lints = [];
  for (let i = 0; i < ROUNDS + 10; i++) {
    const blocks = Array.from(
      { length: LINES / 5 },
      (_, k) => `block_${k}:\n  size: ${k + i}\n  names: [a, b]\n  on: true\n  note: text ${i}\n`,
    );
    const text = training(i * 10) + blocks.join('');
    const start = performance.now();
    parseAllDocuments(text);
    const middle = performance.now();
    const findings = await lintConfig(text, 'train.yaml');
    const end = performance.now();
    if (findings.length === 0) throw new Error('nothing found');
    // The first ones compile.
    if (i < 10) continue;
    parses.push(middle - start);
    lints.push(end - middle);
  }
  return compared(
    `lint of a YAML file of ${LINES} lines`,
    quantile(lints, 0.5),
    'ms',
    'bare parse',
    quantile(parses, 0.5),
  );
}
