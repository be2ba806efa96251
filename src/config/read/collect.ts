import type { ConfigDocument, Entry, Syntax } from '../entry';

/**
 * A document of what a reader came across, in the order of the file. Of a key that stands twice in one mapping the last
 * one counts, as in every reader of these formats that does not refuse the file.
 */
export function collect(
  syntax: Syntax,
  text: string,
  found: readonly Entry[],
  more: { isList?: boolean; command?: string; isOpen?: boolean } = {},
): ConfigDocument {
  const last = new Map<string, Entry>();
  for (const entry of found) last.set(entry.path.join('\u0000'), entry);
  const counts = (entry: Entry): boolean => last.get(entry.path.join('\u0000')) === entry;
  return {
    ...{ syntax, text, command: more.command ?? '' },
    ...{ isList: more.isList ?? false, isOpen: more.isOpen ?? false },
    entries: found.filter(counts),
    overridden: last.size === found.length ? [] : found.filter((entry) => !counts(entry)),
  };
}
