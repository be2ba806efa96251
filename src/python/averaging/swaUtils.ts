import type { TextEdit } from '../../remedies/textEdit';
import { addImport, isRebound } from '../edit/imports';
import type { Script } from '../model/script';

const HOME = 'torch.optim.swa_utils';

/** How the script calls names of `torch.optim.swa_utils`: through the module where it has it, else imported in one line. */
export function swaNames(wanted: readonly string[], script: Script): { names: string[]; edits: TextEdit[] } {
  const { imports } = script;
  const module = imports.nameFor(HOME);
  if (module !== null && !isRebound(module, script))
    return { names: wanted.map((one) => `${module}.${one}`), edits: [] };
  const missing = wanted.filter((one) => imports.nameFor(`${HOME}.${one}`) === null);
  return {
    names: wanted.map((one) => imports.nameFor(`${HOME}.${one}`) ?? one),
    edits: missing.length > 0 ? [addImport(`from ${HOME} import ${missing.join(', ')}`, script)] : [],
  };
}
