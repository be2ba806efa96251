import { parseArgs } from 'node:util';
import { basename, resolve } from 'node:path';
import type { BackendInfo } from '../analysis/diagnosis';
import { modelFolder } from '../engine/assets';
import { Assessor } from '../engine/assessor';
import { rangeOf, reportMarkdown, type Reported } from '../engine/markdown';
import { assessedFor } from '../engine/remedyCards';
import { sinceOf } from '../engine/summary';
import type { Assessment } from '../protocol';
import type { Told } from '../remedies/context';
import { discoverRuns } from '../runs/discovery';
import { HumanError } from '../runs/humanError';
import { RunReader } from '../runs/runReader';
import type { Run } from '../runs/run';
import { readAs } from '../runs/source';
import { diagnosisDocument, strictJson, type PathError } from './json';
import { backendChoices, choice, failOn, fails, formatNamed, useMetrics, usePattern } from './options';
import { reportOf } from './report';
import { styleFor } from './style';
import { toldBy } from './told';
import { UsageError } from './usage';

/** `fitcheck diagnose`: reads the runs at the given paths and reports on each. */
export async function diagnoseCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      backend: { type: 'string', default: 'auto' },
      'fail-on': { type: 'string' },
      as: { type: 'string' },
      script: { type: 'string' },
      config: { type: 'string' },
      pattern: { type: 'string' },
      metric: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length === 0) throw new UsageError('diagnose needs a log file or a folder');
  await usePattern(values.pattern);
  useMetrics(values.metric);
  const limit = failOn(values['fail-on']);
  const backend = choice('--backend', values.backend, backendChoices);
  const told = await toldBy(values.script, values.config);
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const assessor = new Assessor({ backend, modelDir: modelFolder() }, { warn });
  const info = (await assessor.load())?.info ?? null;
  if (info === null && backend !== 'auto')
    throw new HumanError(warnings[0] ?? `backend ${backend} can't be loaded`);
  for (const warning of warnings) process.stderr.write(`fitcheck: ${warning}\n`);

  const { runs, errors } = await readAll(positionals, assessor, told, formatNamed(values.as));
  await assessor.dispose();
  write(values.json ? 'json' : values.markdown ? 'markdown' : 'text', info, runs, errors);
  for (const { reason } of errors) process.stderr.write(`fitcheck: ${reason.replace(/\s*\n\s*/g, ' ')}\n`);
  if (errors.length > 0) return 2;
  const severities = runs.flatMap(({ assessment }) => assessment.diagnosis.findings.map((f) => f.severity));
  return severities.some((severity) => fails(severity, limit)) ? 1 : 0;
}

async function readAll(
  paths: readonly string[],
  assessor: Assessor,
  told: Told,
  format: string | null,
): Promise<{ runs: { run: Run; assessment: Assessment }[]; errors: PathError[] }> {
  const runs: { run: Run; assessment: Assessment }[] = [];
  const errors: PathError[] = [];
  for (const path of paths) {
    try {
      const sources = await discoverRuns(resolve(path));
      if (sources.length === 0)
        throw new HumanError(`${path}: no training log found below this folder`, path);
      const empty: HumanError[] = [];
      for (const source of sources) {
        const run = await new RunReader(readAs(source, format)).readAll();
        if (run.series.length === 0) empty.push(nothingIn(source.path, run));
        else runs.push({ run, assessment: assessedFor(await assessor.assess(run), told) });
      }
      // Trackers make a run's files before it logs anything: such a run does not keep the others from being read.
      if (empty.length === sources.length) throw empty[0]!;
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      errors.push({ path: error.path ?? path, reason: error.message });
    }
  }
  return { runs, errors };
}

function nothingIn(path: string, run: Run): HumanError {
  if (run.format === 'unknown')
    return new HumanError(`${path}: the file is empty; nothing was logged yet`, path);
  const first = run.skipped.first;
  const line = first?.line ?? null;
  const because = first ? `; ${line === null ? '' : `line ${line}: `}${first.reason}` : '';
  return new HumanError(`${path}: read as ${run.format}, but it holds no metric values${because}`, path);
}

function write(
  form: 'text' | 'json' | 'markdown',
  backend: BackendInfo | null,
  runs: readonly { run: Run; assessment: Assessment }[],
  errors: readonly PathError[],
): void {
  if (form === 'json') {
    process.stdout.write(`${strictJson(diagnosisDocument(backend, runs, errors))}\n`);
    return;
  }
  if (form === 'markdown') {
    process.stdout.write(runs.map((one) => reportMarkdown(reportedRun(one.run, one.assessment))).join('\n'));
    return;
  }
  const style = styleFor(process.stdout);
  for (const { run, assessment } of runs) process.stdout.write(`${reportOf(run, assessment, style)}\n`);
}

/** A run as it is reported. */
function reportedRun(run: Run, assessment: Assessment): Reported {
  const { path, format, status } = run;
  const curves = run.series
    .filter((series) => series.length > 0)
    .map(({ name, split, length, values }) => ({
      ...{ name, split, points: length, first: values.at(0), last: values.at(-1) },
      ...rangeOf(values.view()),
    }));
  const since = sinceOf(assessment.diagnosis);
  const summary = { title: basename(path), path, format, state: status, since };
  return { summary, assessment, curves, context: Object.fromEntries(run.context), dismissed: [] };
}
