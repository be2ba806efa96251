import { dirname, join } from 'node:path';
import type { Placing } from './places';
import type { FoundLog } from './source';

/** `wandb/run-20240214_191836-mw8ngzqq/...`; the id at the end stays the same when a run is resumed. */
const RUN_FOLDER = /^(.*[\\/](?:offline-)?run-\d{8}_\d{6}-([^\\/]+))[\\/](.+)$/;

/**
 * What Weights & Biases keeps of one run: its `.wandb` file, and the output of the script, which is read while the
 * script has logged nothing. A run that was resumed has a second folder, and is the same run.
 */
export function wandbPlaces(files: readonly FoundLog[]): Placing {
  /** By parent and id: the first folder of the run, and whether any has a `.wandb` file. */
  const runs = new Map<string, { folder: string; recorded: boolean }>();
  for (const { path, format } of files) {
    const found = parse(path);
    if (!found) continue;
    const run = runs.get(found.key) ?? { folder: found.folder, recorded: false };
    if (startOf(found.folder) < startOf(run.folder)) run.folder = found.folder;
    run.recorded ||= format === 'wandb';
    runs.set(found.key, run);
  }
  return ({ path, format }) => {
    const found = parse(path);
    if (!found) return null;
    const { folder, recorded } = runs.get(found.key)!;
    if (format === 'wandb') return { folder, split: null };
    // Logs of the tracker itself, and tables that were logged as media.
    if (/^(?:logs|files[\\/]media)[\\/]/.test(found.rest)) return 'repeats';
    if (found.rest.replace('\\', '/') !== 'files/output.log') return null;
    const config = { path: join(found.folder, 'files', 'config.yaml'), kind: 'wandb-config' } as const;
    return { folder, split: null, standIn: true, ...(!recorded && { facts: [config] }) };
  };
}

function parse(path: string): { key: string; folder: string; rest: string } | null {
  const match = RUN_FOLDER.exec(path);
  if (!match) return null;
  const [, folder, id, rest] = match;
  return { key: join(dirname(folder!), id!), folder: folder!, rest: rest! };
}

/** The date and time in the folder's name, whether online or offline. */
function startOf(folder: string): string {
  return /run-(\d{8}_\d{6})-[^\\/]+$/.exec(folder)?.[1] ?? '';
}
