import type { Label, Outcome, SymptomId } from '../analysis/diagnosis';
import type { TechniqueId } from '../remedies/remedy';
import type { Settings } from './settings';

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
  readonly label: Label | null;
  readonly symptoms: readonly SymptomId[];
  /** Remedies that Fitcheck wrote between the run before and this one. */
  readonly applied: readonly Applied[];
}

/** A remedy that Fitcheck has written into a script. */
export interface Applied {
  readonly technique: TechniqueId;
  readonly title: string;
  readonly script: string;
  /** ms since 1970. */
  readonly at: number;
}

/** What two runs with the same one were made by is the same, as far as it is known; null where it is not. */
export function stateOf({ code }: Pick<Entry, 'code'>): string | null {
  if (!code) return null;
  const files = code.files.map(({ path, hash }) => `${path} ${hash}`);
  return [...files, JSON.stringify(code.arguments)].join('\n');
}

/** Whether a value from a file is an entry, as far as the rest of the code relies on it. */
export function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry === 'object' &&
    entry !== null &&
    [entry.run, entry.title, entry.script, entry.state].every((text) => typeof text === 'string') &&
    typeof entry.start === 'number' &&
    [entry.outcomes, entry.symptoms, entry.applied].every(Array.isArray) &&
    (entry.code === null || Array.isArray(entry.code?.files))
  );
}
