import { functionCalled } from '../model/functions';
import { callOfArgument, methodOf } from '../model/mentions';
import { phaseOf, phaseOfName } from '../model/phase';
import type { Script } from '../model/script';
import type { Node } from '../parser';

const inference =
  /^(decode|encode|embed|sample|generate|predict(_\w+)?|forward(_\w+)?|reconstruct|infer|translate|transcribe)$/;

/** Whether a use of a model is a method that infers, where no gradient is wanted: `model.decode(z)` of a VAE. */
export function isInferred(node: Node, script: Script): boolean {
  const { parent } = node;
  return inference.test(methodOf(node) ?? '') && isCalled(parent!) && phaseOf(node, script) === 'validation';
}

/** Methods that compute the same in either mode, or set it themselves. */
const modeless =
  /^(train|eval|\w*state_dict|\w*parameters|\w*modules|\w*children|\w*buffers|to|cuda|cpu|half|float|double|zero_grad|requires_grad_|apply|compile|register_\w+|save\w*)$/;
/** Functions that only look at a model, or keep it. */
const onlyLooks =
  /^(print|len|isinstance|type|id|hasattr|getattr|setattr|str|repr|summary|watch|info)$|save|checkpoint|count|num_param|clip_grad|backup/i;

/**
 * Whether a use of a model that is neither a part of the training nor known to be evaluation gives another result when
 * the model is in the other mode: it relies on the last switch, wherever that stands.
 */
export function reliesOnMode(node: Node, script: Script): boolean {
  let top = node;
  while (top.parent?.type === 'attribute' && top.parent.childForFieldName('object')?.id === top.id)
    top = top.parent;
  if (isCalled(top)) {
    const method = top.id === node.id ? '' : (top.childForFieldName('attribute')?.text ?? '');
    return !modeless.test(method) && phaseOf(node, script) !== 'training';
  }
  const call = top.id === node.id ? callOfArgument(node, script) : undefined;
  if (!call || /^[A-Z]/.test(call.name) || onlyLooks.test(call.name)) return false;
  if (phaseOfName(call.name) === 'training') return false;
  const fn = functionCalled(call, script);
  if (fn && /\.(eval|train)\(|\.backward\(/.test(fn.text)) return false;
  return phaseOf(node, script) !== 'training';
}

function isCalled(node: Node): boolean {
  return node.parent?.type === 'call' && node.parent.childForFieldName('function')?.id === node.id;
}
