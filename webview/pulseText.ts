import type { RunSummary } from '../src/protocol';
import { clock } from './clock';
import { position } from './words';

/** How a run comes along, in words. @param since ms since the summary was made */
export function pulseText({ progress, quiet }: RunSummary, since: number): string {
  return [
    progress ? `${progress.unit} ${position(progress.done)} of ${position(progress.total)}` : '',
    progress?.left ? `about ${span(progress.left)} left` : '',
    `last point ${span(quiet + since)} ago`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A duration: "12 s", "3 min", then as h:mm. */
function span(ms: number): string {
  if (ms < 60_000) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  return ms < 3_570_000 ? `${Math.round(ms / 60_000)} min` : `${clock(ms)} h`;
}
