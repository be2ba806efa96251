import { basename, dirname } from 'node:path';
import type { Split } from '../formats/format';
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
  const withEvents = new Set(
    files.filter(({ format }) => format === 'tfevents').map(({ path }) => dirname(path)),
  );
  return (file) => {
    const parent = dirname(file.path);
    const fileSplit = splitFiles.get(basename(file.path)) ?? null;
    if (fileSplit !== null) return { folder: parent, split: fileSplit };
    if (file.format === 'allennlp') return { folder: parent, split: null };
    if (file.format !== 'tfevents') return null;
    if (withTable.has(parent)) return 'repeats';
    const scalars = SCALARS.exec(basename(parent))?.[1];
    const outer = dirname(parent);
    if (scalars !== undefined && withEvents.has(outer)) return { folder: outer, split: splitOf(scalars) };
    const split = splitOf(basename(parent));
    return { folder: split === null ? parent : outer, split };
  };
}

function splitOf(folder: string): Split | null {
  return splitFolders.get(folder.toLowerCase()) ?? null;
}
