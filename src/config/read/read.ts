import type { ConfigDocument, Syntax } from '../entry';
import { readJson } from './json';
import { readPython } from './python';
import { readShell } from './shell';
import { readToml } from './toml';
import { readYaml } from './yaml';

const readers: Readonly<Record<Syntax, (text: string) => ConfigDocument[] | Promise<ConfigDocument[]>>> = {
  yaml: readYaml,
  json: readJson,
  toml: readToml,
  python: readPython,
  shell: readShell,
};

const endings: readonly [RegExp, Syntax][] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.jsonc?$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.pyw?$/i, 'python'],
  [/\.(sh|bash|zsh|slurm|sbatch|slrm)$/i, 'shell'],
];

/** Files that have such an ending and are known to be something else. */
const others =
  /(^|[\\/])(package(-lock)?|tsconfig[^\\/]*|composer|\.prettierrc|\.eslintrc)\.json$|(^|[\\/])(docker-)?compose[^\\/]*\.ya?ml$|(^|[\\/])(pnpm-lock|\.pre-commit-config|mkdocs|environment|conda[^\\/]*)\.ya?ml$|(^|[\\/])(Cargo|Pipfile|poetry|uv)\.(toml|lock)$|(^|[\\/])\.github[\\/]/i;

/** The syntax that a file's name speaks for, or null where it can't be a config. */
export function syntaxOf(path: string): Syntax | null {
  if (others.test(path)) return null;
  return endings.find(([ending]) => ending.test(path))?.[1] ?? null;
}

/** The documents of a config file. Never throws on odd text: what can't be read gives none. */
export async function readConfig(text: string, syntax: Syntax): Promise<ConfigDocument[]> {
  try {
    return await readers[syntax](text);
  } catch {
    // The parsers throw on a few malformed documents instead of listing errors; a syntax error is for the language's own tools.
    return [];
  }
}
