import * as l10n from '@vscode/l10n';
import { HumanError } from '../runs/humanError';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';

const HEADER = 'run,metric,split,key,point,step,epoch,time,value,line';

export interface NamedRun {
  title: string;
  run: Run;
}

/**
 * Every point of a metric in some runs as CSV (RFC 4180), a row a point: what a picture leaves out is in it. Times are
 * ISO 8601; what a log does not tell is empty; values that are no numbers are NaN, Infinity and -Infinity.
 * @param maxBytes about how long it may become
 * @throws HumanError when it would become longer
 */
export function csvOf(runs: readonly NamedRun[], metric: string, maxBytes: number): string {
  const rows = [HEADER];
  let size = 0;
  for (const { title, run } of runs) {
    for (const series of run.series) {
      if (series.name !== metric) continue;
      const about = [title, metric, series.split ?? '', series.key].map(textCell).join(',');
      for (let i = 0; i < series.length; i++) {
        const row = `${about},${pointCells(series, i)}`;
        size += row.length + 2;
        if (size > maxBytes)
          throw new HumanError(l10n.t('{0}: too many points for a file; read the log itself', title));
        rows.push(row);
      }
    }
  }
  return `${rows.join('\r\n')}\r\n`;
}

function pointCells({ axis, steps, epochs, times, values, lines }: Series, i: number): string {
  const time = times.at(i);
  return [
    String(i + 1),
    axis === 'step' ? numberCell(steps.at(i)) : '',
    numberCell(axis === 'epoch' ? steps.at(i) : epochs.at(i)),
    // Beyond 8.64e15 ms there is no date.
    Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '',
    String(values.at(i)),
    numberCell(lines.at(i)),
  ].join(',');
}

/** A number that may be missing. */
function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/** Names come from a log: one that a spreadsheet would run as a formula gets an apostrophe before it. */
export function textCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
