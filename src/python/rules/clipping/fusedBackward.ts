/**
 * FC105 Clipping with an optimizer that steps in backward.
 *
 * Where a hook steps as each gradient is made and frees it, no gradient is left for a clip to bound. Source: torchtune,
 * whose recipes raise when both are set. A script that chooses between the two is left alone.
 */
import * as l10n from '@vscode/l10n';
import { parts } from '../../model/nodes';
import type { Script } from '../../model/script';
import { isConditional } from '../around';
import { lineOf, type CodeRule } from '../rule';
import { clipsOf } from './clips';

export const clipAfterFusedStep: CodeRule = {
  code: 'FC105',
  title: 'Clipping with an optimizer that steps in backward',
  words: /register_post_accumulate_grad_hook/,
  check(script) {
    const hook = script.calls.find(
      (call) => call.name === 'register_post_accumulate_grad_hook' && !isConditional(call.node),
    );
    const given = hook?.args()[0]?.value;
    if (!hook || !given || !stepsIn(given.text, script)) return [];
    return clipsOf(script)
      .filter(
        ({ node }) =>
          !isConditional(node) &&
          script.updatePoints.every(({ scope }) => isHook(scope.childForFieldName('name')?.text, given.text)),
      )
      .map(({ node }) => ({
        at: node,
        severity: 'error' as const,
        message: l10n.t(
          'The optimizer steps inside backward (the hook in line {0}), so no gradient is left to clip here. Drop the clip or the hook.',
          lineOf(hook.node),
        ),
      }));
  },
};

/** Whether a hook, given by name or written out, takes steps. */
function stepsIn(given: string, { functions }: Script): boolean {
  if (/\.step\(/.test(given)) return true;
  return functions.some(
    (fn) =>
      isHook(fn.childForFieldName('name')?.text, given) && /\.step\(/.test(fn.text) && parts(fn).length > 0,
  );
}

function isHook(name: string | undefined, given: string): boolean {
  return name !== undefined && new RegExp(`(^|[.(])${name}\\b`).test(given);
}
