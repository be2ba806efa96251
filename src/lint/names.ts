import { syntaxOf } from '../config/read/names';
import { isScriptName } from '../python/names';

/** Whether a file's name makes it a candidate: a training script or a training config. Loads no parser. */
export function isLintable(path: string): boolean {
  return isScriptName(path) || syntaxOf(path) !== null;
}
