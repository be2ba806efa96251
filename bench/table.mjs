/**
 * One line of the result. `ratio` is value over baseline, or a word where there is nothing to compare.
 * @typedef {{ what: string, value: string, baseline: string, ratio: string }} Row
 */

/** A row of two numbers of the same unit. */
export function compared(what, value, unit, baselineName, baseline) {
  return {
    what,
    value: `${short(value)} ${unit}`,
    baseline: `${baselineName}: ${short(baseline)} ${unit}`,
    ratio: baseline > 0 ? `${short(value / baseline)} x` : '-',
  };
}

/** A row that says why there is no number. */
export function skipped(what, why) {
  return { what, value: 'skipped', baseline: why, ratio: '-' };
}

/** The rows as a Markdown table, its columns aligned. @param {readonly Row[]} rows */
export function table(rows) {
  const head = { what: 'What', value: 'Measured', baseline: 'Baseline of the same run', ratio: 'Ratio' };
  const keys = Object.keys(head);
  const widths = keys.map((key) => Math.max(...[head, ...rows].map((row) => row[key].length)));
  const line = (row) => `| ${keys.map((key, i) => row[key].padEnd(widths[i])).join(' | ')} |\n`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return line(head) + rule + rows.map(line).join('');
}

/** Three digits that matter. */
export function short(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}

/** The value below which this share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
