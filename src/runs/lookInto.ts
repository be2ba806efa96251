import type { LogFormat, Sample } from '../formats/format';
import { hfTrainerState } from '../formats/hfTrainerState';
import { mlflowDatabase } from '../formats/mlflowDatabase';
import { recogniseFormat } from '../formats/registry';
import { SQLITE_MAGIC } from '../formats/sqlite/pages';
import { tfevents } from '../formats/tfevents';
import { readSample } from './sample';
import type { FoundLog } from './source';
import { tagOfFolder } from './scalarsFolder';
import { TRAINER_EVENTS } from './trainerOutput';

type Steps = Pick<FoundLog, 'progress' | 'first' | 'tag'>;

/** What looking into a file tells: its format (null: no log), and what tells how it belongs to others. */
export type LookedInto = { readonly format: string | null } & Steps;

/** Looks into the first and last bytes of a file. One that can't be read is no log: the user pointed at its folder. */
export async function lookInto(path: string): Promise<LookedInto> {
  try {
    const sample = await readSample(path);
    const format = sample.size === 0 ? null : (recogniseFormat(sample).format ?? (await inJournal(sample)));
    return { format: format?.id ?? null, ...stepsIn(format, sample) };
  } catch {
    return { format: null };
  }
}

/** A database that was just made may have all its tables in the write-ahead log beside it. */
async function inJournal(sample: Sample): Promise<LogFormat | null> {
  if (!Buffer.from(sample.head).subarray(0, SQLITE_MAGIC.length).equals(Buffer.from(SQLITE_MAGIC)))
    return null;
  const journal = await readSample(`${sample.path}-wal`);
  const head = Buffer.concat([sample.head, journal.head]);
  return mlflowDatabase.recognise({ ...sample, head }).confidence > 0 ? mlflowDatabase : null;
}

/** What tells how the files of one training follow each other. */
function stepsIn(format: LogFormat | null, { path, head }: Sample): Steps {
  if (format === hfTrainerState) {
    const step = /"global_step"\s*:\s*(\d+)/.exec(Buffer.from(head).toString('latin1'))?.[1];
    return step === undefined ? {} : { progress: Number(step) };
  }
  if (format !== tfevents) return {};
  if (!TRAINER_EVENTS.test(path)) {
    const tag = tagOfFolder(path, head);
    return tag === undefined ? {} : { tag };
  }
  let first: number | undefined;
  const ignore = (): void => undefined;
  const at = (step: number): void => void (first ??= step);
  format.createParser({ at, value: ignore, skip: ignore, context: ignore, ended: ignore }).push(head);
  return first === undefined ? {} : { first };
}
