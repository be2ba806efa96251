import { posix } from 'node:path';
import type { TechniqueId } from '../remedies/remedy';

/** Another Python file of a script's folder. */
export interface Neighbour {
  /** `train_utils.py` */
  name: string;
  source: string;
}

const importLine =
  /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import\b|import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*))/gm;

/** Paths, from the script's own folder, at which the modules may lie that a script imports: two for each. */
export function importedPaths(source: string): string[] {
  const found = new Set<string>();
  for (const [, from, plain] of source.matchAll(importLine)) {
    for (const name of from !== undefined ? [from] : plain!.split(',').map((one) => one.trim())) {
      const dots = /^\.*/.exec(name)![0].length;
      const up = dots > 1 ? '../'.repeat(dots - 1) : '';
      const path = name.slice(dots).replaceAll('.', '/');
      if (path === '') continue;
      found.add(posix.normalize(`${up}${path}.py`));
      found.add(posix.normalize(`${up}${path}/__init__.py`));
    }
  }
  return [...found];
}

const shards = /\b(FullyShardedDataParallel|FSDP)[ \t]*\(|\bdeepspeed\.initialize[ \t]*\(/;

/** The file that gives a script's loop a model in shards: it shards one, and imports the script. Null where there is none. */
export function sharder(name: string, source: string, neighbours: readonly Neighbour[]): string | null {
  if (shards.test(source)) return null;
  const found = neighbours.find(
    (one) =>
      one.name !== name &&
      shards.test(one.source) &&
      importedPaths(one.source).some((path) => posix.basename(path) === name),
  );
  return found?.name ?? null;
}

/** Techniques whose edit of a loop is wrong where the model comes in shards, each with what to do there. */
export const shardedOtherwise: Readonly<Partial<Record<TechniqueId, string>>> = {
  'gradient-clipping': 'clip with model.clip_grad_norm_(1.0) (FSDP) or in the DeepSpeed config',
  ema: 'average the unsharded weights',
  swa: 'average the unsharded weights',
  'early-stopping': 'all processes must stop together, and the weights must be gathered to be kept',
};
