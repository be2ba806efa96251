import * as l10n from '@vscode/l10n';
import { symptomTitle } from '../../analysis/symptomNotes';
import { number } from '../../analysis/wording';
import { listed } from '../../listed';
import type { RunSummary } from '../../protocol';
import type { StreamMeta } from '../../streams/meta';
import { age, severityWord, stateWord, verdictWord } from '../words';

/** In which order the runs are listed. */
export type RunOrder = 'newest' | 'worst';

const severities = ['error', 'warning', 'info'] as const;

/** Whether a run has a problem that the user has not put aside: what the badge counts. */
export function isUnhealthy({ label, severity }: Pick<RunSummary, 'label' | 'severity'>): boolean {
  const ill = label === 'overfitting' || label === 'underfitting' || label === 'unstable';
  return ill && (severity === 'error' || severity === 'warning');
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

/** What stands behind the title: verdict, last value, age. */
export function descriptionOf(run: RunSummary, muted: boolean, now: number): string {
  const last = run.last ? `${run.last.name} ${number(run.last.value)}` : '';
  const parts = [verdictWord(run, ''), last, age(run.modified, now), muted ? l10n.t('muted') : ''];
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

/** Icon and colour of a run, by their ids. */
export function iconOf(run: RunSummary): { icon: string; colour: string | null } {
  if (isUnhealthy(run)) {
    return run.severity === 'error'
      ? { icon: 'error', colour: 'list.errorForeground' }
      : { icon: 'warning', colour: 'list.warningForeground' };
  }
  if (run.state === 'crashed') return { icon: 'circle-slash', colour: 'list.errorForeground' };
  if (run.state === 'running') return { icon: 'pulse', colour: null };
  if (run.label === 'healthy') return { icon: 'pass', colour: 'testing.iconPassed' };
  return { icon: 'graph-line', colour: null };
}
