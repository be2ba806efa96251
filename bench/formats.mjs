import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { writeEvents } from './eventFile.mjs';
import { shapes, writeLog } from './generate.mjs';
import { compared, quantile } from './table.mjs';

const SIZE = 24e6;
const CHUNK = 1 << 20;
const ROUNDS = 3;

/** MB/s of each format's parser, and how long recognition takes, beside a loop that only reads (and splits) the same file. */
export async function measure(folder) {
  const code = createRequire(import.meta.url)(
    await bundle(folder, 'formats', ['formats/registry', 'formats/crc', 'runs/sample']),
  );
  const rows = [];
  for (const name of [...Object.keys(shapes), 'tfevents']) {
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.log`);
    const binary = name === 'tfevents';
    const size = binary ? writeEvents(path, SIZE, code) : writeLog(path, shapes[name], SIZE);
    const format = code.formatById(name.split(',')[0]);
    const ours = fastest(() => parse(path, format));
    const bare = fastest(() => (binary ? read(path) : readAndSplit(path)));
    const speed = (seconds) => size / 1e6 / seconds;
    rows.push(compared(`read ${name}`, speed(ours), 'MB/s', binary ? 'read' : 'read and split', speed(bare)));
    const times = await recognise(code, path, 9);
    rows.push(
      compared(
        `recognise ${name}`,
        quantile(times.whole, 0.5),
        'ms',
        'read its sample',
        quantile(times.sample, 0.5),
      ),
    );
    rmSync(path);
  }
  return rows;
}

export function parse(path, format) {
  let values = 0;
  const nothing = () => undefined;
  const sink = { at: nothing, value: () => values++, skip: nothing, context: nothing, ended: nothing };
  const parser = format.createParser(sink);
  chunks(path, (bytes) => parser.push(bytes));
  parser.end();
  return values;
}

export function readAndSplit(path) {
  let rest = '';
  let lines = 0;
  chunks(path, (bytes) => {
    const pieces = (rest + bytes.toString('utf8')).split('\n');
    rest = pieces.pop();
    lines += pieces.length;
  });
  return lines;
}

function read(path) {
  let size = 0;
  chunks(path, (bytes) => (size += bytes.length));
  return size;
}

export function chunks(path, onBytes) {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (let length = 0; (length = readSync(file, buffer, 0, CHUNK, null)) > 0;)
    onBytes(buffer.subarray(0, length));
  closeSync(file);
}

export function fastest(work) {
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
  }
  return best;
}

async function recognise(code, path, rounds) {
  const times = { sample: [], whole: [] };
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    const sample = await code.readSample(path);
    times.sample.push(performance.now() - start);
    code.recogniseFormat(sample);
    times.whole.push(performance.now() - start);
  }
  return times;
}
