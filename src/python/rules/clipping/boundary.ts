/**
 * FC109 Accumulation boundary off by one.
 *
 * `step % N == 0` with a step that starts at 0 is true at once: the first update uses one micro-batch. Source: 14 plain
 * matches in 11,063 files, 12 of them true; a count that is raised before the test and a condition without a step in
 * its body were the two others.
 */
import * as l10n from '@vscode/l10n';
import { replaceNode } from '../../edit/insert';
import { argument, readCall } from '../../model/call';
import { isInside, numberOf, parts, spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import { within } from '../../model/within';
import type { Node } from '../../parser';
import { hasBackward, loopAround } from '../around';
import type { CodeRule, Found } from '../rule';

export const boundaryOffByOne: CodeRule = {
  code: 'FC109',
  title: 'Accumulation boundary off by one',
  words: /%[^\n]*==\s*0/,
  check: (script) => script.updatePoints.flatMap((point) => offByOne(point, script)),
};

const test = /^(\w+)%([\w.]+)==0$/;

function offByOne({ accumulation, statement }: UpdatePoint, script: Script): Found[] {
  const body = accumulation?.childForFieldName('consequence');
  const condition = accumulation?.childForFieldName('condition');
  const loop = accumulation && loopAround(accumulation);
  if (!accumulation || !body || !condition || loop?.type !== 'for_statement' || !isInside(statement, body))
    return [];
  const compare = comparisonIn(condition);
  const match = compare && test.exec(spelled(compare));
  const counted = match && countFrom(loop, match[1]!, script);
  if (!compare || !match || !counted || numberOf(compare.firstNamedChild?.childForFieldName('right')) === 1)
    return [];
  const raised = within(script.augmented, loop).some(
    ({ target, node }) => target === match[1] && node.startIndex < accumulation.startIndex,
  );
  const summed = script.backwards.some(
    ({ call }) => isInside(call.node, loop) && call.node.endIndex <= accumulation.startIndex,
  );
  if (raised || !summed || hasBackward(accumulation, script)) return [];
  const [, step, every] = match;
  const whole = compare.id === condition.id && counted.loader !== null;
  const right = `(${step} + 1) % ${every} == 0${whole ? ` or ${step} + 1 == len(${counted.loader})` : ''}`;
  return [
    {
      at: compare,
      severity: 'warning',
      message: l10n.t(
        '`{0}` is true at the first micro-batch ({1} is 0): that update uses one of {2}. Write `{3}`.',
        compare.text,
        step!,
        every!,
        right,
      ),
      fix: { title: l10n.t('Write `{0}`', right), edits: [replaceNode(compare, right)], safe: false },
    },
  ];
}

/** The comparison that is the condition, or that is one side of an `or` in it. */
function comparisonIn(condition: Node): Node | null {
  if (condition.type === 'parenthesized_expression') return comparisonIn(parts(condition)[0] ?? condition);
  if (condition.type === 'comparison_operator') return condition;
  if (condition.type !== 'boolean_operator' || !condition.children.some(({ type }) => type === 'or'))
    return null;
  return parts(condition).find((one) => test.test(spelled(one))) ?? null;
}

/** The loader whose batches `enumerate` counts from 0 under a name; null where something else gives it its value. */
function countFrom(loop: Node, name: string, script: Script): { loader: string | null } | null {
  const left = loop.childForFieldName('left');
  const right = loop.childForFieldName('right');
  const call = right?.type === 'call' ? readCall(right, script.imports) : null;
  if (call?.name !== 'enumerate' || left?.firstNamedChild?.text !== name) return null;
  const start = argument(call, 'start', 1);
  if (start && numberOf(start.value) !== 0) return null;
  const loader = call.args()[0]?.value.text ?? '';
  return { loader: /^[\w.]*(loader|_dl)$/i.test(loader) ? loader : null };
}
