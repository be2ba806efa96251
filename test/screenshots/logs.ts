/** The logs that the pictures are made of: trainings that were recorded for the model, in the formats that trainings write. */
import { fork } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readHistories, type History } from '../../src/analysis/model/history';
import { HISTORIES } from '../../src/analysis/model/paths';

/** A log by the state of the panel that it leads to. */
export interface Logs {
  sample: string;
  healthy: string;
  overfitting: string;
  underfitting: string;
  unstable: string;
  nonFinite: string;
  undetermined: string;
  crashed: string;
  stalled: string;
  /** Three trainings, appended to one log. */
  several: string;
  /** One loss of 1e28, and a learning rate that never changes. */
  farValue: string;
  /** Three runs of one task, with their settings beside them. */
  compared: readonly string[];
}

/** What the recorded columns are called in a Keras-like log. */
const columns: Readonly<Record<string, string>> = {
  train: 'loss',
  train_accuracy: 'accuracy',
  val: 'val_loss',
};
const MINUTE = 60_000;

/** Writes all logs below a folder, as trainings of a project of somebody's would lie there. */
export async function writeLogs(folder: string): Promise<Logs> {
  const recorded = new Map((await readHistories(HISTORIES)).map((history) => [history.id, history]));
  const of = (id: string): History => {
    const history = recorded.get(`torch/${id}`);
    if (!history) throw new Error(`the recorded trainings have no torch/${id}`);
    return history;
  };
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  const csv = (name: string, id: string, epochs?: number): Promise<string> =>
    write(name, csvOf(of(id), epochs));
  const compared = (name: string, id: string): Promise<string> =>
    write(`digits/${name}/hparams.yaml`, settingsOf(of(id))).then(() =>
      csv(`digits/${name}/metrics.csv`, id),
    );
  const stalled = await write('shapes/hangs.jsonl', jsonlOf(of('shapes/mlp-bn/11013'), 24, 40 * MINUTE));
  const then = new Date(Date.now() - 40 * MINUTE);
  await utimes(stalled, then, then);
  return {
    sample: await sampleTraining(join(folder, 'runs/training.csv')),
    healthy: await csv('shapes/healthy.csv', 'shapes/mlp/10540'),
    overfitting: await csv('shapes/cnn-large.csv', 'shapes/cnn/10648'),
    underfitting: await csv('textures/mlp-small.csv', 'textures/mlp/11230'),
    unstable: await csv('shapes/cnn-bad-batch.csv', 'shapes/cnn/10636'),
    nonFinite: await csv('digits/resmlp-no-clip.csv', 'digits/resmlp/10334'),
    undetermined: await csv('shapes/just-started.csv', 'shapes/mlp/10540', 4),
    crashed: await write('shapes/gru.log', textOf(of('shapes/gru/11507'), 19) + outOfMemory),
    stalled,
    several: await write(
      'shapes/appended.csv',
      [
        csvOf(of('shapes/resmlp/10613')),
        ...['shapes/mlp-bn/10237', 'shapes/mlp/10540'].map((id) => withoutHeader(csvOf(of(id)))),
      ].join(''),
    ),
    farValue: await write('shapes/far-value.csv', withFarValue(csvOf(of('shapes/mlp/10540')))),
    compared: [
      await compared('cnn-a', 'digits-jittered/cnn/259'),
      await compared('cnn-b', 'digits-jittered/cnn/734'),
      await compared('mlp', 'digits-jittered/mlp-bn/247'),
    ],
  };
}

/** The training that comes with the extension, without its pauses. @returns the path of its log */
function sampleTraining(log: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = fork('dist/sampleTraining.js', [log], {
      env: { ...process.env, FITCHECK_SAMPLE_PACE: '0' },
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done(log) : fail(new Error(`the sample training ended with code ${code}`)),
    );
  });
}

/** The rows alone, as a training appends them to a log that it finds. */
function withoutHeader(table: string): string {
  return table.slice(table.indexOf('\n') + 1);
}

/** A log with a column for each curve, like Keras' CSVLogger writes it. */
function csvOf({ log, axis }: History, epochs = Infinity): string {
  const names = Object.keys(log);
  const header = [axis, ...names.map((name) => columns[name] ?? name)].join(',');
  const rows = rowsOf(log, epochs).map(({ at, values }) =>
    [at, ...names.map((name) => values[name] ?? '')].join(','),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

/** A log whose 20th loss is enormous, with a constant learning rate in a column more. */
function withFarValue(csv: string): string {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  const loss = header.split(',').indexOf('loss');
  const cells = rows.map((row, i) =>
    row.split(',').map((cell, at) => (i === 19 && at === loss ? '1e28' : cell)),
  );
  return `${[`${header},lr`, ...cells.map((row) => `${row.join(',')},0.001`)].join('\n')}\n`;
}

/** A log as a training loop prints it. */
function textOf({ log, plan }: History, epochs: number): string {
  const lines = rowsOf(log, epochs).map(({ at, values }) => {
    const numbers = Object.entries(values).map(([name, value]) => `${columns[name] ?? name}: ${value}`);
    return `Epoch ${at}/${plan} - ${numbers.join(' - ')}`;
  });
  return `${lines.join('\n')}\n`;
}

/** A log that says how far it is to go, a line a minute. @param before ms between its last line and now */
function jsonlOf({ log, plan }: History, epochs: number, before: number): string {
  const rows = rowsOf(log, epochs);
  const lines = rows.map(({ at, values }, i) => {
    const timestamp = (Date.now() - before - (rows.length - 1 - i) * MINUTE) / 1000;
    const named = Object.entries(values).map(([name, value]) => [columns[name] ?? name, value] as const);
    return JSON.stringify({
      step: 100 * at,
      total_steps: 100 * plan,
      epoch: at,
      ...Object.fromEntries(named),
      timestamp,
    });
  });
  return `${lines.join('\n')}\n`;
}

function rowsOf(log: History['log'], most: number): { at: number; values: Record<string, number> }[] {
  const all = [...new Set(Object.values(log).flatMap(({ x }) => x))].sort((a, b) => a - b);
  return all.slice(0, most).map((at) => {
    const values = Object.entries(log).flatMap(([name, { x, y }]) => {
      const index = x.indexOf(at);
      return index < 0 ? [] : [[name, y[index]!] as const];
    });
    return { at, values: Object.fromEntries(values) };
  });
}

/** The settings that it was trained with, as Lightning leaves them beside its metrics. */
function settingsOf({ knobs, architecture, seed }: History): string {
  const plain = Object.entries({ architecture, ...knobs, seed }).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'string',
  );
  return plain.map(([name, value]) => `${name}: ${String(value)}\n`).join('');
}

const outOfMemory = `Traceback (most recent call last):
  File "train.py", line 88, in <module>
    main()
  File "train.py", line 71, in main
    loss.backward()
  File "torch/_tensor.py", line 581, in backward
    torch.autograd.backward(self, gradient, retain_graph, create_graph, inputs=inputs)
torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB of which 1.02 GiB is free.
`;
