import type { Label, Outcome, SymptomId } from '../analysis/diagnosis';
import type { TechniqueId } from '../remedies/remedy';
import { isBookkeeping, isSeed } from './bookkeeping';
import { MOST_SETTINGS, type Settings } from './settings';

/** A file that made a run, as it was when the run started. */
export interface CodeFile {
  readonly path: string;
  /** Of its content: the text is kept under this name. */
  readonly hash: string;
  readonly settings: Settings;
}

/** What a run was made by. */
export interface CodeState {
  /** The script first, then its configs. */
  readonly files: readonly CodeFile[];
  /** What the command line sets. */
  readonly arguments: Settings;
  /** The commit that was checked out, where the folder is a repository. */
  readonly commit: string | null;
}

/** One run in the ledger. */
export interface Entry {
  /** Path of the run. */
  readonly run: string;
  readonly title: string;
  readonly script: string;
  /** ms since 1970. */
  readonly start: number;
  readonly end: number | null;
  readonly state: 'running' | 'finished' | 'crashed' | 'stopped' | 'unknown';
  /** Null where the run was found too late to know what it was made by. */
  readonly code: CodeState | null;
  readonly outcomes: readonly Outcome[];
  /** Points of all its curves when it ended. */
  readonly points?: number;
  readonly label: Label | null;
  readonly symptoms: readonly SymptomId[];
  /** Remedies that Fitcheck wrote between the run before and this one. */
  readonly applied: readonly Applied[];
}

/** A remedy that Fitcheck has written into a script. */
export interface Applied {
  readonly technique: TechniqueId;
  readonly title: string;
  /** The file whose trainings measure it. */
  readonly script: string;
  /** That is a config, of which no script was known. */
  readonly alone?: true;
  /** Address of the file that it stands in, and the hash of that file's text without it; not known of notebooks. */
  readonly into?: { readonly file: string; readonly without: string };
  /** ms since 1970. */
  readonly at: number;
}

/**
 * What two runs with the same one were made by is the same but for seeds and names, as far as it is known; null where it is not.
 */
export function stateOf({ code }: Pick<Entry, 'code'>): string | null {
  if (!code) return null;
  const files = code.files.map((file) => `${file.path} ${wholeSettings(file) ?? file.hash}`);
  return [...files, stateIn(code.arguments)].join('\n');
}

/** A config is what it sets; null for what has more than its settings, and where they are not whole. */
function wholeSettings({ path, settings }: CodeFile): string | null {
  const values = Object.values(settings);
  const isWhole =
    values.length > 0 && values.length < MOST_SETTINGS && !values.some((one) => one.endsWith('…'));
  return isWhole && /\.(ya?ml|json|toml)$/.test(path) ? stateIn(settings) : null;
}

function stateIn(settings: Settings): string {
  return JSON.stringify(Object.entries(settings).filter(([name]) => !isBookkeeping(name) && !isSeed(name)));
}

/** Whether a value from a file is an entry, as far as the rest of the code relies on it. */
export function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry === 'object' &&
    entry !== null &&
    [entry.run, entry.title, entry.script, entry.state].every((text) => typeof text === 'string') &&
    typeof entry.start === 'number' &&
    isListOf(entry.outcomes, ({ metric, best }) => typeof metric === 'string' && typeof best === 'number') &&
    isListOf(entry.applied, ({ title }) => typeof title === 'string') &&
    Array.isArray(entry.symptoms) &&
    entry.symptoms.every((id) => typeof id === 'string') &&
    (entry.code === null || isCode(entry.code))
  );
}

function isListOf<T extends object>(
  value: readonly T[] | undefined,
  is: (one: Partial<T>) => boolean,
): boolean {
  return Array.isArray(value) && value.every((one: Partial<T> | null) => one !== null && is(one));
}

function isCode(code: Partial<CodeState> | undefined): boolean {
  const isTable = (value: unknown): boolean => typeof value === 'object' && value !== null;
  if (!isTable(code) || !isTable(code?.arguments) || !Array.isArray(code?.files)) return false;
  return (code.files as (Partial<CodeFile> | null)[]).every(
    (file) => typeof file?.path === 'string' && typeof file.hash === 'string' && isTable(file.settings),
  );
}
