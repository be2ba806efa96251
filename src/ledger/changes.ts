import type { TechniqueId } from '../remedies/remedy';
import { isBookkeeping } from './bookkeeping';
import type { CodeFile, CodeState } from './entry';
import type { Settings } from './settings';
import { isTuned, techniqueOf } from './techniqueOf';

/** One setting that differs between two runs. */
export interface SettingChange {
  readonly name: string;
  /** Null where it was not there. */
  readonly from: string | null;
  readonly to: string | null;
  /** The technique of regularisation that it is about. */
  readonly technique: TechniqueId | null;
}

/** What differs between what two runs were made by. */
export interface Changes {
  readonly settings: readonly SettingChange[];
  /** Files with another content, by path. */
  readonly files: readonly {
    readonly path: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Techniques that were added, taken out, or given another value. */
  readonly techniques: readonly TechniqueId[];
}

/** What changed from one state to the next. */
export function changesBetween(before: CodeState, after: CodeState): Changes {
  const paths = [...new Set([...before.files, ...after.files].map(({ path }) => path))];
  const at = (state: CodeState, path: string): CodeFile | undefined =>
    state.files.find((file) => file.path === path);
  const files = paths.flatMap((path) => {
    const [from, to] = [at(before, path)?.hash ?? null, at(after, path)?.hash ?? null];
    return from === to ? [] : [{ path, from, to }];
  });
  const settings = unrepeated([
    ...paths.flatMap((path) => differences(at(before, path)?.settings, at(after, path)?.settings)),
    ...differences(before.arguments, after.arguments),
  ]);
  const techniques = settings.flatMap(({ technique }) => (technique === null ? [] : [technique]));
  return { settings, files, techniques: [...new Set(techniques)] };
}

function differences(before: Settings = {}, after: Settings = {}): SettingChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    if (isBookkeeping(name)) return [];
    const [from, to] = [valueIn(before, name), valueIn(after, name)];
    // Names that come and go are code, unless they are something that people tune.
    if (from === to || ((from === null || to === null) && !isTuned(name))) return [];
    return [{ name, from, to, technique: isSize(name, from, to) ? null : techniqueOf(name) }];
  });
}

/** How wide a layer of normalisation is, or its epsilon: the technique is there before and after. */
function isSize(name: string, from: string | null, to: string | null): boolean {
  const areNumbers = [from, to].every((value) => value !== null && /^[\d.,e\s-]+$/.test(value));
  return areNumbers && /-norm$/.test(techniqueOf(name) ?? '');
}

function valueIn(settings: Settings, name: string): string | null {
  return Object.hasOwn(settings, name) ? settings[name]! : null;
}

/** `--lr 0.1` and a default that became 0.1 are one change. */
function unrepeated(changes: readonly SettingChange[]): SettingChange[] {
  const key = ({ name, from, to }: SettingChange): string =>
    `${name.split(/[ .]/).at(-1)!.replace(/^-+/, '').replaceAll('-', '_')} ${from} ${to}`;
  return [...new Map(changes.map((change) => [key(change), change])).values()];
}
