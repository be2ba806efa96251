import type { TextEdit } from '../../remedies/textEdit';
import type { Call } from '../model/call';
import type { Script } from '../model/script';
import { siblingOf } from './imports';
import { replaceNode } from './insert';

/**
 * Calls another class of the same module: `optim.Adam(…)` becomes `optim.AdamW(…)`, and an `Adam` that was imported
 * by name becomes an `AdamW` that is imported beside it.
 * @returns null where it is not visible which module the class is of
 */
export function callSibling(call: Call, className: string, script: Script): TextEdit[] | null {
  if (call.receiver) return [replaceNode(call.callee.childForFieldName('attribute')!, className)];
  const imported = script.imports.names.findLast(({ bound }) => bound === call.callee.text);
  if (imported) {
    // `from torch.optim.adam import Adam` names a module that has only this class.
    if (/^torch\.optim\.[a-z]\w*\./.test(imported.path)) return null;
    const { name, edits } = siblingOf(imported, className, script);
    return [...edits, replaceNode(call.callee, name)];
  }
  return script.imports.stars.length > 0 ? [replaceNode(call.callee, className)] : null;
}
