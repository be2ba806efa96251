import { basename, dirname } from 'node:path';
import { tfevents } from '../formats/tfevents';
import type { FoundLog } from './source';

/** A folder of one metric is known by its first values (bytes). */
const LOOKED_AT = 8 * 1024;

/**
 * The tag under which `SummaryWriter.add_scalars` logs the curves of one chart: each has a folder beside the events of
 * the run, `losses_a` for the key `a` of the tag `losses`. Undefined where the folder is not named so.
 * @param head the first bytes of the event file at `path`
 */
export function tagOfFolder(path: string, head: Uint8Array): string | undefined {
  const folder = basename(dirname(path));
  if (!folder.includes('_')) return undefined;
  const tags = new Set<string>();
  const ignore = (): void => undefined;
  const value = (tag: string): void => void tags.add(tag);
  const sink = { at: ignore, value, skip: ignore, context: ignore, ended: ignore };
  tfevents.createParser(sink).push(head.subarray(0, LOOKED_AT));
  const [tag] = tags;
  return tags.size === 1 && folder.startsWith(prefixOf(tag!)) ? tag : undefined;
}

/** The key of the curve in such a folder. */
export function keyOfFolder(folder: string, tag: string): string {
  return folder.slice(prefixOf(tag).length);
}

/** `add_hparams` puts its summary into a folder that is named by the time. */
const HPARAMS = /^\d{10}\.\d+$/;

/** Whether a folder is that of a summary of the run above it. */
export function isHparamsFolder(folder: string): boolean {
  return HPARAMS.test(folder);
}

/** The process that wrote an event file, as its name says: host and process id. Null where the name is another one. */
export function processOf({ path }: Pick<FoundLog, 'path'>): string | null {
  return /tfevents\.\d+\.(.+\.\d+)\.\d+(?:\.v2)?$/.exec(basename(path))?.[1] ?? null;
}

function prefixOf(tag: string): string {
  return `${tag.replaceAll('/', '_')}_`;
}
