import type { Node } from '../parser';
import { enclosing, enclosingFunction, isInside, parts } from './nodes';
import { oncePer } from './once';
import { phaseOfName } from './phase';
import { callsIn, type Script } from './script';

/** A loop over the epochs of a training. */
export interface EpochLoop {
  node: Node;
  body: Node;
  /** The number of the epoch, where the loop names it. */
  variable: string | null;
  /** Where it starts to count, and how many there are, of `range(…)`: expressions as they are written. */
  range: { from: string; to: string } | null;
  scope: Node | null;
}

/** The epoch loops of a file, in order: what is named so, or a loop around the loop that takes the steps. */
export const epochLoops = oncePer((script: Script): readonly EpochLoop[] => {
  const found = script.loops.filter((loop) => isEpochLoop(loop, script));
  // Of nested ones (folds around epochs) the inner one counts epochs.
  const inner = found.filter((one) => !found.some((other) => other.id !== one.id && isInside(other, one)));
  return inner.map((node) => ({
    node,
    body: node.childForFieldName('body')!,
    variable: node.type === 'for_statement' ? firstName(node.childForFieldName('left')) : null,
    range: rangeOf(node),
    scope: enclosingFunction(node),
  }));
});

const epochName = /(^|_)(n_?)?(epoch|epochs|ep|iepoch|round)(_|\d|$)/i;
const epochWord = /epoch/i;

function isEpochLoop(loop: Node, script: Script): boolean {
  const body = loop.childForFieldName('body');
  if (!body) return false;
  const left = loop.childForFieldName('left');
  // Without the comments that stand before the first statement of the body.
  const head = ['left', 'right', 'condition']
    .map((field) => loop.childForFieldName(field)?.text ?? '')
    .join(' ');
  const named = (left !== null && epochName.test(left.text)) || epochWord.test(head);
  const own = (node: Node): boolean => enclosingFunction(node)?.id === enclosingFunction(loop)?.id;
  const points = script.updatePoints.filter(({ statement }) => isInside(statement, loop) && own(statement));
  const nested = points.some(({ statement }) => {
    const around = enclosing(statement, 'for_statement', 'while_statement');
    return around !== null && around.id !== loop.id;
  });
  if (nested) return named || countsUp(loop);
  if (!named) return false;
  return (
    points.length > 0 ||
    callsIn(script, loop).some((call) => own(call.node) && phaseOfName(call.name) === 'training')
  );
}

/** `for i in range(n)`: what goes over something else goes over batches, with pieces of them in the inner loop. */
function countsUp(loop: Node): boolean {
  const right = loop.childForFieldName('right')?.text ?? '';
  return loop.type === 'for_statement' && (/\b(t?range|count)\(/.test(right) || /epoch/i.test(right));
}

function firstName(left: Node | null): string | null {
  if (!left) return null;
  return left.type === 'identifier' ? left.text : (parts(left)[0]?.text ?? null);
}

/** `range(n)`, `tqdm(range(a, b))`; null for any other iterable. */
function rangeOf(loop: Node): EpochLoop['range'] {
  let iterable = loop.childForFieldName('right');
  for (let depth = 0; iterable?.type === 'call' && depth < 3; depth++) {
    const args = parts(iterable.childForFieldName('arguments')).filter(
      ({ type }) => type !== 'keyword_argument',
    );
    if (iterable.childForFieldName('function')?.text === 'range') {
      if (args.length === 0 || args.length > 2) return null;
      return args.length === 1
        ? { from: '0', to: args[0]!.text }
        : { from: args[0]!.text, to: args[1]!.text };
    }
    iterable = args[0] ?? null;
  }
  return null;
}
