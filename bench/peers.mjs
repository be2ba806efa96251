import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inferSchema, initParser } from 'udsv';
import { bundle } from './bundle.mjs';
import { writeEvents } from './eventFile.mjs';
import { chunks, fastest, parse, readAndSplit } from './formats.mjs';
import { shapes, writeLog } from './generate.mjs';
import { compared, skipped } from './table.mjs';

const SIZE = 200e6;

/** MB/s of our readers on files of 200 MB, beside what else reads them: loops, other parsers, TensorBoard's own readers. */
export async function measure(folder) {
  const code = createRequire(import.meta.url)(
    await bundle(folder, 'formats', ['formats/registry', 'formats/crc', 'runs/sample']),
  );
  const rows = [];
  const against = (what, path, size, id, others) => {
    const ours = fastest(() => parse(path, code.formatById(id)));
    for (const [name, seconds] of others)
      rows.push(
        typeof seconds === 'number'
          ? compared(`200 MB of ${what}`, size / 1e6 / ours, 'MB/s', name, size / 1e6 / seconds)
          : skipped(`200 MB of ${what}`, `${name}: ${seconds}`),
      );
  };
  const file = (name) => join(folder, name);
  const jsonl = file('peer.jsonl');
  let size = writeLog(jsonl, shapes.jsonl, SIZE);
  against('JSON lines', jsonl, size, 'jsonl', [['split and JSON.parse', fastest(() => parseLines(jsonl))]]);
  rmSync(jsonl);

  const csv = file('peer.csv');
  size = writeLog(csv, shapes.csv, SIZE);
  against('CSV', csv, size, 'csv', [
    ['split into cells', fastest(() => splitCells(csv))],
    ['uDSV', fastest(() => readWithUdsv(csv))],
    ['pandas, C reader', python(csv, PANDAS)],
  ]);
  rmSync(csv);

  const log = file('peer.log');
  for (const name of ['text, nanoGPT', 'text, mmdet', 'text, no metrics']) {
    size = writeLog(log, shapes[name], SIZE);
    against(name, log, size, 'text', [['split into lines', fastest(() => readAndSplit(log))]]);
    rmSync(log);
  }

  const events = file('peer.tfevents');
  const logdir = file('peer');
  mkdirSync(logdir);
  size = writeEvents(events, SIZE, code);
  const few = join(logdir, 'events.out.tfevents.1.few');
  const fewSize = writeEvents(few, SIZE / 40, code);
  const accumulated = python(logdir, ACCUMULATOR);
  rmSync(few);
  renameSync(events, join(logdir, 'events.out.tfevents.1.all'));
  against('TensorBoard events', join(logdir, 'events.out.tfevents.1.all'), size, 'tfevents', [
    // Of a fortieth of the file: the whole would take minutes.
    ['EventAccumulator', typeof accumulated === 'number' ? (accumulated * size) / fewSize : accumulated],
    ["TensorBoard's data server", await dataServer(logdir)],
  ]);
  rmSync(logdir, { recursive: true });
  return rows;
}

function parseLines(path) {
  let rest = '';
  let values = 0;
  chunks(path, (bytes) => {
    const lines = (rest + bytes.toString('utf8')).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const object = JSON.parse(line);
      for (const key in object) if (typeof object[key] === 'number') values++;
    }
  });
  return values;
}

function splitCells(path) {
  let rest = '';
  let sum = 0;
  chunks(path, (bytes) => {
    const lines = (rest + bytes.toString('utf8')).split('\n');
    rest = lines.pop();
    for (const line of lines) for (const cell of line.split(',')) sum += Number(cell);
  });
  return sum;
}

function readWithUdsv(path) {
  const text = readFileSync(path, 'utf8');
  return initParser(inferSchema(text)).typedCols(text).length;
}

const PANDAS = `
import sys, time
import pandas
times = []
for _ in range(3):
    start = time.perf_counter()
    pandas.read_csv(sys.argv[1], engine="c")
    times.append(time.perf_counter() - start)
print(min(times))
`;
const ACCUMULATOR = `
import sys, time
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
start = time.perf_counter()
events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
events.Reload()
for tag in events.Tags()["scalars"]:
    events.Scalars(tag)
print(time.perf_counter() - start)
`;
const SERVER = 'import tensorboard_data_server; print(tensorboard_data_server.server_binary() or "")';

/** Seconds that a script prints, or why there are none. */
function python(path, script) {
  const { status, stdout, stderr, error } = run(['-c', script, path]);
  if (error || status !== 0) return reason(error, stderr);
  return Number(stdout);
}

/** Seconds of one load cycle of the program behind TensorBoard's fast data loading, or why there are none. */
async function dataServer(logdir) {
  const { status, stdout, stderr, error } = run(['-c', SERVER]);
  if (error || status !== 0) return reason(error, stderr);
  const server = spawn(stdout.trim(), ['--logdir', logdir, '--reload', 'once', '--verbose', '--port', '0']);
  let said = '';
  const seconds = await new Promise((resolve) => {
    server.on('error', ({ message }) => resolve(message));
    server.on('exit', () => resolve('it ended without a word'));
    server.stderr.on('data', (text) => {
      said += text;
      const [, amount, unit] = /Finished load cycle \(([\d.]+)(ms|s)\)/.exec(said) ?? [];
      if (amount) resolve(Number(amount) / (unit === 's' ? 1 : 1000));
    });
  });
  server.kill('SIGKILL');
  return seconds;
}

function run(args) {
  return spawnSync(process.env.FITCHECK_PYTHON || 'python3', args, { encoding: 'utf8' });
}

function reason(error, stderr) {
  return error?.message ?? stderr.trim().split('\n').at(-1);
}
