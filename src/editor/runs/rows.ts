import * as l10n from '@vscode/l10n';
import { basename, dirname } from 'node:path';
import { symptomTitle } from '../../analysis/symptomNotes';
import { number } from '../../analysis/wording';
import { listed } from '../../listed';
import type { RunSummary } from '../../protocol';
import { sourceWord, type StreamMeta, type StreamSource } from '../../streams/meta';
import { toldApart } from './names';
import { age, headline, isFault, severityWord, stateWord, verdictWord } from '../words';

/** In which order the runs are listed. */
export type RunOrder = 'newest' | 'worst';

const severities = ['error', 'warning', 'info'] as const;

/** Whether a run has a problem that the user has not put aside: what the badge counts. */
export function isUnhealthy({ label, severity }: Pick<RunSummary, 'label' | 'severity'>): boolean {
  return isFault(label) && (severity === 'error' || severity === 'warning');
}

/** Whether a run is one that the user asked for: each word stands in its title, format, state or verdict, in English or as it is shown. */
export function matches(run: RunSummary, filter: string): boolean {
  const text =
    `${run.title} ${run.label ?? ''} ${verdictWord(run, '')} ${run.state} ${stateWord(run.state)} ${run.format}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * The runs without those outputs of programs that say no more than a log which the program wrote: it is one training, and stands there
 * once. An output with a curve of its own stays.
 * @param outputOf path of the output of the program that wrote a log; null where that was not seen
 */
export function withoutTwins(
  runs: readonly RunSummary[],
  outputOf: (log: string) => string | null,
): readonly RunSummary[] {
  const twins = new Set<string>();
  const byPath = new Map(runs.map((run) => [run.path, run]));
  for (const log of runs) {
    const path = outputOf(log.path);
    const output = path === null ? undefined : byPath.get(path);
    if (output && saysAll(log, output)) twins.add(output.path);
  }
  return twins.size === 0 ? runs : runs.filter(({ path }) => !twins.has(path));
}

function saysAll(log: RunSummary, output: RunSummary): boolean {
  const { curves = [] } = output;
  const known = new Set(log.curves);
  return curves.length > 0 && curves.every((name) => known.has(name)) && log.points >= output.points;
}

/** The runs in an order: the newest first, or the worst, and the newest of these. */
export function sorted(runs: readonly RunSummary[], order: RunOrder): RunSummary[] {
  const newest = [...runs].sort((a, b) => b.modified - a.modified);
  return order === 'newest' ? newest : newest.sort((a, b) => badness(b) - badness(a));
}

function badness(run: RunSummary): number {
  const level = run.severity === null ? 0 : severities.length - severities.indexOf(run.severity);
  return (isUnhealthy(run) ? 10 : 0) + level;
}

/** Names that a framework gives to the log of every run. */
const common =
  /^(?:metrics|progress|results|history|scalars|log|train|trainer_state)\.(?:csv|json|jsonl|log|tsv|txt)$/;

/**
 * What each run is called in the list, by its path: the output of a program by its command, a log by its folder alone where the file's
 * name is the same for every run, as long as that tells it from the others. A list is narrow, and the verdict is to be seen behind the name.
 * @param streamOf what is known of an output @param now ms since 1970 @param language for dates
 */
export function labelsOf(
  runs: readonly RunSummary[],
  streamOf: (path: string) => Pick<StreamMeta, 'label'> | undefined,
  now: number,
  language: string,
): ReadonlyMap<string, string> {
  const short = runs.map(({ title, path }) =>
    common.test(basename(title)) && dirname(title) !== '.' && !streamOf(path) ? dirname(title) : title,
  );
  const times = new Map<string, number>();
  for (const label of short) times.set(label, (times.get(label) ?? 0) + 1);
  const named = runs.map(({ path, title, started: start }, i) => {
    const own = times.get(short[i]!) === 1 ? short[i]! : title;
    return { path, name: streamOf(path)?.label ?? own, start };
  });
  const labels = toldApart(named, now, language);
  return new Map(runs.map(({ path }, i) => [path, labels[i]!] as const));
}

/** What stands behind the title, what is most important first, for the list is narrow. */
export function descriptionOf(run: RunSummary, muted: boolean, now: number, source?: StreamSource): string {
  const last = run.last ? `${run.last.name} ${number(run.last.value)}` : '';
  const parts = [
    headline({ ...run, since: null }, ''),
    muted ? l10n.t('muted') : '',
    last,
    age(run.modified, now),
    source === undefined ? '' : sourceWord(source),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Lines of the tooltip: what each says, and its text, which may come from a log. */
export function tooltipRows(run: RunSummary, stream?: StreamMeta): [name: string, text: string][] {
  const verdict = verdictWord(run, l10n.t('not analysed yet'));
  const found = listed(
    run.symptoms.map(({ id, severity }) => l10n.t('{0} ({1})', symptomTitle(id), severityWord(severity))),
  );
  return [
    [l10n.t('Verdict'), run.since === null ? verdict : l10n.t('{0}, since {1}', verdict, run.since)],
    ...(found === '' ? [] : [[l10n.t('Findings'), found] as [string, string]]),
    [l10n.t('State'), stateWord(run.state)],
    ...(run.last ? [[l10n.t('Last'), `${run.last.name} ${number(run.last.value)}`] as [string, string]] : []),
    [l10n.t('Points'), String(run.points)],
    [l10n.t('Read as'), run.format],
    stream
      ? [l10n.t('Started in'), stream.cwd ?? stream.notebook?.uri ?? l10n.t('a folder that is not known')]
      : [l10n.t('File'), run.path],
  ];
}

/** Icon and colour of a run, by their ids. The colours are those that every theme has, with enough contrast on a list. */
export function iconOf(run: RunSummary): { icon: string; colour: string | null } {
  if (isUnhealthy(run)) {
    return run.severity === 'error'
      ? { icon: 'error', colour: 'problemsErrorIcon.foreground' }
      : { icon: 'warning', colour: 'problemsWarningIcon.foreground' };
  }
  if (run.state === 'crashed') return { icon: 'circle-slash', colour: 'problemsErrorIcon.foreground' };
  if (run.state === 'running') return { icon: 'pulse', colour: null };
  if (run.label === 'healthy') return { icon: 'pass', colour: 'charts.green' };
  return { icon: 'graph-line', colour: null };
}
