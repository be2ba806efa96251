import type { RunSummary } from '../protocol';

/** How long ago, in one word: "now", "5 min", "3 h", "2 d". Times in ms since 1970. */
export function age(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} d`;
}

/** The verdict on a run in a word, for a status bar. @param unknown what to say before it was judged */
export function verdictWord({ label, dismissed = 0 }: RunSummary, unknown: string): string {
  return label ?? (dismissed > 0 ? 'no open finding' : unknown);
}

/**
 * Text for a notification. VS Code makes links of `[text](target)` in it, command links included, and paths and metric
 * names come from outside: such a link is broken up, and control characters are left out.
 */
export function plainMessage(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replaceAll('](', ']\u200b(');
}
