/**
 * Speed, memory and size, each beside a baseline of the same run: `npm run bench`, or `npm run bench -- formats latency`.
 * Prints one table; it has no thresholds and never fails because something is slow.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from './bundle.mjs';
import { table } from './table.mjs';

const sections = [
  'formats',
  'peers',
  'memory',
  'latency',
  'detail',
  'redraw',
  'following',
  'prediction',
  'verdict',
  'python',
  'config',
  'activation',
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such section: ${unknown.join(', ')}; there are ${sections.join(', ')}\n`);
  process.exit(2);
}

if (!existsSync(join(root, 'dist', 'extension.js'))) {
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

const folder = await mkdtemp(join(tmpdir(), 'fitcheck-bench-'));
const rows = [];
try {
  for (const name of asked.length > 0 ? asked : sections) {
    process.stderr.write(`${name} ...\n`);
    const { measure } = await import(`./${name}.mjs`);
    rows.push(...(await measure(folder)));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(table(rows));
// A native backend may keep threads that would hold the process.
process.exit(0);
