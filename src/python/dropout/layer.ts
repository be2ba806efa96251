import { siblingOf, type Reached } from '../edit/imports';
import type { Call } from '../model/call';
import type { Script } from '../model/script';

/** A class of the same module as a layer that is there: `nn.Dropout` beside `nn.Linear`. */
export function besides(layer: Call, className: string, script: Script): Reached {
  if (layer.receiver) return { name: `${layer.receiver.text}.${className}`, edits: [] };
  const imported = script.imports.names.find(({ bound }) => bound === layer.callee.text);
  return imported ? siblingOf(imported, className, script) : { name: className, edits: [] };
}
