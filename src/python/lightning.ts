import { addImport, isRebound, type Reached } from './edit/imports';
import type { Call } from './model/call';
import type { Script } from './model/script';

/** The calls that make a Lightning Trainer. */
export function trainers({ calls }: Script): Call[] {
  return calls.filter(({ path }) => path === 'lightning.Trainer');
}

/** How the script calls one of Lightning's callbacks, in the package that it uses. */
export function lightningCallback(name: string, script: Script): Reached {
  const { imports } = script;
  const named = imports.nameFor(`lightning.callbacks.${name}`);
  if (named !== null) return { name: named, edits: [] };
  for (const { path, bound, everywhere } of imports.names) {
    if (!everywhere || isRebound(bound, script)) continue;
    if (path === 'lightning') return { name: `${bound}.pytorch.callbacks.${name}`, edits: [] };
    if (/^(lightning\.pytorch|pytorch_lightning)$/.test(path))
      return { name: `${bound}.callbacks.${name}`, edits: [] };
  }
  const old = [...imports.modules].some((one) => one.startsWith('pytorch_lightning'));
  const home = old ? 'pytorch_lightning' : 'lightning.pytorch';
  return { name, edits: [addImport(`from ${home}.callbacks import ${name}`, script)] };
}
