import { opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMlflowRun } from './mlflowRuns';

/** Folders that hold no logs of their own, or thousands of files that are not: never entered. */
const ignored = new Set(
  'node_modules .trash .git .hg .svn .venv venv env site-packages __pycache__ .mypy_cache .pytest_cache .ruff_cache .tox .cache .idea .vscode-test dist-packages'.split(
    ' ',
  ),
);
/** Names that can be logs; content decides. Data sets, images and weights are passed over unread. */
const candidate =
  /(\.(csv|tsv|jsonl?|ndjson|log|txt|out|err)(\.gz)?$)|\.(wandb|db|sqlite3?)$|tfevents|^(nohup|train(ing)?|log|logs|stdout|output)$/i;
/** A checkpoint of the Hugging Face trainer repeats the log so far: only the newest is looked into. */
const checkpoint = /^checkpoint-(\d+)$/;
const MAX_DEPTH = 16;
const AT_ONCE = 8;
const MAX_FOLDERS = 50_000;

/** Files that may be logs, by their names, and the folders that are runs of MLflow's file store. */
export interface Candidates {
  paths: string[];
  mlflowRuns: string[];
}

/** Lists the folders below `root`, at most `maxFolders` of them. Opens no file. */
export async function candidatesBelow(
  root: string,
  options: { readonly maxFolders?: number; readonly signal?: AbortSignal },
): Promise<Candidates> {
  const found: Candidates = { paths: [], mlflowRuns: [] };
  let queue = [{ path: root, depth: 0 }];
  let folders = options.maxFolders ?? MAX_FOLDERS;
  while (queue.length > 0 && folders > 0) {
    options.signal?.throwIfAborted();
    const batch = queue.splice(0, AT_ONCE);
    folders -= batch.length;
    const listed = await Promise.all(batch.map(({ path }) => listFolder(path)));
    for (const [i, { names, subfolders, isRun }] of listed.entries()) {
      const { path, depth } = batch[i]!;
      if (isRun) found.mlflowRuns.push(path);
      found.paths.push(...names.map((name) => join(path, name)));
      if (depth < MAX_DEPTH) {
        queue = queue.concat(subfolders.map((name) => ({ path: join(path, name), depth: depth + 1 })));
      }
    }
  }
  return found;
}

interface Listed {
  names: string[];
  subfolders: string[];
  /** It is a run of MLflow's file store. */
  isRun?: boolean;
}

async function listFolder(path: string): Promise<Listed> {
  const names: string[] = [];
  const subfolders: string[] = [];
  let described = false;
  try {
    for await (const entry of await opendir(path)) {
      if (entry.isDirectory()) {
        if (!ignored.has(entry.name)) subfolders.push(entry.name);
      } else if (entry.isFile()) {
        if (candidate.test(entry.name)) names.push(entry.name);
        described ||= entry.name === 'meta.yaml';
      }
    }
  } catch {
    // A folder that vanished or may not be listed: what else is there is still found.
  }
  if (described && subfolders.includes('metrics')) {
    return { names, subfolders: subfolders.filter((name) => name === 'artifacts'), isRun: isMlflowRun(path) };
  }
  if (checkpoint.test(basename(path))) {
    return { names: names.filter((name) => name === 'trainer_state.json'), subfolders: [] };
  }
  const newest = newestCheckpoint(subfolders);
  return {
    names,
    subfolders: subfolders.filter((name) => !checkpoint.test(name) || name === newest),
  };
}

function newestCheckpoint(names: readonly string[]): string | undefined {
  const steps = (name: string): number => Number(checkpoint.exec(name)?.[1] ?? -1);
  return names.filter((name) => checkpoint.test(name)).sort((a, b) => steps(b) - steps(a))[0];
}
