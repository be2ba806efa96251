import type { Node } from '../parser';
import type { Call } from './call';
import { enclosing, enclosingFunction, isInside, statementAround } from './nodes';
import { oncePer } from './once';
import { callsIn, type Script } from './script';
import { within } from './within';

/** When a piece of code runs, as far as the file shows. */
export type Phase = 'training' | 'validation' | 'unknown';

const validating =
  /(^|_)(val|valid|validate|validation|eval|evaluate|evaluation|test|testing|infer|inference|predict)(_|\d|$)/i;
const training = /(^|_)(train|training|trainer|fit|step|optimi[sz]e|update|closure|run_epoch)(_|\d|$)/i;

/** What a function is for, by its name. A `training_step` and a `train_and_eval` say different things. */
export function phaseOfName(name: string): Phase {
  const [v, t] = [validating.test(name), training.test(name)];
  if (/^(validation|test|eval|val)_(step|epoch)/.test(name)) return 'validation';
  if (v && t) return 'unknown';
  return v ? 'validation' : t ? 'training' : 'unknown';
}

/** How many callers up the question is asked. */
const DEPTH = 3;

/** Whether code trains or validates: by what surrounds it, then by the function's name, then by who calls that. */
export function phaseOf(node: Node, script: Script, depth = DEPTH): Phase {
  if (withoutGradients(node)) return 'validation';
  const fn = enclosingFunction(node);
  const scope = fn ?? script.root;
  const mode = modeBefore(node, scope, script);
  if (mode !== null) return mode === 'eval' ? 'validation' : 'training';
  if (!fn) return script.backwards.length > 0 ? nearBackward(node, script) : 'unknown';
  const named = phaseOfName(fn.childForFieldName('name')?.text ?? '');
  if (named !== 'unknown') return named;
  if (callsIn(script, fn).some(({ name }) => name === 'backward' || name === 'manual_backward'))
    return nearBackward(node, script);
  return depth > 0 ? phaseOfCallers(fn, script, depth - 1) : 'unknown';
}

/** Code in a loop that makes gradients trains; other code of the same function may do anything. */
function nearBackward(node: Node, { backwards }: Script): Phase {
  for (
    let at: Node | null = enclosing(node, 'for_statement', 'while_statement', 'function_definition');
    at;
  ) {
    const loop = at;
    if (backwards.some(({ call }) => isInside(call.node, loop))) return 'training';
    if (loop.type === 'function_definition') return 'unknown';
    at = enclosing(loop, 'for_statement', 'while_statement', 'function_definition');
  }
  return backwards.some(
    ({ call }) => statementAround(call.node).parent?.id === statementAround(node).parent?.id,
  )
    ? 'training'
    : 'unknown';
}

const noGradients = /\b(no_grad|inference_mode)\b/;

function withoutGradients(node: Node): boolean {
  for (let at = enclosing(node, 'with_statement', 'function_definition'); at;) {
    if (at.type === 'with_statement') {
      const body = at.childForFieldName('body');
      if (noGradients.test(at.text.slice(0, (body?.startIndex ?? at.endIndex) - at.startIndex))) return true;
    } else if (at.parent?.type === 'decorated_definition') {
      if (noGradients.test(at.parent.text.slice(0, at.startIndex - at.parent.startIndex))) return true;
    }
    at = enclosing(at, 'with_statement', 'function_definition');
  }
  return false;
}

const modeNodes = oncePer(({ modes }: Script) => modes.map((mode) => ({ node: mode.call.node, mode })));

/** The last `….train()` or `….eval()` before a node in a block around it; a teacher's says nothing. */
function modeBefore(node: Node, scope: Node, script: Script): 'train' | 'eval' | null {
  const before = within(modeNodes(script), scope).filter(({ node: at, mode }) => {
    if (at.endIndex > node.startIndex || /teacher|ema|target|ref(erence)?_|frozen/i.test(mode.model))
      return false;
    const block = statementAround(at).parent;
    return (
      enclosingFunction(at)?.id === enclosingFunction(node)?.id && block !== null && isInside(node, block)
    );
  });
  return before.at(-1)?.mode.mode ?? null;
}

const callsByName = oncePer(({ calls }: Script): ReadonlyMap<string, readonly Call[]> => {
  const found = new Map<string, Call[]>();
  for (const call of calls) {
    const same = found.get(call.name);
    if (same) same.push(call);
    else found.set(call.name, [call]);
  }
  return found;
});

/** The calls of a function by its name, in order of the text. */
export function callsOf(fn: Node, script: Script): readonly Call[] {
  return callsNamed(fn.childForFieldName('name')?.text ?? '', script);
}

/** The calls of a name, in order of the text. */
export function callsNamed(name: string, script: Script): readonly Call[] {
  return callsByName(script).get(name) ?? [];
}

function phaseOfCallers(fn: Node, script: Script, depth: number): Phase {
  const name = fn.childForFieldName('name')?.text ?? '';
  const handed = script.text.source.includes('grad')
    ? script.calls.some(
        (call) =>
          /(^|\.)(value_and_grad|grad|filter_value_and_grad|filter_grad)$/.test(call.path) &&
          call.args()[0]?.value.text === name,
      )
    : false;
  if (handed) return 'training';
  const phases = new Set(callsOf(fn, script).map(({ node }) => phaseOf(node, script, depth)));
  const [only] = phases;
  return phases.size === 1 ? only! : 'unknown';
}
