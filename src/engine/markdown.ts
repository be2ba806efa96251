import * as l10n from '@vscode/l10n';
import type { Finding, Incident } from '../analysis/diagnosis';
import { symptomTitle } from '../analysis/symptomNotes';
import { number, sentences } from '../analysis/wording';
import { labelWord, severityWord, stateWord } from '../analysis/words';
import { listed } from '../listed';
import type { Assessment, DismissedFinding, RunSnapshot, RunSummary } from '../protocol';
import { reasonWord } from '../reasonWord';
import { sureness } from '../sureness';

/** What a report needs of a curve. */
export interface ReportedCurve {
  readonly name: string;
  readonly split: string | null;
  readonly points: number;
  readonly first: number;
  readonly last: number;
  /** Lowest and highest value that is finite; NaN where there is none. */
  readonly min: number;
  readonly max: number;
}

/** A run as it is reported: from the engine's snapshot in the editor, from the run itself on the command line. */
export interface Reported {
  readonly summary: Pick<RunSummary, 'title' | 'path' | 'format' | 'state' | 'since'>;
  readonly assessment: Assessment;
  readonly curves: readonly ReportedCurve[];
  readonly context: Readonly<Record<string, string | number>>;
  /** The findings of which the user says that they are not so. */
  readonly dismissed: readonly DismissedFinding[];
}

/** Remedies that are written out; the others are named. */
const WRITTEN_OUT = 3;
const CURVES = 30;

/** A few sentences for a chat: what it is, since when, why, what happened to it, and what to try first. Plain text. */
export function summaryText({
  summary,
  assessment,
  dismissed,
}: Omit<Reported, 'curves' | 'context'>): string {
  const { verdict, findings, incidents, stopping } = assessment.diagnosis;
  const leading = findings.find(({ family }) => family === verdict.label);
  const [first] = assessment.remedies;
  const parts = [
    summary.since === null
      ? l10n.t('{0}: {1}.', summary.title, verdictText(assessment))
      : l10n.t('{0}: {1} since {2}.', summary.title, verdictText(assessment), summary.since),
    verdict.why,
    ...dismissed.filter(({ id }) => id === leading?.id).map(objection),
    // A run that was well until it crashed is not simply well.
    ...incidents.filter(({ severity }) => severity !== 'info').map(({ message }) => closed(message)),
    ...(stopping ? [stopping.message] : []),
    ...(first && verdict.label !== 'healthy' ? [l10n.t('First to try: {0}.', first.title)] : []),
  ];
  return sentences(parts.map((part) => part.replace(/\s+/g, ' ').trim()));
}

/** As a sentence: what a log says last ends as it likes. */
function closed(text: string): string {
  return /[.!?。]$/.test(text) ? text : `${text}.`;
}

