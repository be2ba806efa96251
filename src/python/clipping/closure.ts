import * as l10n from '@vscode/l10n';
import { insertAfter, insertBefore } from '../edit/insert';
import type { PointFramework } from '../model/framework';
import { bodyOf, enclosingFunction, isInside, spelled, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { clipsIn } from './already';
import { logTheNorm, MAX_NORM } from './bound';
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
    return no(l10n.t('the step in line {0} takes a closure that is not defined here: clip inside it', line));
  }
  const backward = script.backwards.filter(({ call }) => isInside(call.node, definition)).at(-1);
  if (!backward) return no(l10n.t('the closure of the step in line {0} has no backward()', line));
  const clip = clipsIn(definition, script)[0];
  if (clip) return no(l10n.t('gradients are clipped already in line {0}', clip.startPosition.row + 1));
  const written = writeClip(point, framework, script);
  if ('reason' in written) return no(written.reason);
  const last = bodyOf(definition).at(-1)!;
  const after = last.type === 'return_statement' && last.startIndex > backward.call.node.endIndex;
  const edit = after
    ? insertBefore(last, written.lines, script.text)
    : insertAfter(statementAround(backward.call.node), written.lines, script.text);
  if (!edit) return no(l10n.t('the closure of the step in line {0} is all on one line', line));
  return {
    anchor: statement,
    outcome: {
      edits: [...written.imports, edit],
      value: MAX_NORM,
      title: l10n.t('Clip gradients to norm {0} in `{1}`, after its backward()', MAX_NORM, spelled(closure)),
      many: (count) => l10n.t('Clip gradients to norm {0} in {1} closures', MAX_NORM, count),
      notes: [logTheNorm()],
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
