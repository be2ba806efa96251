import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { PointSink } from '../formats/format';
import { hfTrainerState } from '../formats/hfTrainerState';
import { reportSettings } from '../formats/hyperparameters';
import { asRecord } from '../formats/looseJson';
import { parseNumber } from '../formats/numbers';
import type { FactsFile, FactsKind } from './source';
import { parseMeta } from '../streams/meta';
import { tellStream } from './streamRuns';

/** A larger file holds no settings (bytes). */
const LARGEST: Readonly<Record<FactsKind, number>> = {
  stream: 1 << 20,
  settings: 1 << 20,
  'wandb-config': 1 << 20,
  'mlflow-meta': 1 << 20,
  'mlflow-params': Infinity,
  'hf-state': 64 << 20,
};
/** More settings than this nobody looks at. */
const MOST_PARAMS = 500;

type FactsSink = Pick<PointSink, 'context' | 'ended'>;

/** A file of settings, read again when it has changed. What it says is kept, for a run that is read anew. */
export class Facts {
  private read = '';
  private say: (sink: FactsSink) => void = () => undefined;

  constructor(private readonly file: FactsFile) {}

  /** Looks whether it has changed. A file that is missing or can't be read says nothing. @returns whether it had */
  async refresh(): Promise<boolean> {
    const { path, kind } = this.file;
    const info = await stat(path).catch(() => null);
    const state = info === null ? '' : `${info.mtimeMs} ${info.size}`;
    if (state === this.read) return false;
    const said =
      info !== null && info.size <= LARGEST[kind] ? await load(path, kind).catch(() => null) : null;
    if (said) this.say = said;
    this.read = state;
    return said !== null;
  }

  /** Tells the run what the file says. */
  tell(sink: FactsSink): void {
    this.say(sink);
  }
}

async function load(path: string, kind: FactsKind): Promise<(sink: FactsSink) => void> {
  if (kind === 'mlflow-params') {
    const settings = await readParams(path);
    return (sink) => reportSettings(sink, settings);
  }
  if (kind === 'hf-state') return readTrainerState(await readFile(path));
  if (kind === 'stream') {
    const meta = parseMeta(await readFile(path, 'utf8'));
    return (sink) => meta && tellStream(sink, meta);
  }
  const settings = asRecord(readYaml(await readFile(path, 'utf8'))) ?? {};
  if (kind === 'mlflow-meta') return (sink) => tellMeta(sink, settings);
  const plain = kind === 'wandb-config' ? withoutDescriptions(settings) : settings;
  return (sink) => reportSettings(sink, plain);
}

/** Tags such as `!!python/object` are ignored, so nothing is ever constructed. */
function readYaml(text: string): unknown {
  return parseDocument(text, { logLevel: 'silent', uniqueKeys: false }).toJS({ maxAliasCount: 100 });
}

/** W&B writes `lr: {desc: null, value: 0.001}`. */
function withoutDescriptions(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([key, entry]) => [key, asRecord(entry)?.value]));
}

/** MLflow keeps each parameter in a file of its own. */
async function readParams(folder: string): Promise<Record<string, unknown>> {
  const names = (await readdir(folder)).slice(0, MOST_PARAMS);
  const values = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return Object.fromEntries(
    names.map((name, i) => [name, parseNumber(values[i]!.trim()) ?? values[i]!.trim()]),
  );
}

/** How far the training was to go, and whether it got there; the points are read from elsewhere. */
function readTrainerState(bytes: Uint8Array): (sink: FactsSink) => void {
  const said: ((sink: FactsSink) => void)[] = [];
  const ignore = (): void => undefined;
  const parser = hfTrainerState.createParser({
    at: ignore,
    value: ignore,
    skip: ignore,
    context: (key, value) => void said.push((sink) => sink.context(key, value)),
    ended: (how, reason) => void said.push((sink) => sink.ended(how, reason, Number.NaN)),
  });
  parser.push(bytes);
  parser.end();
  return (sink) => said.forEach((say) => say(sink));
}

/** RunStatus of MLflow's protocol; RUNNING = 1 and SCHEDULED = 2 say nothing of the end. */
const FINISHED = 3;
const FAILED = 4;
const KILLED = 5;

function tellMeta(sink: FactsSink, meta: Record<string, unknown>): void {
  if (typeof meta.run_name === 'string') sink.context('run_name', meta.run_name);
  const { status } = meta;
  if (status === FINISHED) sink.ended('finished', 'status: FINISHED', Number.NaN);
  else if (status === FAILED) sink.ended('crashed', 'status: FAILED', Number.NaN);
  else if (status === KILLED) sink.ended('crashed', 'status: KILLED', Number.NaN);
}
