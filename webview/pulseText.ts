import * as l10n from '@vscode/l10n';
import type { Progress, RunSummary } from '../src/protocol';
import { clock } from './clock';
import { position } from './words';

/** How a run comes along, in words. @param since ms since the summary was made */
export function pulseText({ progress, quiet }: RunSummary, since: number): string {
  return [
    progress ? doneText(progress) : '',
    progress?.left ? l10n.t('about {0} left', span(progress.left)) : '',
    l10n.t('last point {0} ago', span(quiet + since)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function doneText({ unit, done, total }: Progress): string {
  const [now, all] = [position(done), position(total)];
  return unit === 'epoch' ? l10n.t('epoch {0} of {1}', now, all) : l10n.t('step {0} of {1}', now, all);
}

/** A duration: "12 s", "3 min", then as h:mm. */
function span(ms: number): string {
  if (ms < 60_000) return l10n.t('{0} s', Math.max(0, Math.floor(ms / 1000)));
  return ms < 3_570_000 ? l10n.t('{0} min', Math.round(ms / 60_000)) : l10n.t('{0} h', clock(ms));
}
