import type { Split } from '../formats/format';

/** A file that was recognised as a log. */
export interface FoundLog {
  readonly path: string;
  /** Id of its format. */
  readonly format: string;
  /** Time of the last change, ms since 1970. */
  readonly modified: number;
  /** The folder of its run, where the search knows it. */
  readonly run?: string;
  /** The step that it got to, where its first bytes say so. */
  readonly progress?: number;
  /** The first step in it, where the search looked for it. */
  readonly first?: number;
  /** The tag of its only curve, where its folder is named by the tag and a key: one of several curves of a chart. */
  readonly tag?: string;
}

/** One of the files that a run is read from. */
export interface RunFile {
  readonly path: string;
  /** The split that the file's name or folder tells. */
  readonly split: Split | null;
  /** The metric that the whole file is, where the name of the file says which. */
  readonly metric?: string;
  /** Read only while the other files of the run have no points: it says the same with less. */
  readonly standIn?: boolean;
  /** The format that the user says it has, by its id; else it is recognised. */
  readonly format?: string;
  /** Of a database with many runs: the id of this one. */
  readonly row?: string;
}

/** A file beside the curves that says what the run was set up with, or how it ended. It may be missing. */
export interface FactsFile {
  readonly path: string;
  readonly kind: FactsKind;
}

export type FactsKind = 'stream' | 'settings' | 'wandb-config' | 'mlflow-meta' | 'mlflow-params' | 'hf-state';

/** Where one run is read from. */
export interface RunSource {
  /** The log file, or the folder when several files make the run. */
  readonly path: string;
  readonly files: readonly RunFile[];
  readonly facts?: readonly FactsFile[];
  /** Time of the newest change, ms since 1970. */
  readonly modified: number;
  readonly format: string;
  /** What it is called, where a path would say nothing. */
  readonly title?: string;
  /** When the program started whose output it is, ms since 1970. */
  readonly started?: number;
}

/** The same run, read as the format that the user says; null leaves it to be recognised. */
export function readAs(source: RunSource, format: string | null): RunSource {
  if (format === null) return source;
  return { ...source, format, files: source.files.map((file) => ({ ...file, format })) };
}
