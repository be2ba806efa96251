import { execFileSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bundle.mjs';
import { compared, quantile } from './table.mjs';

const ROUNDS = 9;
const MB = 1e6;
/** What the VSIX may weigh, in MB. */
const BUDGET = 6;

/** Loading the extension and `activate()`, each in a fresh process, beside loading an empty module; and what is shipped. */
export async function measure(folder) {
  const extension = join(root, 'dist', 'extension.js');
  const empty = join(folder, 'empty.cjs');
  writeFileSync(empty, 'exports.activate = () => undefined;\n');
  const ours = time(extension);
  const bare = time(empty);
  const vsix = packaged(folder);
  return [
    compared('require dist/extension.js', ours.load, 'ms', 'require an empty module', bare.load),
    compared('require and activate()', ours.load + ours.activate, 'ms', 'require an empty module', bare.load),
    compared('size of dist/extension.js', statSync(extension).size / MB, 'MB', 'budget of the VSIX', BUDGET),
    compared('size of the VSIX', statSync(vsix).size / MB, 'MB', 'budget', BUDGET),
  ];
}

/** Median times of one module. */
function time(module) {
  const child = fileURLToPath(new URL('activationChild.cjs', import.meta.url));
  const runs = Array.from({ length: ROUNDS }, () =>
    JSON.parse(execFileSync(process.execPath, [child, module, root], { encoding: 'utf8' })),
  );
  const median = (key) =>
    quantile(
      runs.map((run) => run[key]),
      0.5,
    );
  return { load: median('load'), activate: median('activate') };
}

function packaged(folder) {
  const made = join(root, 'fitcheck.vsix');
  if (existsSync(made)) return made;
  const file = join(folder, 'fitcheck.vsix');
  execFileSync(process.execPath, [join(root, 'scripts', 'package.mjs'), file], {
    cwd: root,
    stdio: 'ignore',
  });
  return file;
}
