import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Launch } from '../../streams/launch';
import { filesOf, isShellScript, launchIn } from '../../streams/launchFiles';
import type { StreamMeta } from '../../streams/meta';
import type { Quoting } from '../../streams/shellWords';

type Files = Pick<StreamMeta, 'script' | 'configs'>;

/** A longer file is no shell script of a person. */
const LONGEST = 64 << 10;
/** Shell scripts that start shell scripts are followed this far. */
const DEEPEST = 3;

/** Finds on disk which script and which configs a launch names. */
export class ScriptFinder {
  /** @param cwd where it was started; the first folder of the workspace where that is not known */
  async ofLaunch(
    launch: Pick<Launch, 'script' | 'module' | 'args' | 'folders'>,
    cwd: string | null,
    depth = 0,
  ): Promise<Files> {
    const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const folder = cwd ?? roots[0];
    if (folder === undefined) return { script: null, configs: [] };
    const quoting: Quoting = process.platform === 'win32' ? 'windows' : 'posix';
    const candidates = filesOf(launch, folder, roots, quoting);
    const configs = await existing(candidates.configs);
    const script = await firstExisting(candidates.script);
    if (script === null || !isShellScript(script)) return { script, configs };
    const inner = depth < DEEPEST ? launchIn(await textOf(script)) : null;
    if (!inner) return { script: null, configs };
    // Scripts are started from the folder of the project, as a rule, and some go to their own first.
    const found = await this.ofLaunch(inner, folder, depth + 1);
    const files = found.script === null ? await this.ofLaunch(inner, join(script, '..'), depth + 1) : found;
    return { script: files.script, configs: [...configs, ...files.configs] };
  }
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await isFile(path)) ? [path] : [])));
  return found.flat();
}

async function firstExisting(paths: readonly string[]): Promise<string | null> {
  return (await existing(paths))[0] ?? null;
}

async function isFile(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  return info?.isFile() ?? false;
}

async function textOf(path: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  return info && info.size <= LONGEST ? readFile(path, 'utf8').catch(() => '') : '';
}
