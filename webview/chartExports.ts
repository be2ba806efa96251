import * as l10n from '@vscode/l10n';
import type { FromWebview } from '../src/protocol';
import { copyPicture, pngOf } from './bitmap';
import { menuButton } from './menu';
import type { Picture } from './picture';
import { svgOf } from './svg';
import { tame } from './words';

/** What a chart hands out. */
export type Exported = Extract<FromWebview, { type: 'picture' | 'csv' | 'copied' }>;

/**
 * The menu of a chart that hands it out.
 * @param picture what the chart shows now
 */
export function exportMenu(
  name: string,
  metric: string,
  picture: () => Picture,
  hand: (what: Exported) => void,
): HTMLElement {
  const savePng = async (): Promise<void> => {
    const now = picture();
    hand({ type: 'picture', kind: 'png', metric, data: await pngOf(svgOf(now), now.width, now.height) });
  };
  const copy = async (): Promise<void> => {
    const now = picture();
    const worked = await copyPicture(svgOf(now), now.width, now.height).then(
      () => true,
      () => false,
    );
    hand({ type: 'copied', worked });
  };
  return menuButton(l10n.t('Export'), l10n.t('Export {0}', tame(name)), [
    { label: 'PNG…', run: () => void savePng() },
    { label: 'SVG…', run: () => hand({ type: 'picture', kind: 'svg', metric, data: svgOf(picture()) }) },
    { label: l10n.t('CSV, all points…'), run: () => hand({ type: 'csv', metric }) },
    { label: l10n.t('Copy Picture'), run: () => void copy() },
  ]);
}
