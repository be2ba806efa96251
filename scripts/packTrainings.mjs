/**
 * `node scripts/packTrainings.mjs FILE...`: packs recorded trainings (JSON Lines) into the data set that is committed,
 * ordered by id, one line each.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const target = join('src', 'analysis', 'model', 'data', 'trainings.jsonl.br');
const lines = new Map();
for (const file of process.argv.slice(2)) {
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line.trim() === '') continue;
    try {
      lines.set(JSON.parse(line).id, line);
    } catch {
      console.error(`${file}: a line that is no JSON was left out (a recording that was interrupted)`);
    }
  }
}
const text = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
const packed = brotliCompressSync(Buffer.from(text.join('')), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
await writeFile(target, packed);
console.log(`${lines.size} trainings, ${(packed.length / 1e6).toFixed(2)} MB in ${target}`);
