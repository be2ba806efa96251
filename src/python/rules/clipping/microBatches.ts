/**
 * FC104 Clipping on every micro-batch.
 *
 * Gradients are summed over several backward calls here: a clip on each bounds part of a sum, again and again, and a
 * second `unscale_` before the step raises. Source: torch's GradScaler; seen in two published trainers.
 */
import * as l10n from '@vscode/l10n';
import { moveBefore } from '../../edit/move';
import { isInside, spelled, statementAround } from '../../model/nodes';
import { callsIn, type Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import type { Node } from '../../parser';
import { hasBackward, isBeside, isWholeStatement, loopAround } from '../around';
import { lineOf, type CodeRule, type Found } from '../rule';
import { clipsOf } from './clips';

export const clipEachMicroBatch: CodeRule = {
  code: 'FC104',
  title: 'Clipping on every micro-batch',
  words: /clip_grad|unscale_/,
  check: (script) => script.updatePoints.flatMap((point) => misplaced(point, script)),
};

function misplaced(point: UpdatePoint, script: Script): Found[] {
  const { accumulation, optimizer, statement } = point;
  if (accumulation?.type !== 'if_statement' || /sync_grad/.test(accumulation.text)) return [];
  const loop = loopAround(accumulation);
  if (!loop || !hasBackward(loop, script) || hasBackward(accumulation, script)) return [];
  const outside = (node: Node): boolean =>
    node.startIndex < accumulation.startIndex &&
    // A second condition on the same count leads to the same batches.
    isBeside(node, accumulation, /%|accum|sync|step|boundary/i);
  const unscales = callsIn(script, loop).filter(
    (call) =>
      call.name === 'unscale_' &&
      outside(call.node) &&
      call.args().some(({ value }) => spelled(value) === spelled(optimizer)),
  );
  const clips = clipsOf(script).filter(({ node }) => isInside(node, loop) && outside(node));
  const nodes = [...unscales, ...clips].map(({ node }) => node).sort((a, b) => a.startIndex - b.startIndex);
  const edits = nodes.every((node) => isPlain(node) && siblings(node, accumulation))
    ? moveBefore(nodes.map(statementAround), statement, script.text)
    : null;
  return nodes.map((node, i) => {
    const unscale = unscales.some((one) => one.node.id === node.id);
    return {
      at: node,
      severity: unscale ? 'error' : 'warning',
      message: unscale
        ? l10n.t(
            'This unscale_ is called again before the step and its update, which raises. Do it where the step is, under the condition in line {0}.',
            lineOf(accumulation),
          )
        : l10n.t(
            'This clip bounds a part of the sum of gradients, on every micro-batch. Do it where the step is, under the condition in line {0}.',
            lineOf(accumulation),
          ),
      fix:
        edits && i === 0
          ? { title: l10n.t('Move it to before `{0}`', statement.text), edits, safe: false }
          : undefined,
    };
  });
}

/** A call that is a whole statement and whose value nobody keeps. */
function isPlain(node: Node): boolean {
  return isWholeStatement(node) && node.parent?.type === 'expression_statement';
}

function siblings(node: Node, other: Node): boolean {
  return statementAround(node).parent?.id === other.parent?.id;
}
