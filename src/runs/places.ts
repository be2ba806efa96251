import { basename, dirname, join } from 'node:path';
import type { Split } from '../formats/format';
import { isHparamsFolder, keyOfFolder, processOf } from './scalarsFolder';
import type { FactsFile, FoundLog } from './source';

/** To which run a file belongs, and as what. */
export interface Place {
  /** The folder that is the run; null when the file is a run by itself. */
  readonly folder: string | null;
  readonly split: Split | null;
  readonly metric?: string;
  readonly standIn?: boolean;
  readonly facts?: readonly FactsFile[];
}

/** `repeats`: another file of the run says all that this one says. null: not of this kind. */
export type Placing = (file: FoundLog) => Place | 'repeats' | null;

/** Orders names with numbers in them by the numbers: times, epochs. */
export const byNumber = new Intl.Collator('en', { numeric: true });

/** Folders that a framework writes per split beside each other: together they are one run. */
const splitFolders = new Map<string, Split>(
  Object.entries({
    train: 'train',
    training: 'train',
    learn: 'train',
    log_train: 'train',
    validation: 'val',
    valid: 'val',
    val: 'val',
    eval: 'val',
    dev: 'val',
    log_val: 'val',
    test: 'test',
  }),
);
/** `SummaryWriter.add_scalars('loss', {'train': ..})` makes `loss_train/` beside the events of the run itself. */
const SCALARS = /^.+_(train|training|val|valid|validation|eval|dev|test)$/i;
/** Where a framework puts the settings of the training beside its table: Lightning, Ultralytics and its YOLOv5. */
const settingsFiles: ReadonlyMap<string, readonly string[]> = new Map([
  ['metrics.csv', ['hparams.yaml']],
  ['results.csv', ['args.yaml', 'opt.yaml']],
]);
/** CatBoost writes one table per split. */
const splitFiles = new Map<string, Split>([
  ['learn_error.tsv', 'train'],
  ['test_error.tsv', 'val'],
]);

/**
 * TensorBoard's event files of one folder (and of its `train/` and `validation/` folders) are one run; a Lightning
 * version folder is read from its `metrics.csv` alone, since its event files repeat it.
 */
export function placeInFolders(files: readonly FoundLog[]): Placing {
  const withTable = new Set(
    files.filter((file) => basename(file.path) === 'metrics.csv').map((file) => dirname(file.path)),
  );
  const events = files.filter(({ format }) => format === 'tfevents');
  const withEvents = new Set(events.map(({ path }) => dirname(path)));
  const processes = new Set(events.map((file) => `${processOf(file)} ${dirname(file.path)}`));
  /** The process that wrote the file writes events into this folder, too. */
  const alsoWrites = (file: FoundLog, folder: string): boolean =>
    processOf(file) !== null && processes.has(`${processOf(file)} ${folder}`);
  return (file) => {
    const parent = dirname(file.path);
    const fileSplit = splitFiles.get(basename(file.path)) ?? null;
    if (fileSplit !== null) return { folder: parent, split: fileSplit };
    if (file.format === 'allennlp') return { folder: parent, split: null };
    if (file.format === 'kaldi') return kaldiPlace(file.path);
    const settings = file.format === 'csv' ? settingsFiles.get(basename(file.path)) : undefined;
    if (settings) {
      const facts = settings.map((name) => ({ path: join(parent, name), kind: 'settings' }) as const);
      return { folder: null, split: null, facts };
    }
    if (file.format !== 'tfevents') return null;
    if (withTable.has(parent)) return 'repeats';
    const outer = dirname(parent);
    if (isHparamsFolder(basename(parent)) && alsoWrites(file, outer)) return { folder: outer, split: null };
    if (file.tag !== undefined && alsoWrites(file, outer)) {
      const key = keyOfFolder(basename(parent), file.tag);
      const split = splitOf(key);
      return { folder: outer, split, ...(split === null && { metric: `${file.tag}/${key}` }) };
    }
    const scalars = SCALARS.exec(basename(parent))?.[1];
    if (scalars !== undefined && withEvents.has(outer)) return { folder: outer, split: splitOf(scalars) };
    const split = splitOf(basename(parent));
    return { folder: split === null ? parent : outer, split };
  };
}

function splitOf(folder: string): Split | null {
  return splitFolders.get(folder.toLowerCase()) ?? null;
}

/** `acc.3.2.log`: the second of the jobs that share an iteration; the first one's value stands for all. */
const LATER_JOB = /\.\d+\.(?!1\.log$)\d+\.log$/;

function kaldiPlace(path: string): Place | 'repeats' {
  const name = basename(path);
  if (LATER_JOB.test(name)) return 'repeats';
  // What updates the model repeats what was accumulated for it.
  const standIn = name.startsWith('update.');
  return { folder: dirname(path), split: /valid/.test(name) ? 'val' : 'train', ...(standIn && { standIn }) };
}
