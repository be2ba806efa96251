import { basename, dirname } from 'node:path';
import { hfTrainerState } from '../formats/hfTrainerState';
import { byNumber, type Place, type Placing } from './places';
import type { FoundLog } from './source';

/** Files that changed this close together were written, or copied, together (ms). */
const TOGETHER = 60_000;
const CHECKPOINT = /^checkpoint-\d+$/;
/** `runs/Nov25_22-45-45_host`, as the Hugging Face Trainer and TensorBoard's writer name their folders. */
export const TRAINER_EVENTS = /^(.*)[\\/]runs[\\/][A-Z][a-z]{2}\d{2}_\d{2}-\d{2}-\d{2}_[^\\/]+[\\/][^\\/]+$/;

interface Output {
  state: FoundLog | null;
  /** A checkpoint has a state: the next one will have it in another folder. */
  hasCheckpoint: boolean;
  /** Event files, in the order in which they were begun. */
  events: FoundLog[];
}

/**
 * The output folder of a Hugging Face training: its `trainer_state.json` and those of its checkpoints tell the same
 * story up to different steps, and TensorBoard's events in `runs/` tell it sooner. One of them is read, the state then
 * says how far it was to go.
 */
export function trainerOutputPlaces(files: readonly FoundLog[]): Placing {
  const outputs = new Map<string, Output>();
  for (const file of files) {
    const kind = kindOf(file);
    if (!kind) continue;
    const output = outputs.get(kind.folder) ?? { state: null, hasCheckpoint: false, events: [] };
    output.hasCheckpoint ||= kind.is === 'state' && dirname(file.path) !== kind.folder;
    if (kind.is === 'events') output.events.push(file);
    else if (output.state === null || isLater(file, output.state)) output.state = file;
    outputs.set(kind.folder, output);
  }
  for (const { events } of outputs.values())
    events.sort((a, b) => byNumber.compare(basename(a.path), basename(b.path)));
  return (file): Place | 'repeats' | null => {
    const kind = kindOf(file);
    const output = kind && outputs.get(kind.folder);
    if (!output?.state) return null;
    const { state, hasCheckpoint, events } = output;
    const newest = events.at(-1);
    const live = newest !== undefined && newest.modified > state.modified - TOGETHER;
    if (kind!.is === 'state') {
      if (live || file !== state) return 'repeats';
      return hasCheckpoint ? { folder: kind!.folder, split: null } : null;
    }
    const folder = firstFolderOf(events, file);
    // A state from before the last start is not that of the training that goes on.
    const goesOn = live && folder === firstFolderOf(events, newest) && state.modified >= startOf(newest);
    return { folder, split: null, ...(goesOn && { facts: [{ path: state.path, kind: 'hf-state' }] }) };
  };
}

/** Where the training began that a file belongs to: one that is resumed has a new folder, and begins at a later step. */
function firstFolderOf(events: readonly FoundLog[], file: FoundLog): string {
  let at = events.indexOf(file);
  const first = (one: FoundLog | undefined): number => one?.first ?? Number.NaN;
  while (at > 0 && first(events[at]) > first(events[at - 1])) at--;
  return dirname(events[at]!.path);
}

function kindOf({ path, format }: FoundLog): { folder: string; is: 'state' | 'events' } | null {
  if (format === hfTrainerState.id && basename(path) === 'trainer_state.json') {
    const folder = dirname(path);
    return { folder: CHECKPOINT.test(basename(folder)) ? dirname(folder) : folder, is: 'state' };
  }
  const folder = format === 'tfevents' ? TRAINER_EVENTS.exec(path)?.[1] : undefined;
  return folder === undefined ? null : { folder, is: 'events' };
}

/** Later by the clock; of files that were copied together, the one that got further; else the one higher up. */
function isLater(one: FoundLog, other: FoundLog): boolean {
  if (Math.abs(one.modified - other.modified) > TOGETHER) return one.modified > other.modified;
  const further = (one.progress ?? 0) - (other.progress ?? 0);
  if (further !== 0) return further > 0;
  return one.path.length < other.path.length;
}

/** When an event file was begun, ms since 1970, as its name says. */
function startOf({ path }: FoundLog): number {
  return 1000 * Number(/tfevents\.(\d+)/.exec(basename(path))?.[1] ?? 0);
}
