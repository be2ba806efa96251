import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, addItem } from '../edit/arguments';
import type { Call } from '../model/call';
import { parts } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Gives a function one more parameter, and its call one more argument. */
export function handOver(name: string, { fn, call }: { fn: Node; call: Call }, script: Script): TextEdit[] {
  const list = fn.childForFieldName('parameters')!;
  const hasDefault = parts(list).some(({ type }) => /default/.test(type));
  return [
    ...addItem(list, hasDefault ? ['*', name] : name, script.text),
    ...addArgument(call, `${name}=${name}`, script.text),
  ];
}
