import type { Syntax } from '../entry';

const endings: readonly [RegExp, Syntax][] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.jsonc?$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.pyw?$/i, 'python'],
  [/\.(sh|bash|zsh|slurm|sbatch|slrm)$/i, 'shell'],
];

/** Files that have such an ending and are known to be something else. */
const others =
  /(^|[\\/])(package(-lock)?|tsconfig[^\\/]*|composer|\.prettierrc|\.eslintrc)\.json$|(^|[\\/])(docker-)?compose[^\\/]*\.ya?ml$|(^|[\\/])(pnpm-lock|\.pre-commit-config|mkdocs|environment|conda[^\\/]*)\.ya?ml$|(^|[\\/])(pyproject|Cargo|Pipfile|poetry|uv)\.(toml|lock)$|(^|[\\/])\.github[\\/]/i;

/** The syntax that a file's name speaks for, or null where it can't be a config. */
export function syntaxOf(path: string): Syntax | null {
  if (others.test(path)) return null;
  return endings.find(([ending]) => ending.test(path))?.[1] ?? null;
}
