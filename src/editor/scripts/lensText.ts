import * as l10n from '@vscode/l10n';
import type { RunSummary } from '../../protocol';
import { iconOf } from '../runs/rows';
import { headline } from '../words';

/** The verdict on the latest run of a script in a few words; null where none was given yet. Nothing of it is text of a log. */
export function lensText(run: RunSummary): string | null {
  const { icon } = iconOf(run);
  if (run.label === null && !run.dismissed) return null;
  // A plain space beside an icon is not drawn there.
  return `$(${icon})\u00a0${l10n.t('Last run: {0}', headline(run, ''))}`;
}
