import { folderOf, joined, type KnownRun } from './surroundings';
import type { TrainingConfig } from './training';

/** How many folders above its log a run's own config may lie: `.hydra/`, `version_0/`, the run's folder. */
const MOST_ABOVE = 2;

/**
 * The latest run that a config made: its log lies in the output folder that the config names, or the config lies with
 * the log, as trainers and Hydra leave a copy there. Null where nothing says so: two that have nothing to do with each
 * other must not be brought together.
 * @param path of the config, from the folder that is worked in
 */
export function latestRunOf<T extends KnownRun>(
  config: TrainingConfig,
  path: string,
  runs: readonly T[],
): T | null {
  const places = outputsOf(config, path);
  const beside = folderOf(path).replace(/(^|\/)\.hydra$/, '');
  const own = runs.filter((run) => {
    if (places.some((place) => run.path === place || run.path.startsWith(`${place}/`))) return true;
    // A config at the top belongs to everything below it, which says nothing.
    if (beside === '' || !run.path.startsWith(`${beside}/`)) return false;
    return (
      run.path.slice(beside.length + 1).split('/').length - 1 <= MOST_ABOVE &&
      !isOfMany(beside, run.path, runs)
    );
  });
  return own.reduce<T | null>(
    (latest, run) => (latest && latest.modified >= run.modified ? latest : run),
    null,
  );
}

/** Whether several runs lie below the folder of a config: it is no run's own then. */
function isOfMany(folder: string, path: string, runs: readonly KnownRun[]): boolean {
  const below = runs.filter((run) => run.path.startsWith(`${folder}/`));
  return new Set(below.map((run) => folderOf(run.path))).size > 1 && folderOf(path) !== folder;
}

function outputsOf(config: TrainingConfig, path: string): string[] {
  return config.all('output-dir').flatMap(({ entry }) => {
    const { value } = entry;
    if (typeof value !== 'string' || value.includes('$') || value.includes('<')) return [];
    const found = [joined('', value), joined(folderOf(path), value)];
    // The folder itself, or none, would be everything.
    return found.filter((place): place is string => place !== null && place !== '');
  });
}
