import type { Finding, Incident, Label, Severity } from '../analysis/diagnosis';
import type { Assessment } from '../protocol';
import { number } from '../analysis/wording';
import { stateWord } from '../analysis/words';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';
import { sparkline } from './sparkline';
import { plain, type Style } from './style';
import { sureness } from '../sureness';

const labelColour = {
  healthy: 'green',
  overfitting: 'red',
  underfitting: 'yellow',
  unstable: 'red',
  undetermined: 'blue',
} as const satisfies Record<Label, string>;
const severityMark: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', info: '•' };
const severityColour = { error: 'red', warning: 'yellow', info: 'blue' } as const;
/** Curves shown; the rest is counted. */
const SHOWN = 8;

/** What `diagnose` prints for people: verdict, findings, remedies, and a sparkline per curve. */
export function reportOf(run: Run, { diagnosis, remedies }: Assessment, style: Style): string {
  const { verdict, findings } = diagnosis;
  const sure = verdict.label === 'undetermined' ? '' : ` (${sureness(verdict.confidence)} sure)`;
  const lead = findings.find(({ message }) => message === verdict.why);
  const leading = lead ? ` ${style('dim', lead.id)}` : '';
  const lines = [
    `${style('bold', plain(run.path))} ${style('dim', `${run.format}, ${stateWord(run.status)}`)}`,
    `  ${style(labelColour[verdict.label], style('bold', verdict.label))}${sure}: ${plain(verdict.why)}${leading}`,
    ...(diagnosis.scope === undefined ? [] : [`  ${style('dim', diagnosis.scope)}`]),
    ...diagnosis.incidents.map((incident) => findingLine(incident, style)),
    ...(diagnosis.stopping ? [`  ${style('green', '■')} ${plain(diagnosis.stopping.message)}`] : []),
    // The verdict's sentence is the leading finding's: once is enough.
    ...findings
      .filter(({ message }) => message !== verdict.why)
      .map((finding) => findingLine(finding, style)),
    ...curveLines(run, style),
  ];
  const shown = remedies.slice(0, 3);
  if (shown.length > 0) lines.push(style('bold', '  What to do'));
  for (const { rank, title, why } of shown) lines.push(`  ${rank}. ${style('cyan', title)}: ${plain(why)}`);
  if (run.skipped.lines > 0) {
    const first = run.skipped.first;
    const at = first?.line ? ` at line ${first.line}` : '';
    const where = first ? `, first${at}: ${plain(first.reason)}` : '';
    const amount = run.skipped.lines === 1 ? '1 line' : `${run.skipped.lines} lines`;
    lines.push(style('dim', `  ${amount} not understood${where}`));
  }
  return `${lines.join('\n')}\n`;
}

function findingLine({ severity, message, id }: Finding | Incident, style: Style): string {
  return `  ${style(severityColour[severity], severityMark[severity])} ${plain(message)} ${style('dim', id)}`;
}

function curveLines(run: Run, style: Style): string[] {
  const curves = [...run.series].filter((s) => s.length > 1).sort((a, b) => worth(b) - worth(a));
  const shown = curves.slice(0, SHOWN);
  const width = Math.max(0, ...shown.map((series) => titleOf(series).length));
  const lines = shown.map((series) => {
    const { values } = series;
    const ends = `${number(values.at(0))} → ${number(values.at(-1))}`;
    return `  ${titleOf(series).padEnd(width)}  ${sparkline(values.view())}  ${style('dim', ends)}`;
  });
  const rest = curves.length - SHOWN;
  if (rest > 0) lines.push(style('dim', `  … and ${rest} more ${rest === 1 ? 'curve' : 'curves'}`));
  return lines;
}

function worth(series: Series): number {
  const split = series.split === 'val' ? 1 : series.split === 'train' ? 2 : 0;
  return (series.name === 'loss' ? 16 : 0) + (series.direction === 'none' ? 0 : 8) + split;
}

function titleOf(series: Series): string {
  return plain(series.split === null ? series.name : `${series.split} ${series.name}`).slice(0, 32);
}
