import * as l10n from '@vscode/l10n';
import { textCell } from '../engine/csv';
import { escaped } from '../engine/markdown';
import { translated } from '../translated';
import { changesText, effectText, remarks } from './words';
import { byScript, type Step } from './ledger';
import type { Entry } from './entry';

/** The ledger as Markdown: a table a script. Names come from files and logs, and are text. */
export function ledgerMarkdown(entries: readonly Entry[]): string {
  const tables = [...byScript(entries)].map(([script, steps]) =>
    [
      `## ${escaped(script)}`,
      '',
      `| ${headings().join(' | ')} |`,
      '|---|---|---|---|---|---|---|',
      ...steps.map((step) => `| ${cells(step).map(escaped).join(' | ')} |`),
    ].join('\n'),
  );
  return `# ${l10n.t('Experiments')}\n\n${tables.join('\n\n')}\n`;
}

function headings(): string[] {
  return [
    ...[l10n.t('Started'), l10n.t('Run'), l10n.t('State'), l10n.t('Verdict')],
    ...[l10n.t('Best'), l10n.t('Changed'), l10n.t('Effect')],
  ];
}

/** The ledger as CSV, one run a row, the newest first. */
export function ledgerCsv(entries: readonly Entry[]): string {
  const head = ['script', 'started', 'run', 'state', 'verdict', 'best', 'changed', 'effect'];
  const rows = [...byScript(entries)].flatMap(([script, steps]) =>
    steps.map((step) => [script, ...cells(step)]),
  );
  return `${[head, ...rows].map((row) => row.map(textCell).join(',')).join('\n')}\n`;
}

function cells(step: Step): string[] {
  const { entry, effects } = step;
  return [
    new Date(entry.start).toISOString(),
    entry.title,
    translated(entry.state),
    entry.label === null ? '' : translated(entry.label),
    entry.outcomes.map(({ metric, best }) => `${metric} ${best}`).join('; '),
    changesText(step, Infinity),
    [...effects.map(effectText), ...remarks(step)].join(' '),
  ];
}
