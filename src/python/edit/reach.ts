import type { Script } from '../model/script';
import { canonical } from '../model/imports';
import { addImport, isRebound, siblingOf, type Reached } from './imports';

/**
 * How a script calls something of a library: by the name that it has already, through a module that it has a name for,
 * or else imported by name.
 * @param path canonical: `torch.optim.swa_utils.AveragedModel`
 * @param reachable modules from which the whole path can be reached without another import, the longest first
 */
export function reach(path: string, script: Script, reachable: readonly string[] = []): Reached {
  const { imports } = script;
  const named = imports.nameFor(path);
  if (named !== null && !isRebound(named, script)) return { name: named, edits: [] };
  const parent = path.slice(0, path.lastIndexOf('.'));
  for (const module of [parent, ...reachable]) {
    const bound = imports.nameFor(module);
    if (bound !== null && !isRebound(bound, script))
      return { name: bound + path.slice(module.length), edits: [] };
  }
  const name = path.slice(parent.length + 1);
  const beside = imports.names.find(
    (one) =>
      one.everywhere &&
      one.statement.type === 'import_from_statement' &&
      canonical(one.path.slice(0, one.path.lastIndexOf('.'))) === parent,
  );
  if (beside) return siblingOf(beside, name, script);
  return { name, edits: [addImport(`from ${parent} import ${name}`, script)] };
}

/** The same for what `import torch` is enough for. */
export function reachTorch(path: string, script: Script): Reached {
  const { imports } = script;
  const prefixes = path.split('.').slice(0, -1);
  const modules = prefixes.map((_, i) => prefixes.slice(0, prefixes.length - i).join('.'));
  const found = modules.find((one) => {
    const bound = imports.nameFor(one);
    return bound !== null && !isRebound(bound, script);
  });
  return reach(path, script, found === undefined ? [] : [found]);
}
