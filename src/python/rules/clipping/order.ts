/**
 * FC102 Clipping after the step or before backward.
 *
 * A clip bounds the gradients that are there when it is called: after the step they are used up, before backward they
 * are not made yet. Only statements of one block are compared, where the order is certain.
 */
import * as l10n from '@vscode/l10n';
import { moveBefore } from '../../edit/move';
import { numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import { isInside } from '../../model/nodes';
import { hasBackward, isWholeStatement, pointsIn, siblingsOf } from '../around';
import { lineOf, type CodeRule, type Fix } from '../rule';
import { clipsOf, type Clip } from './clips';

/** A bound from here on is there to measure the norm, not to clip. */
const MEASURES = 1000;

export const clipOrder: CodeRule = {
  code: 'FC102',
  title: 'Clipping after the step or before backward',
  words: /clip_grad/,
  check: (script) =>
    clipsOf(script).flatMap((clip) => {
      const { call, bound, node } = clip;
      const value = numberOf(bound?.value);
      if (!isWholeStatement(call.node) || (value !== null && value >= MEASURES)) return [];
      if (/\binf\b/.test(bound?.value.text ?? '')) return [];
      const after = stepBefore(clip, script);
      const early = after ? null : stepAfterBackward(clip, script);
      const step = after ?? early;
      if (!step) return [];
      const message = after
        ? l10n.t(
            'This clip comes after the step in line {0}, which has used the gradients as they were: it does nothing. Clip between backward() and the step.',
            lineOf(step.statement),
          )
        : l10n.t(
            'This clip comes before backward(), when there are no gradients of this batch yet: it does nothing. Clip between backward() and the step.',
          );
      return [{ at: node, severity: 'error' as const, message, fix: moved(clip, step, script) }];
    }),
};

/** The step of the same block that a clip comes too late for. */
function stepBefore({ statement }: Clip, script: Script): UpdatePoint | null {
  const { all, at } = siblingsOf(statement);
  const stepAt = all.findLastIndex((one, i) => i < at && pointsIn(one, script).length > 0);
  if (stepAt < 0 || all.slice(stepAt + 1).some((one) => hasBackward(one, script))) return null;
  if (all.slice(at + 1).some((one) => pointsIn(one, script).length > 0)) return null;
  const [point, ...more] = pointsIn(all[stepAt]!, script);
  const made = all.findLastIndex((one, i) => i < stepAt && hasBackward(one, script));
  if (made < 0 || more.length > 0 || point!.statement.id !== all[stepAt]!.id) return null;
  const between = all.slice(made, stepAt);
  return clipsOf(script).some((one) => between.some((part) => isInside(one.node, part))) ? null : point!;
}

/** The step of the same block that a clip comes before the only backward of. */
function stepAfterBackward({ statement }: Clip, script: Script): UpdatePoint | null {
  const { all, at } = siblingsOf(statement);
  const made = all.findIndex((one) => hasBackward(one, script));
  if (made <= at || all.slice(made + 1).some((one) => hasBackward(one, script))) return null;
  if (all.slice(0, made).some((one) => pointsIn(one, script).length > 0)) return null;
  const step = all.slice(made + 1).findIndex((one) => pointsIn(one, script).length > 0);
  if (step < 0) return null;
  const rest = all.slice(made);
  if (clipsOf(script).some((one) => rest.some((part) => isInside(one.node, part)))) return null;
  const [point] = pointsIn(all[made + 1 + step]!, script);
  return point?.statement.id === all[made + 1 + step]!.id ? point : null;
}

function moved({ statement }: Clip, { statement: step }: UpdatePoint, { text }: Script): Fix | undefined {
  const edits = moveBefore([statement], step, text);
  return edits
    ? { title: l10n.t('Move the clip to before `{0}`', step.text), edits, safe: false }
    : undefined;
}
