/**
 * FC114 Clipping that Lightning refuses.
 *
 * Source: Lightning's own checks: `gradient_clip_val` of the Trainer raises with manual optimization, clipping by norm
 * raises under its FSDP precision, and `clip_gradients` raises with another bound than the Trainer's.
 */
import * as l10n from '@vscode/l10n';
import { manualModule } from '../../clipping/lightning';
import { isOff } from '../../clipping/already';
import { removeArgument } from '../../edit/remove';
import { argument, type Call } from '../../model/call';
import { numberOf, stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { lineOf, type CodeRule, type Found } from '../rule';

export const lightningClip: CodeRule = {
  code: 'FC114',
  title: 'Clipping that Lightning refuses',
  words: /gradient_clip_val/,
  check: (script) =>
    script.calls.filter(({ path }) => path === 'lightning.Trainer').flatMap((call) => conflict(call, script)),
};

function conflict(call: Call, script: Script): Found[] {
  const bound = argument(call, 'gradient_clip_val');
  if (!bound || isOff(bound.value)) return [];
  const modules = script.modules.filter(({ library }) => library === 'lightning');
  const error = (message: string, fix?: Found['fix']): Found[] => [
    { at: bound.node, severity: 'error', message, fix },
  ];
  if (modules.length === 1 && manualModule(script))
    return error(
      l10n.t(
        '{0} raises with manual optimization. Drop it, and call self.clip_gradients before the step in {1}.',
        bound.node.text,
        modules[0]!.name,
      ),
      {
        title: l10n.t('Remove `{0}`', bound.node.text),
        edits: removeArgument(call, bound, script.text),
        safe: false,
      },
    );
  const strategy = argument(call, 'strategy')?.value;
  const algorithm = argument(call, 'gradient_clip_algorithm')?.value;
  const byNorm = !algorithm || stringOf(algorithm) === 'norm';
  const sharded =
    /^fsdp/i.test(stringOf(strategy) ?? '') || /(^|\.)FSDPStrategy\(/.test(strategy?.text ?? '');
  if (byNorm && sharded)
    return error(
      l10n.t(
        'Clipping by norm raises under the FSDP strategy. Use gradient_clip_algorithm="value", or clip in the module\'s configure_gradient_clipping.',
      ),
    );
  const [own] = script.calls.filter((one) => one.name === 'clip_gradients' && one.receiver?.text === 'self');
  const other = own && argument(own, 'gradient_clip_val')?.value;
  const [a, b] = [numberOf(bound.value), numberOf(other)];
  if (modules.length === 1 && own && a !== null && b !== null && a !== b)
    return error(
      l10n.t(
        'The Trainer clips at {0} and clip_gradients in line {1} at {2}: Lightning raises on two bounds. Give one of them.',
        a,
        lineOf(own.node),
        b,
      ),
    );
  return [];
}
