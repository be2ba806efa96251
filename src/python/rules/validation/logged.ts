import { stringOf } from '../../model/nodes';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';

/** The names that the Lightning modules of a file log; null where some of them can't be read off. */
export const loggedNames = oncePer(({ calls }: Script): readonly string[] | null => {
  const names: string[] = [];
  for (const call of calls) {
    const { name } = call;
    if (!/^log(_dict)?$/.test(name) || call.receiver?.text !== 'self') continue;
    const logged = name === 'log' ? stringOf(call.args()[0]?.value) : null;
    if (logged === null) return null;
    names.push(logged);
  }
  return names;
});
