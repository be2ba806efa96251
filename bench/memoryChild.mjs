/** `node memoryChild.mjs BUNDLE FILE run|bare`: reads the file and prints by how many MB the process grew at most. */
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';

const [code, path, how] = process.argv.slice(2);
const { RunReader } = createRequire(import.meta.url)(code);
// The system's own peak counts what the parent process had when it forked.
const before = process.memoryUsage.rss();
let most = before;
const look = () => (most = Math.max(most, process.memoryUsage.rss()));
const timer = setInterval(look, 2);
if (how === 'run') {
  const reader = new RunReader({ path, files: [{ path, split: null }], modified: 0, format: 'unknown' });
  const run = await reader.readAll();
  if (run.series.length === 0) throw new Error(`nothing was read from ${path}`);
} else {
  const file = await open(path, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  while ((await file.read(buffer, 0, buffer.length)).bytesRead > 0);
  await file.close();
}
look();
clearInterval(timer);
process.stdout.write(String((most - before) / 1e6));
