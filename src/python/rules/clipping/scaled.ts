/**
 * FC103 Clipping scaled gradients.
 *
 * Source: PyTorch's notes on automatic mixed precision: gradients are multiplied by the scale (65536 at first) until
 * `scaler.unscale_(optimizer)`; a bound of 1.0 before that is one of 1.5e-5. Found once in 11,063 files, and true.
 */
import * as l10n from '@vscode/l10n';
import { insertBefore } from '../../edit/insert';
import { unscaledBefore } from '../../clipping/unscaled';
import { inOtherBranch } from '../../clipping/indirect';
import { frameworkAt } from '../../model/framework';
import { lastBackward } from '../../model/lastBackward';
import { isInside, spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import { callsNamed } from '../around';
import type { CodeRule, Found } from '../rule';
import { scalerIsOff } from './scaler';
import { clipsOf, type Clip } from './clips';

export const scaledClip: CodeRule = {
  code: 'FC103',
  title: 'Clipping scaled gradients',
  words: /scaler/i,
  check: (script) =>
    script.updatePoints.flatMap((point, i) => {
      if (!point.scaler || !/^(torch|fsdp1|horovod)$/.test(frameworkAt(point, script))) return [];
      if (scalerIsOff(spelled(point.scaler), script)) return [];
      const clip = clipOf(point, script.updatePoints[i - 1], script);
      return clip ? [found(clip, point, script)] : [];
    }),
};

/** The clip between the backward and the step, of gradients that nothing has unscaled. */
function clipOf(point: UpdatePoint, before: UpdatePoint | undefined, script: Script): Clip | undefined {
  const backward = lastBackward(point, script)?.at;
  const scales = script.scalerUses.some(
    ({ action, call }) => action === 'scale' && isInside(call.node, point.scope),
  );
  if (!backward || !scales) return undefined;
  const from = Math.max(backward.startIndex, before?.statement.startIndex ?? 0);
  return clipsOf(script).find(
    ({ by, node, statement }) =>
      by === 'torch' &&
      node.startIndex > from &&
      node.endIndex <= point.statement.startIndex &&
      isInside(node, point.scope) &&
      !inOtherBranch(node, point.statement) &&
      !inOtherBranch(node, backward) &&
      unscaledBefore({ ...point, statement }, script) === 'never' &&
      // A helper of the file's own, or another optimizer's unscaling, may be for these parameters.
      !callsNamed(point.scope, /unscale/i, script),
  );
}

function found(
  { node, statement }: Clip,
  { scaler, optimizer, accumulation }: UpdatePoint,
  script: Script,
): Found {
  const unscale = `${scaler!.text}.unscale_(${optimizer.text})`;
  // On every micro-batch it would raise: there the clip has to move first (FC104).
  const early = accumulation?.type === 'if_statement' && !isInside(node, accumulation);
  const edit = early ? null : insertBefore(statement, [unscale], script.text);
  return {
    at: node,
    severity: 'error',
    message: l10n.t(
      'The gradients are still multiplied by the scale of `{0}` here, so this bound is thousands of times too low. Call `{1}` before it.',
      scaler!.text,
      unscale,
    ),
    fix: edit
      ? { title: l10n.t('Insert `{0}` before the clip', unscale), edits: [edit], safe: false }
      : undefined,
  };
}
