import * as l10n from '@vscode/l10n';
import { translated } from '../translated';

/**
 * An error that a person can act on: what happened, where, and what to do. Its message is shown as it is.
 * Anything thrown that is not a `HumanError` is a bug of ours.
 */
export class HumanError extends Error {
  override readonly name: string = 'HumanError';
  constructor(
    message: string,
    /** The file or folder it is about. */
    readonly path: string | null = null,
  ) {
    super(message);
  }
}

/** The file can be read and is no training log, as it is now. */
export class NotALogError extends HumanError {
  override readonly name = 'NotALogError';
}

/** What to do about a system error, by its code. */
export const whatToDo: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; check the path, or whether the training has moved it',
  EACCES: 'permission denied; make it readable for you (chmod +r), or run where it can be read',
  EPERM: 'the system does not permit reading it; check its owner and rights',
  EISDIR: 'it is a folder, not a log file',
  ENOTDIR: 'a part of the path is a file, not a folder; check the path',
  EMFILE: 'too many open files; close some programs or raise the limit (ulimit -n)',
  ELOOP: 'symbolic links form a loop; point at the real file',
  EIO: 'the disk or network mount reported a read error; check the mount and try again',
  ESTALE: 'the network mount lost the file; it is read again when it is back',
};

/** A system error (`ENOENT`, `EACCES` ...) on `path` in words; anything else is returned with its own message. */
export function readFailure(path: string, error: unknown): HumanError {
  if (error instanceof HumanError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const advice = code !== undefined ? whatToDo[code] : undefined;
  const own = error instanceof Error ? error.message : String(error);
  return new HumanError(l10n.t('{0}: {1}', path, advice === undefined ? own : translated(advice)), path);
}
