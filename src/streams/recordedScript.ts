/** Where trackers keep which script made a run, below the folder of the run: file -> what it holds. */
const RECORDS = {
  'files/wandb-metadata.json': readWandb,
  'tags/mlflow.source.name': (text: string) => ({ script: text.trim(), folder: null }),
} as const;

/** A script as a tracker recorded it: perhaps relative to a folder that is known. */
export interface RecordedScript {
  readonly script: string;
  readonly folder: string | null;
}

/** The files that may say it. */
export const scriptRecords = Object.keys(RECORDS) as (keyof typeof RECORDS)[];

/** What one of them says; null where it names no Python file. */
export function readRecord(file: keyof typeof RECORDS, text: string): RecordedScript | null {
  const found = RECORDS[file](text);
  return found && /\.(py|ipynb)$/.test(found.script) && !found.script.includes('\n') ? found : null;
}

/** W&B: `program` as it was called, `root` the folder of the project, `codePath` below it. */
function readWandb(text: string): RecordedScript | null {
  try {
    const { program, codePath, root } = JSON.parse(text) as Record<string, unknown>;
    const folder = typeof root === 'string' ? root : null;
    const script = [codePath, program].find((one) => typeof one === 'string');
    return typeof script === 'string' ? { script, folder } : null;
  } catch {
    return null;
  }
}
