import { phaseOf, callsOf } from '../model/phase';
import { enclosing, enclosingFunction, isInside } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { Node } from '../parser';

/** A condition that asks whether this is the training. */
const asksPhase = /train|phase|stage|split|mode\b|\bval|valid|eval|test|grad|backward|\bopt/i;

/** Whether one place computes the loss of the training and of the validation, by a flag or by who calls it. */
export function servesBothPhases(node: Node, script: Script): boolean {
  const scope = enclosingFunction(node) ?? script.root;
  return (
    inLoopOverPhases(node) ||
    switchesMode(node, scope, script) ||
    trainsUnderCondition(node, scope, script) ||
    calledByBoth(scope, script)
  );
}

/** `for phase in ["train", "val"]:` */
function inLoopOverPhases(node: Node): boolean {
  for (let loop = enclosing(node, 'for_statement'); loop; loop = enclosing(loop, 'for_statement')) {
    const over = loop.childForFieldName('right');
    const strings = over?.type === 'string' ? [over] : (over?.descendantsOfType('string') ?? []);
    const some = (word: RegExp): boolean => strings.some(({ text }) => word.test(text));
    if (some(/train/i) && some(/val|test|eval|dev/i)) return true;
  }
  return false;
}

/** `model.train(training)`, `torch.set_grad_enabled(training)`, or one of `train()` and `eval()` in each branch of an `if`. */
function switchesMode(node: Node, scope: Node, script: Script): boolean {
  const own = callsIn(script, scope).filter(
    (call) =>
      call.node.startIndex < node.startIndex &&
      (enclosingFunction(call.node) ?? script.root).id === scope.id &&
      /^(train|eval|set_grad_enabled)$/.test(call.name),
  );
  return own.some((call) => {
    const [first, ...more] = call.args();
    // `trainer.train(train_loader)` is no switch.
    const flag =
      first !== undefined && more.length === 0 && !/^(True|False)$|load|data|batch/i.test(first.value.text);
    if (call.name === 'set_grad_enabled') return flag;
    if (call.on === null) return false;
    if (call.name === 'train' && flag && /train|phase|mode|grad|opt|val/i.test(first.value.text)) return true;
    const branches = enclosing(call.node, 'if_statement');
    return (
      call.name === 'train' &&
      branches !== null &&
      !isInside(node, branches) &&
      own.some((other) => other.name === 'eval' && isInside(other.node, branches))
    );
  });
}

/** The backward pass, and not the loss, stands under `if training:`, or behind `if not training: continue`. */
function trainsUnderCondition(node: Node, scope: Node, script: Script): boolean {
  const backwards = script.backwards.filter(
    ({ call }) => (enclosingFunction(call.node) ?? script.root).id === scope.id,
  );
  return scope.descendantsOfType('if_statement').some((branches) => {
    if (isInside(node, branches) || (enclosingFunction(branches) ?? script.root).id !== scope.id)
      return false;
    if (!asksPhase.test(branches.childForFieldName('condition')?.text ?? '')) return false;
    const inside = backwards.filter(({ call }) => isInside(call.node, branches));
    const behind = backwards.some(({ call }) => call.node.startIndex >= branches.endIndex);
    const leaves =
      branches.startIndex > node.endIndex &&
      branches.descendantsOfType(['continue_statement', 'return_statement']).length > 0;
    // `if mixed_precision: … backward() else: … backward()` trains either way.
    const either = branches.childrenForFieldName('alternative').some((one) => {
      return inside.some(({ call }) => isInside(call.node, one));
    });
    return (inside.length > 0 && !either) || (leaves && behind);
  });
}

/** A function that training and validation both call: `_shared_step(batch)`. */
function calledByBoth(scope: Node, script: Script): boolean {
  if (scope.type !== 'function_definition') return false;
  const phases = callsOf(scope, script).map(({ node }) => phaseOf(node, script));
  return phases.includes('training') && phases.includes('validation');
}
