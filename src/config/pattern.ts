import { normal, type ConfigDocument, type Entry } from './entry';

/** A key pattern, made ready for many comparisons with the keys of entries. */
export type Matcher = (keys: readonly string[]) => boolean;

const keysByEntry = new WeakMap<Entry, readonly string[]>();
const entriesByLeaf = new WeakMap<ConfigDocument, ReadonlyMap<string, readonly Entry[]>>();

/** The keys of an entry as patterns see them: compared in one spelling, positions in lists passed over. */
export function keysOf(entry: Entry): readonly string[] {
  const known = keysByEntry.get(entry);
  if (known) return known;
  const keys = entry.path.filter((key) => !/^\d+$/.test(key)).map(normal);
  keysByEntry.set(entry, keys);
  return keys;
}

/**
 * The entries that a pattern matches: `a.b` is that path, `**.b` the key `b` at any depth, `*_conf.b` any one mapping of
 * such a name. Positions in lists are passed over: `callbacks.0.patience` is `callbacks.patience`.
 */
export function matching(document: ConfigDocument, pattern: string): readonly Entry[] {
  const { matches, leaf } = patternOf(pattern);
  const entries = leaf === null ? document.entries : (leaves(document).get(leaf) ?? []);
  return entries.filter((entry) => matches(keysOf(entry)));
}

/** The test for a key pattern, and its last key where that is no pattern itself. */
export function patternOf(pattern: string): { matches: Matcher; leaf: string | null } {
  const known = patterns.get(pattern);
  if (known) return known;
  const parts = pattern.split('.').map((part) => (part === '**' ? null : partTest(normal(part))));
  const leading = parts[0] === null;
  const rest = (leading ? parts.slice(1) : parts) as ((key: string) => boolean)[];
  const matches: Matcher = (keys) => {
    if (leading ? keys.length < rest.length : keys.length !== rest.length) return false;
    const from = keys.length - rest.length;
    return rest.every((test, i) => test(keys[from + i]!));
  };
  const last = normal(pattern.split('.').at(-1)!);
  const made = { matches, leaf: last.includes('*') ? null : last };
  patterns.set(pattern, made);
  return made;
}

const patterns = new Map<string, { matches: Matcher; leaf: string | null }>();

function leaves(document: ConfigDocument): ReadonlyMap<string, readonly Entry[]> {
  const known = entriesByLeaf.get(document);
  if (known) return known;
  const found = new Map<string, Entry[]>();
  for (const entry of document.entries) {
    const leaf = keysOf(entry).at(-1) ?? '';
    const same = found.get(leaf);
    if (same) same.push(entry);
    else found.set(leaf, [entry]);
  }
  entriesByLeaf.set(document, found);
  return found;
}

function partTest(part: string): (key: string) => boolean {
  if (!part.includes('*')) return (key) => key === part;
  const escaped = part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const whole = new RegExp(`^${escaped}$`);
  return (key) => whole.test(key);
}
