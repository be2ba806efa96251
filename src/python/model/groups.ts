import type { Call } from './call';
import { spelled } from './nodes';
import { oncePer } from './once';
import type { Script } from './script';

/**
 * The `….add_param_group(…)` calls that give an optimizer more parameters than it was built from. One on a name that
 * no optimizer of the file has may be about any of them.
 */
export function addedGroups(optimizer: string | null, script: Script): Call[] {
  const all = additions(script);
  if (all.length === 0) return [];
  const others = new Set(script.optimizers.flatMap(({ target }) => (target ? [spelled(target)] : [])));
  return all.filter(({ receiver }) => {
    const on = spelled(receiver!);
    return on === optimizer || !others.has(on);
  });
}

const additions = oncePer(({ calls }: Script): readonly Call[] =>
  calls.filter(({ name, receiver }) => name === 'add_param_group' && receiver !== null),
);
