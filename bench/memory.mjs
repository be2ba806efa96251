import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { shapes, writeLog } from './generate.mjs';
import { compared } from './table.mjs';

/** Peak memory over that of the idle process, reading large files in a process of their own. */
export async function measure(folder) {
  const code = await bundle(folder, 'runs', ['runs/runReader']);
  const table = join(folder, 'large.csv');
  writeLog(table, shapes.csv, 200e6);
  const oneLine = join(folder, 'line.log');
  writeOneLine(oneLine, 100e6);
  const rows = [
    ['a CSV of 200 MB', table],
    ['a line of 100 MB', oneLine],
  ].map(([what, path]) =>
    compared(`peak memory, ${what}`, peak(code, path, 'run'), 'MB', 'read only', peak(code, path, 'bare')),
  );
  for (const path of [table, oneLine]) rmSync(path);
  return rows;
}

function writeOneLine(path, bytes) {
  const file = openSync(path, 'w');
  const lines = (from) =>
    Array.from({ length: 50 }, (_, i) => `epoch ${from + i} loss: ${1 / (1 + from + i)}\n`).join('');
  writeSync(file, lines(1));
  const block = 'x'.repeat(1e6);
  for (let i = 0; i < bytes / 1e6; i++) writeSync(file, block);
  writeSync(file, `\n${lines(51)}`);
  closeSync(file);
}

function peak(code, path, how) {
  const child = fileURLToPath(new URL('memoryChild.mjs', import.meta.url));
  return Number(execFileSync(process.execPath, [child, code, path, how], { encoding: 'utf8' }));
}