/** The whole diagnosis as Markdown, in the user's language: verdict, findings with their numbers, what to do, curves. Names of the log are escaped. */
export function reportMarkdown(reported: Reported): string {
  const { summary, assessment, curves, context, dismissed } = reported;
  const { verdict, scope, findings, incidents, stopping } = assessment.diagnosis;
  const reasons = new Map<string, DismissedFinding>(dismissed.map((one) => [one.id, one]));
  const [away, open] = [true, false].map((gone) => findings.filter(({ id }) => reasons.has(id) === gone));
  const facts = Object.entries(context).map(([key, value]) => `${escaped(key)} ${escaped(String(value))}`);
  const lines = [
    `# ${titleText(summary, assessment)}`,
    '',
    `${escaped(verdict.why)}`,
    '',
    `- ${logText(summary)}`,
    ...(scope === undefined ? [] : [`- ${scope}`]),
    ...(facts.length > 0 ? [`- ${l10n.t('The log says: {0}', listed(facts))}`] : []),
    ...(stopping ? [`- ${l10n.t('**Nothing more to gain:** {0}', escaped(stopping.message))}`] : []),
    '',
    ...section(l10n.t('Findings'), [...incidents, ...open!].map(findingText)),
    ...section(
      l10n.t('Not so, as the user says'),
      away!.map((one) => `${findingText(one)} ${objection(reasons.get(one.id)!)}`),
    ),
    ...section(l10n.t('What to do: one change at a time, and measure'), remediesOf(assessment)),
    ...section(l10n.t('Curves'), curveTable(curves)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The curves of a snapshot, as far as its thinned points tell: minimum and maximum of each stay in it. */
export function curvesOf({ series }: Pick<RunSnapshot, 'series'>): ReportedCurve[] {
  return series.map(({ name, split, total, points: { values } }) => ({
    ...{ name, split, points: total, first: values[0] ?? NaN, last: values.at(-1) ?? NaN },
    ...rangeOf(values),
  }));
}

/** Lowest and highest of the finite values; NaN where there is none. */
export function rangeOf(values: Float64Array): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min <= max ? { min, max } : { min: NaN, max: NaN };
}

/** The verdict and how sure it is: `overfitting (92 %)`. */
function verdictText({ diagnosis: { verdict } }: Assessment): string {
  const word = labelWord(verdict.label);
  return verdict.label === 'undetermined' ? word : l10n.t('{0} ({1})', word, sureness(verdict.confidence));
}

function titleText({ title, since }: Reported['summary'], assessment: Assessment): string {
  const about = [escaped(title), verdictText(assessment)];
  return since === null ? l10n.t('{0}: {1}', ...about) : l10n.t('{0}: {1} since {2}', ...about, since);
}

function logText({ path, format, state }: Reported['summary']): string {
  const about = [`\`${path.replaceAll('`', "'")}\``, escaped(format), stateWord(state)];
  return l10n.t('Log: {0}, read as {1}, {2}', ...about);
}

/** Whose word is whose: the analyzer's own stays beside it. */
function objection({ id, reason }: DismissedFinding): string {
  return l10n.t('The user says that "{0}" is not so ({1}).', symptomTitle(id), reasonWord(reason));
}

function findingText({ severity, id, message }: Finding | Incident): string {
  return `- ${l10n.t('**{0}** ({1}, {2}): {3}', symptomTitle(id), id, severityWord(severity), escaped(message))}`;
}

function remediesOf({ remedies }: Assessment): string[] {
  const written = remedies.slice(0, WRITTEN_OUT).map(({ title, why, typical, cost, check }, i) => {
    const usual = typical.map(({ context, value }) => l10n.t('{0} ({1})', value, context));
    const values = usual.reduce((all, one) => l10n.t('{0}; {1}', all, one));
    const text = l10n.t(
      '**{0}**: {1} Usual: {2}. Cost: {3} To tell whether it worked: {4}',
      ...[title, escaped(why), values, cost, check],
    );
    return `${i + 1}. ${text}`;
  });
  const others = remedies.slice(WRITTEN_OUT).map(({ title }) => title);
  return others.length > 0 ? [...written, '', l10n.t('Also: {0}.', listed(others))] : written;
}

function curveTable(curves: readonly ReportedCurve[]): string[] {
  if (curves.length === 0) return [];
  const rows = curves.slice(0, CURVES).map(({ name, split, points, first, last, min, max }) => {
    const cells = [
      name,
      split ?? '',
      String(points),
      ...[first, last, min, max].map((value) => number(value)),
    ];
    return `| ${cells.map(escaped).join(' | ')} |`;
  });
  const head = l10n.t('| curve | split | points | first | last | min | max |');
  return [head, '|---|---|---|---|---|---|---|', ...rows];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

/** Text of a log as Markdown shows it: no markup, no line of its own. Within a word an underscore is none, as in `val_loss`. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*{}[\]<>#|!~]|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, (found) =>
      found.replace(/./gu, '\\$&'),
    );
}
