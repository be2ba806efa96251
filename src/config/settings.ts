import type { Concept, Dialect, Meaning } from './dialects/dialect';
import { normal, type ConfigDocument, type Entry } from './entry';
import { keysOf, patternOf, type Matcher } from './pattern';

/** One value of a config whose meaning is known. */
export interface Setting {
  readonly concept: Concept;
  readonly entry: Entry;
  readonly meaning: Meaning;
  /** What its mapping is handed to (`_target_`, `class_path`, `type`, …), where the file tells it. */
  readonly target: string | null;
  /** The file that it was inherited from; null for a value of this file, the only kind that diagnostics are put on. */
  readonly from: string | null;
}

/** Whether two settings stand in the same mapping. */
export function isBeside(
  { entry: a }: Pick<Setting, 'entry'>,
  { entry: b }: Pick<Setting, 'entry'>,
): boolean {
  return mappingOf(a.path) === mappingOf(b.path);
}

/** The mapping around a value as text, positions in lists included. */
function mappingOf(path: readonly string[]): string {
  return path.slice(0, -1).join('\u0000');
}

/** Below these keys the model or something that is no training is described, where a name means something else. */
const elsewhere = new Set(['model', 'logging', 'sampling', 'inference', 'generation', 'generation_config']);
/** Mappings of these names belong to services, clusters and searches, whatever their keys are called. */
const foreign = new Set([
  ...['environment', 'env', 'labels', 'annotations', 'image', 'images', 'augmentation', 'services', 'jobs'],
  ...['search_space', 'param_space'],
]);
/** What a mapping's settings are handed to stands under one of these keys. */
const targets = ['_target_', 'class_path', '_component_', 'type', 'name', '_name'];
/** Mappings of arguments: what they go to is named one mapping further out. */
const argumentsOf = new Set(['init_args', 'params', 'kwargs', 'args', 'optimizer_config']);

/** All values of a document that its dialect knows, in the order of the file. */
export function settingsOf(
  document: ConfigDocument,
  dialect: Dialect,
  from: string | null = null,
): Setting[] {
  const keys = indexOf(dialect);
  const mappings = targetsOf(document);
  return document.entries.flatMap((entry) => {
    const { path } = entry;
    const own = keysOf(entry);
    const known = keys.byLeaf.get(own.at(-1) ?? '') ?? [];
    if (known.length + keys.others.length === 0 || own.some((key) => foreign.has(key))) return [];
    const target = targetAt(path, mappings);
    const fits = ({ matches, anywhere, meaning }: Key): boolean =>
      matches(own) &&
      (meaning.list || !/^\d+$/.test(path.at(-1)!)) &&
      (meaning.of === undefined || (target !== null && meaning.of.test(target))) &&
      (meaning.beside === undefined || meaning.beside.some((key) => hasBeside(document, path, key))) &&
      !(anywhere && !dialect.modelTrains && isOfTheModel(path, meaning.is));
    const key = known.find(fits) ?? keys.others.find(fits);
    return key ? [{ concept: key.meaning.is, entry, meaning: key.meaning, target, from }] : [];
  });
}

interface Key {
  matches: Matcher;
  anywhere: boolean;
  meaning: Meaning;
}

interface Index {
  byLeaf: Map<string, Key[]>;
  /** Keys whose last part is a pattern. */
  others: Key[];
}

const indexes = new Map<Dialect, Index>();

function indexOf(dialect: Dialect): Index {
  const known = indexes.get(dialect);
  if (known) return known;
  const index: Index = { byLeaf: new Map(), others: [] };
  for (const [pattern, meaning] of Object.entries(dialect.keys)) {
    const key: Key = {
      matches: patternOf(pattern).matches,
      anywhere: pattern.startsWith('**'),
      meaning: typeof meaning === 'string' ? { is: meaning } : meaning,
    };
    const leaf = normal(pattern.split('.').at(-1)!);
    if (leaf.includes('*')) index.others.push(key);
    else index.byLeaf.set(leaf, [...(index.byLeaf.get(leaf) ?? []), key]);
  }
  indexes.set(dialect, index);
  return index;
}

const ofModels: ReadonlySet<Concept> = new Set<Concept>([
  'dropout',
  'lora-dropout',
  'drop-path',
  'layer-drop',
  'norm',
  'layers',
]);

function isOfTheModel(path: readonly string[], concept: Concept): boolean {
  if (path.length === 1 || !elsewhere.has(path[0]!.toLowerCase()) || ofModels.has(concept)) return false;
  return !path.some((key) => /^optim/i.test(key));
}

/** The mapping around a value, as text; lists around it are passed over. */
function around(path: readonly string[]): string {
  let end = path.length - 1;
  while (end > 0 && /^\d+$/.test(path[end]!)) end--;
  return path.slice(0, end).join('\u0000');
}

function targetsOf({ entries }: ConfigDocument): Map<string, string> {
  const found = new Map<string, string>();
  const rank = new Map<string, number>();
  for (const { path, value } of entries) {
    const order = targets.indexOf(path.at(-1)!.toLowerCase());
    if (order === -1 || typeof value !== 'string') continue;
    const mapping = mappingOf(path);
    if ((rank.get(mapping) ?? Infinity) <= order) continue;
    rank.set(mapping, order);
    found.set(mapping, value);
  }
  return found;
}

function targetAt(path: readonly string[], mappings: ReadonlyMap<string, string>): string | null {
  const mapping = path.slice(0, -1);
  const own = mappings.get(mapping.join('\u0000'));
  if (own !== undefined || mapping.length === 0) return own ?? null;
  return argumentsOf.has(normal(mapping.at(-1)!)) ? (mappings.get(mappingOf(mapping)) ?? null) : null;
}

/** Whether a key stands in the mapping of a value, or begins a mapping there. */
function hasBeside({ entries }: ConfigDocument, path: readonly string[], key: string): boolean {
  const mapping = around(path);
  const depth = mapping === '' ? 0 : mapping.split('\u0000').length;
  return entries.some(
    (entry) =>
      entry.path.length > depth &&
      normal(entry.path[depth]!) === key &&
      entry.path.slice(0, depth).join('\u0000') === mapping,
  );
}
