import { cp, mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A run that comes with the extension: a log that a real training wrote, with its script beside it. */
export interface Sample {
  readonly id: 'overfitting' | 'unstable' | 'underfitting';
  readonly log: string;
}

export const SCRIPT = 'train.py';

export const samples: readonly Sample[] = [
  { id: 'overfitting', log: 'training.csv' },
  { id: 'unstable', log: 'training.log' },
  { id: 'underfitting', log: 'metrics.jsonl' },
];

/** The log ended some time ago: it is no run that goes on (ms). */
const AGE = 3_600_000;

/** Where a sample was copied to. */
export interface CopiedSample {
  readonly log: string;
  readonly script: string;
  /** The script of the copy is as it was shipped. */
  readonly untouched: boolean;
}

/**
 * Copies a sample into a folder of its own, where its script may be edited and run. A copy that is there already is kept.
 * @param shipped folder of the samples in the extension
 * @param target folder in which the copies are
 * @param anew writes over a copy that is there
 */
export async function copySample(
  { id, log }: Sample,
  shipped: string,
  target: string,
  anew = false,
): Promise<CopiedSample> {
  const folder = join(target, id);
  const script = join(folder, SCRIPT);
  const source = join(shipped, id);
  const there = await stat(script).catch(() => null);
  if (anew || !there) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const then = new Date(Date.now() - AGE);
    for (const name of [SCRIPT, log]) {
      await cp(join(source, name), join(folder, name));
      await utimes(join(folder, name), then, then);
    }
  }
  const [ours, theirs] = await Promise.all(
    [join(source, SCRIPT), script].map((path) => readFile(path, 'utf8')),
  );
  return { log: join(folder, log), script, untouched: ours === theirs };
}
