import * as l10n from '@vscode/l10n';
import { fork } from 'node:child_process';
import type { Candidate } from '../analysis/backend';
import type { BackendInfo } from '../analysis/diagnosis';
import { endingText, nativeCrash, type Ending } from './nativeCrash';

/** What came of loading one backend and asking it once. */
export interface ProbeReport {
  name: Candidate;
  loaded: boolean;
  /** Why it is not loaded; null when it is. */
  reason: string | null;
  /** The signal or the kind of crash when native code ended the process, else null. */
  crash: string | null;
  info: BackendInfo | null;
  /** Milliseconds to load the backend and the model. */
  loadMs: number | null;
  /** Milliseconds of one prediction: the median of a few, the first one not counted. */
  predictionMs: number | null;
}

/** A native library on a cold network drive takes a while; longer than this is a hang (ms). */
const PATIENCE = 120_000;

/** The report on a backend that does not work. */
export const notLoaded = (name: Candidate, reason: string, crash: string | null = null): ProbeReport => ({
  name,
  loaded: false,
  reason,
  crash,
  info: null,
  loadMs: null,
  predictionMs: null,
});

export interface ProbeOptions {
  /** Folder with an installed tfjs-node; by default as everywhere. */
  tfjsNodePath?: string;
  /** How long to wait (ms). */
  patience?: number;
  signal?: AbortSignal;
  /** Called with what the process prints, for a log. */
  output?: (text: string) => void;
}

/**
 * Loads one backend in a process of its own and asks it once, so that a crash of native code is a result like any other.
 * @param script path of the bundled command line
 */
export function probeInChild(
  script: string,
  name: Candidate,
  options: ProbeOptions = {},
): Promise<ProbeReport> {
  const { tfjsNodePath, patience = PATIENCE, signal } = options;
  const env = { ...process.env, ...(tfjsNodePath ? { FITCHECK_TFJS_NODE: tfjsNodePath } : {}) };
  const args = ['doctor', '--probe', name];
  const child = fork(script, args, { env, silent: true, execArgv: [], serialization: 'advanced' });
  child.stdout?.on('data', (text: Buffer) => options.output?.(text.toString()));
  child.stderr?.on('data', (text: Buffer) => options.output?.(text.toString()));
  return new Promise((resolve) => {
    const finish = (report: ProbeReport): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      resolve(report);
    };
    const cancel = (): void => finish(notLoaded(name, l10n.t('it was cancelled')));
    signal?.addEventListener('abort', cancel);
    const timer = setTimeout(
      () => finish(notLoaded(name, l10n.t('it gave no answer within {0} s', patience / 1000))),
      patience,
    );
    child.once('message', (report) => finish(report as ProbeReport));
    child.once('error', (error) =>
      finish(notLoaded(name, l10n.t('its process does not start: {0}', error.message))),
    );
    child.once('exit', (code, signal) => finish(ended(name, { code, signal })));
  });
}

function ended(name: Candidate, ending: Ending): ProbeReport {
  const crash = nativeCrash(ending);
  const text = endingText(ending);
  return crash === null
    ? notLoaded(name, l10n.t('its process ended without an answer ({0})', text))
    : notLoaded(name, l10n.t('its native code crashes ({0})', text), crash);
}
