import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import type { Diagnosis } from '../analysis/diagnosis';
import { modelFolder } from '../engine/assets';
import { Assessor } from '../engine/assessor';
import { watchFiles } from '../engine/watch';
import { discoverRuns } from '../runs/discovery';
import { HumanError } from '../runs/humanError';
import { LateFiles } from '../runs/lateFiles';
import { RunReader } from '../runs/runReader';
import { backendChoices, choice, useMetrics, usePattern } from './options';
import { plain, styleFor } from './style';
import { UsageError } from './usage';

/** `fitcheck watch`: one line per change of verdict until the run ends or Ctrl-C. */
export async function watchCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      backend: { type: 'string', default: 'auto' },
      pattern: { type: 'string' },
      metric: { type: 'string', multiple: true, default: [] },
    },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    throw new UsageError('watch needs one log file or folder');
  await usePattern(values.pattern);
  useMetrics(values.metric);
  const backend = choice('--backend', values.backend, backendChoices);
  const [source] = await discoverRuns(resolve(path));
  if (!source) throw new HumanError(`${path}: no training log found below this folder`, path);
  const warn = (message: string): void => void process.stderr.write(`fitcheck: ${message}\n`);
  const assessor = new Assessor({ backend, modelDir: modelFolder() }, { warn });
  const reader = new RunReader(source);
  process.stdout.write(`following ${plain(source.path)} (Ctrl-C ends)\n`);
  await followToItsEnd(reader, assessor);
  await assessor.dispose();
  return 0;
}

/** Resolves when the run has ended, or at Ctrl-C. */
async function followToItsEnd(reader: RunReader, assessor: Assessor): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let wake = (): void => undefined;
  const late = new LateFiles(reader);
  const watchAll = (): (() => void) => watchFiles(reader.paths, () => wake());
  let stop = watchAll();
  interrupted.signal.addEventListener('abort', () => wake());
  const print = printer();
  let failure = '';
  try {
    while (!interrupted.signal.aborted) {
      const woken = new Promise<void>((done) => (wake = done));
      try {
        if (await late.look()) {
          stop();
          stop = watchAll();
        }
        const change = await reader.poll();
        failure = '';
        if (change !== 'unchanged') print((await assessor.assess(reader.run)).diagnosis, reader);
      } catch (error) {
        if (!(error instanceof HumanError)) throw error;
        // It may come back (rotation, a mount that hiccups): say it once and go on.
        if (error.message !== failure) process.stderr.write(`fitcheck: ${error.message}\n`);
        failure = error.message;
      }
      const { status } = reader.run;
      if (reader.run.ending || status === 'finished') {
        process.stdout.write(`the run ${status}\n`);
        return;
      }
      await woken;
    }
  } finally {
    stop();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function printer(): (diagnosis: Diagnosis, reader: RunReader) => void {
  const style = styleFor(process.stdout);
  let last = '';
  return ({ verdict, findings }, { run }) => {
    const state = [verdict.label, ...findings.map(({ id, severity }) => `${id}:${severity}`)].join(' ');
    if (state === last) return;
    last = state;
    const steps = run.series.map((series) => series.steps.at(-1)).filter(Number.isFinite);
    const place = steps.length > 0 ? `step ${Math.max(...steps)}` : 'no points yet';
    const time = new Date().toTimeString().slice(0, 8);
    const lead = findings[0]?.message ?? verdict.why;
    process.stdout.write(
      `${style('dim', `${time} ${place}`)}  ${style('bold', verdict.label)}  ${plain(lead)}\n`,
    );
  };
}
