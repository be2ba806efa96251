import * as l10n from '@vscode/l10n';
import type { ChartOptions } from 'chart.js';
import { placeOnAxis, xText } from './axes';
import type { Curve } from './curves';
import type { Look } from './look';
import { passing } from './nearby';
import { isPinned } from './pin';
import { brief } from './words';

type Tooltip = NonNullable<NonNullable<ChartOptions<'line'>['plugins']>['tooltip']>;
/** The other places of a point of a dataset in words: its epoch, its time. */
export type PlacesOf = (dataset: object, index: number) => string[];

/** What is shown beside the pointer. */
export function tooltipFor(
  curves: readonly Curve[],
  { axis, theme, runs }: Look,
  placesOf: PlacesOf,
): Tooltip {
  const font = { family: theme.font, size: 12 };
  return {
    backgroundColor: theme.background,
    titleColor: theme.foreground,
    bodyColor: theme.foreground,
    titleFont: { ...font, weight: 'bold' },
    bodyFont: font,
    footerColor: theme.muted,
    footerFont: { ...font, weight: 'normal' },
    borderColor: theme.border,
    borderWidth: 1,
    cornerRadius: 3,
    caretPadding: 8,
    usePointStyle: true,
    callbacks: {
      footer: ([item, ...others]) => {
        if (!item) return [];
        const left = passing(item.chart, item.element.x).length - others.length - 1;
        return [
          ...(left > 0 ? [l10n.t('{0} more', left)] : []),
          ...(isPinned(item.chart) ? [l10n.t('pinned: a click or Escape lets go')] : []),
        ];
      },
      title: (items) => {
        const item = items.find(({ dataset }) => dataset.showLine !== false) ?? items[0];
        if (!item) return '';
        const here = placeOnAxis(curves, axis, item.parsed.x ?? Number.NaN);
        return [here, ...(runs.size > 0 ? [] : placesOf(item.dataset, item.dataIndex))].join(' · ');
      },
      label: ({ dataset, parsed, chart }) => {
        if (dataset.showLine === false) return ` ${dataset.label ?? ''}`;
        // Of curves that count differently the nearest point may be elsewhere.
        const [first] = chart.tooltip?.dataPoints ?? [];
        const elsewhere = parsed.x !== null && first && first.parsed.x !== parsed.x;
        const where = elsewhere ? l10n.t(' (at {0})', xText(parsed.x ?? Number.NaN, axis)) : '';
        return ` ${dataset.label ?? ''}: ${brief(parsed.y ?? Number.NaN)}${where}`;
      },
    },
  };
}
