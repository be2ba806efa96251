import { basename, dirname } from 'node:path';
import type { Split } from '../formats/format';
import type { FoundLog, RunSource } from './source';

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
/** CatBoost writes one table per split. */
const splitFiles = new Map<string, Split>([
  ['learn_error.tsv', 'train'],
  ['test_error.tsv', 'val'],
]);

/**
 * Makes runs of files: TensorBoard's event files of one folder (and of its `train/` and `validation/` folders) are
 * one run; a Lightning version folder is read from its `metrics.csv` alone, since its event files repeat it; every
 * other file is a run. Newest first.
 */
export function groupFiles(files: readonly FoundLog[]): RunSource[] {
  const withTable = new Set(
    files.filter((file) => basename(file.path) === 'metrics.csv').map((f) => dirname(f.path)),
  );
  const groups = new Map<
    string,
    { folder: string | null; members: { file: FoundLog; split: Split | null }[] }
  >();
  for (const file of files) {
    const name = basename(file.path);
    let key = file.path;
    let folder: string | null = null;
    let split: Split | null = splitFiles.get(name) ?? null;
    if (split !== null) key = folder = dirname(file.path);
    if (file.format === 'tfevents') {
      const parent = dirname(file.path);
      if (withTable.has(parent)) continue;
      split = splitFolders.get(basename(parent).toLowerCase()) ?? null;
      key = folder = split === null ? parent : dirname(parent);
    }
    const group = groups.get(key) ?? { folder, members: [] };
    group.members.push({ file, split });
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(toSource)
    .sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
}

function toSource(group: {
  folder: string | null;
  members: { file: FoundLog; split: Split | null }[];
}): RunSource {
  // By name: TensorBoard puts the start time into it, so restarts come in order.
  const members = group.members.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const first = members[0]!;
  return {
    // The folder even while it holds one file: the others come later, and the run must keep its name.
    path: group.folder ?? first.file.path,
    files: members.map(({ file, split }) => ({ path: file.path, split })),
    modified: Math.max(...members.map(({ file }) => file.modified)),
    format: first.file.format,
  };
}
