import { number } from '../analysis/wording';
import type { Assessment, RunSnapshot, RunSummary } from '../protocol';

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
}

/** Remedies that are written out; the others are named. */
const WRITTEN_OUT = 3;
const CURVES = 30;

/** One or two sentences for a chat: what it is, since when, why, and what to try first. Plain text. */
export function summaryText({ summary, assessment }: Pick<Reported, 'summary' | 'assessment'>): string {
  const { verdict, stopping } = assessment.diagnosis;
  const [first] = assessment.remedies;
  const parts = [
    `${summary.title}: ${verdict.label}${sure(assessment)}${summary.since === null ? '' : ` since ${summary.since}`}.`,
    verdict.why,
    ...(stopping ? [stopping.message] : []),
    ...(first && verdict.label !== 'healthy' ? [`First to try: ${first.title}.`] : []),
  ];
  return parts.map((part) => part.replace(/\s+/g, ' ').trim()).join(' ');
}

/** The whole diagnosis as Markdown: verdict, findings with their numbers, what to do, curves. Names of the log are escaped. */
export function reportMarkdown(reported: Reported): string {
  const { summary, assessment, curves, context } = reported;
  const { verdict, findings, incidents, stopping } = assessment.diagnosis;
  const since = summary.since === null ? '' : `, since ${summary.since}`;
  const facts = Object.entries(context).map(([key, value]) => `${escaped(key)} ${escaped(String(value))}`);
  const lines = [
    `# ${escaped(summary.title)}: ${verdict.label}${sure(assessment)}`,
    '',
    `${escaped(verdict.why)}`,
    '',
    `- Log: \`${summary.path.replaceAll('`', "'")}\`, read as ${escaped(summary.format)}, ${summary.state}${since}`,
    ...(facts.length > 0 ? [`- The log says: ${facts.join(', ')}`] : []),
    ...(stopping ? [`- **Nothing more to win:** ${escaped(stopping.message)}`] : []),
    '',
    ...section(
      'Findings',
      [...incidents, ...findings].map(
        ({ severity, id, message }) => `- **${id}** (${severity}): ${escaped(message)}`,
      ),
    ),
    ...section('What to do: one change at a time, and measure', remediesOf(assessment)),
    ...section('Curves', curveTable(curves)),
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

function sure({ diagnosis: { verdict } }: Assessment): string {
  return verdict.label === 'undetermined' ? '' : ` (${Math.round(verdict.confidence * 100)} %)`;
}

function remediesOf({ remedies }: Assessment): string[] {
  const written = remedies.slice(0, WRITTEN_OUT).map(({ title, why, typical, cost, check }, i) => {
    const usual = typical.map(({ context, value }) => `${value} (${context})`).join('; ');
    return `${i + 1}. **${title}**: ${escaped(why)} Usual: ${usual || 'see the page'}. Cost: ${cost} To tell whether it worked: ${check}`;
  });
  const others = remedies.slice(WRITTEN_OUT).map(({ title }) => title);
  return others.length > 0 ? [...written, '', `Also: ${others.join(', ')}.`] : written;
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
  return ['| curve | split | points | first | last | min | max |', '|---|---|---|---|---|---|---|', ...rows];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

/** Text of a log as Markdown shows it: no markup, no line of its own. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&');
}
