import { insertAfter, insertBefore } from '../edit/insert';
import type { PointFramework } from '../model/framework';
import { bodyOf, enclosingFunction, isInside, spelled, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { clipsIn } from './already';
import { LOG_THE_NORM, MAX_NORM } from './bound';
import { writeClip } from './write';

/** `step(closure)`: gradients are made inside the call, so the clip goes into the closure, after its backward. */
export function clipInClosure(
  point: UpdatePoint,
  closure: Node,
  framework: PointFramework,
  script: Script,
): Proposal {
  const { statement } = point;
  const line = statement.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(statement, reason);
  const definition = visibleDefinition(closure, point, script);
  if (!definition || framework !== 'torch') {
    return no(`the step in line ${line} takes a closure that is not defined here: clip inside it`);
  }
  const backward = script.backwards.filter(({ call }) => isInside(call.node, definition)).at(-1);
  if (!backward) return no(`the closure of the step in line ${line} has no backward()`);
  const clip = clipsIn(definition, script)[0];
  if (clip) return no(`gradients are clipped already in line ${clip.startPosition.row + 1}`);
  const written = writeClip(point, framework, script);
  if ('reason' in written) return no(written.reason);
  const last = bodyOf(definition).at(-1)!;
  const after = last.type === 'return_statement' && last.startIndex > backward.call.node.endIndex;
  const edit = after
    ? insertBefore(last, written.lines, script.text)
    : insertAfter(statementAround(backward.call.node), written.lines, script.text);
  if (!edit) return no(`the closure of the step in line ${line} is all on one line`);
  return {
    anchor: statement,
    outcome: {
      edits: [...written.imports, edit],
      value: MAX_NORM,
      title: `Clip gradients to norm ${MAX_NORM} in \`${spelled(closure)}\`, after its backward()`,
      many: (count) => `Clip gradients to norm ${MAX_NORM} in ${count} closures`,
      notes: [LOG_THE_NORM],
    },
  };
}

/** The one `def` of that name that the step can see. */
function visibleDefinition(closure: Node, { statement }: UpdatePoint, script: Script): Node | null {
  if (closure.type !== 'identifier') return null;
  const found = script.functions.filter((fn) => {
    const scope = enclosingFunction(fn);
    return fn.childForFieldName('name')?.text === closure.text && (!scope || isInside(statement, scope));
  });
  return found.length === 1 ? found[0]! : null;
}
