import type { TextEdit } from '../../remedies/textEdit';
import { assignmentsTo } from '../model/assignments';
import { argument, hasSplat, type Call } from '../model/call';
import { enclosingFunction } from '../model/nodes';
import type { Script } from '../model/script';
import { addArgument, addItem } from './arguments';

/** Adds callbacks to a trainer or to `fit`: to the list that is written out there, or to a new one; null where neither is to be had. */
export function addCallbacks(call: Call, made: readonly string[], script: Script): TextEdit[] | null {
  const given = argument(call, 'callbacks');
  if (!given) return hasSplat(call) ? null : addArgument(call, `callbacks=[${made.join(', ')}]`, script.text);
  if (given.value.type === 'none') return null;
  if (given.value.type === 'list') return addItem(given.value, made, script.text);
  if (given.value.type !== 'identifier') return null;
  const scope = enclosingFunction(call.node);
  const lists = assignmentsTo(script.assignments, given.value.text).filter(
    (one) => (one.scope === null || one.scope.id === scope?.id) && one.node.endIndex <= call.node.startIndex,
  );
  const [list] = lists;
  return lists.length === 1 && list!.value.type === 'list' ? addItem(list!.value, made, script.text) : null;
}
