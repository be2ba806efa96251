import type { Dialect } from './dialects/dialect';
import { leafOf, type ConfigDocument } from './entry';
import { syntaxOf } from './read/names';
import { readConfig } from './read/read';
import { settingsOf, type Setting } from './settings';
import { folderOf, joined, type Surroundings } from './surroundings';
import type { Inherited } from './training';

/** How long a chain of files that inherit from each other may be: more is a circle. */
const MAX_DEPTH = 8;
/** How many files one config is put together of at most. */
const MAX_FILES = 40;

/** Keys that name files whose settings hold unless this file says otherwise. */
const bases = new Set(['_base_', 'base_config', '__base__', 'extends', 'inherit_from', 'base']);
/** Keys by which others compose what can't be found by a path. */
const composed = new Set(['import', 'imports', '_import_']);

/**
 * The settings that a config inherits: `_BASE_` (yacs), `_base_` (MMEngine), `defaults:` (Hydra). A base that is not
 * found makes it incomplete, and what is missing then says nothing.
 */
export async function inheritedBy(
  document: ConfigDocument,
  path: string,
  dialect: Dialect,
  around: Surroundings,
): Promise<Inherited> {
  const settings: Setting[] = [];
  const seen = new Set([path]);
  let complete = true;
  const follow = async (of: ConfigDocument, at: string, depth: number): Promise<void> => {
    const references = referencesOf(of, at);
    complete &&= !references.open;
    // The last one wins, so that it is looked at first.
    for (const candidates of references.files.reverse()) {
      const base = depth < MAX_DEPTH && seen.size < MAX_FILES ? await firstOf(candidates, around) : null;
      if (!base) complete = false;
      if (!base || seen.has(base.path)) continue;
      seen.add(base.path);
      const syntax = syntaxOf(base.path);
      for (const inner of syntax ? await readConfig(base.text, syntax) : []) {
        settings.push(...settingsOf(placed(inner, base.group), dialect, base.path));
        await follow(inner, base.path, depth + 1);
      }
    }
  };
  await follow(document, path, 0);
  return { settings, complete };
}

/** One of several places where a base may be, and the mapping that its settings go to. */
interface Candidate {
  path: string;
  group: readonly string[];
}

function referencesOf(document: ConfigDocument, path: string): { files: Candidate[][]; open: boolean } {
  const files: Candidate[][] = [];
  let open = false;
  const folder = folderOf(path);
  for (const { path: keys, value } of document.entries) {
    const key = leafOf({ path: keys });
    const first = keys[0]!.toLowerCase();
    const isTop = keys.filter((one) => !/^\d+$/.test(one)).length === 1;
    if (isTop && bases.has(key) && typeof value === 'string' && (key.startsWith('_') || syntaxOf(value))) {
      const at = joined(folder, value);
      if (at === null || value.includes('::')) open = true;
      else files.push([{ path: at, group: [] }]);
    } else if (isTop && composed.has(key)) open = true;
    else if (first === 'defaults') {
      const candidates = hydraFiles(keys.slice(2), value, folder);
      if (candidates === 'none') continue;
      if (candidates === 'unknown') open = true;
      else files.push(candidates);
    }
  }
  return { files, open };
}

/** `- optimizer: adamw`, `- override /model: resnet`, `- base`, `- _self_`, from the file's folder or one above it. */
function hydraFiles(
  keys: readonly string[],
  value: unknown,
  folder: string,
): Candidate[] | 'none' | 'unknown' {
  if (value === '_self_' || value === null) return 'none';
  if (typeof value !== 'string' || value.includes('$') || value === '???') return 'unknown';
  const group = (keys[0] ?? '').replace(/^(override|optional)\s+/, '').replace(/@.*$/, '');
  if (group.startsWith('/hydra') || group.startsWith('hydra')) return 'none';
  const name = syntaxOf(value) ? value : `${value}.yaml`;
  const below = [group.replace(/^\//, ''), name.replace(/^\//, '')].filter((part) => part !== '').join('/');
  const candidates: Candidate[] = [];
  for (let at: string = folder; ; at = folderOf(at)) {
    const path = joined(at, below);
    if (path !== null)
      candidates.push({ path, group: group === '' ? [] : group.replace(/^\//, '').split('/') });
    if (at === '') return candidates;
  }
}

async function firstOf(
  candidates: readonly Candidate[],
  around: Surroundings,
): Promise<(Candidate & { text: string }) | null> {
  for (const candidate of candidates) {
    const text = await around.read(candidate.path);
    if (text !== null) return { ...candidate, text };
  }
  return null;
}

/** A document whose keys stand below those of its group, as Hydra puts them. */
function placed(document: ConfigDocument, group: readonly string[]): ConfigDocument {
  if (group.length === 0 || /^#\s*@package\s+_global_/m.test(document.text)) return document;
  const entries = document.entries.map((entry) => ({ ...entry, path: [...group, ...entry.path] }));
  return { ...document, entries };
}
