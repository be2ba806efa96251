import * as l10n from '@vscode/l10n';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { killTree, ownTree } from './childTree';
import { failureReason, npmMissing } from './npmFailure';
import { probeInChild, type ProbeReport } from './probe';
import { installManifest, npmArguments, phaseOf, type Variant } from './tfjsInstall';

export interface InstallRequest {
  variant: Variant;
  /** Where the install goes: there is either a whole one or what was there before. */
  folder: string;
  /** Path of the bundled command line, for the trial. */
  script: string;
  signal: AbortSignal;
  /** Called with what npm prints. */
  output: (text: string) => void;
  /** Called when something else is going on. */
  progress: (message: string) => void;
}

export type InstallOutcome =
  | { outcome: 'installed'; report: ProbeReport }
  | { outcome: 'cancelled' }
  /** `reason` is for people: what happened and what to do. */
  | { outcome: 'failed'; reason: string };

/** Installs tfjs-node with npm beside its place, tries it there, and moves it in when it works. */
export async function installTfjsNode(request: InstallRequest): Promise<InstallOutcome> {
  const { variant, folder, signal } = request;
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(folder);
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    await writeFile(join(partial, 'package.json'), installManifest(variant));
    request.progress(l10n.t('npm is fetching the packages …'));
    const failure = await runNpm(partial, request);
    if (signal.aborted) return { outcome: 'cancelled' };
    if (failure !== null) return { outcome: 'failed', reason: failure };
    request.progress(l10n.t('trying it …'));
    const name = variant === 'gpu' ? 'tfjs-node-gpu' : 'tfjs-node';
    const { script, output } = request;
    const report = await probeInChild(script, name, { tfjsNodePath: partial, output, signal });
    if (signal.aborted) return { outcome: 'cancelled' };
    if (!report.loaded)
      return {
        outcome: 'failed',
        reason: l10n.t('It was installed and does not load: {0}.', String(report.reason)),
      };
    await moveIn(partial, folder);
    return { outcome: 'installed', report };
  } finally {
    await remove(partial);
  }
}

/** @returns why it failed, null when it did not */
function runNpm(cwd: string, { variant, signal, output, progress }: InstallRequest): Promise<string | null> {
  const env = { ...process.env };
  // VS Code's own; it means nothing to npm's Node and would confuse what it starts.
  delete env.ELECTRON_RUN_AS_NODE;
  // On Windows npm is a script, which only a shell starts; none of the arguments needs quoting.
  const shell = process.platform === 'win32';
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const child = spawn('npm', npmArguments(variant), { cwd, env, shell, ...ownTree });
    let printed = '';
    const hear = (data: Buffer): void => {
      const text = data.toString();
      printed += text;
      output(text);
      const phase = phaseOf(text);
      if (phase !== null) progress(phase);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const cancel = (): void => killTree(child);
    signal.addEventListener('abort', cancel, { once: true });
    const finish = (reason: string | null): void => {
      signal.removeEventListener('abort', cancel);
      resolve(reason);
    };
    child.once('error', (error: NodeJS.ErrnoException) =>
      finish(error.code === 'ENOENT' ? npmMissing() : l10n.t('npm does not start: {0}', error.message)),
    );
    child.once('close', (code) => finish(code === 0 ? null : failureReason(printed, code)));
  });
}

/** Puts a whole install in its place. What was there goes only when the new one is in. */
async function moveIn(partial: string, folder: string): Promise<void> {
  const old = `${partial}-old`;
  const replaces = existsSync(folder);
  if (replaces) await rename(folder, old);
  try {
    await rename(partial, folder);
  } catch (error) {
    if (replaces) await rename(old, folder);
    throw error;
  }
  await remove(old);
}

/** A VS Code that was killed leaves its half install; one that is younger than a day may be another window's. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(folder)}.partial-`)) continue;
    const { mtimeMs } = await stat(join(parent, name));
    if (Date.now() - mtimeMs > 86_400_000) await remove(join(parent, name));
  }
}

/** A file that is in use on Windows stays, and goes with the next install. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}
