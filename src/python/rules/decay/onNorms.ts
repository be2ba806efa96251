/**
 * FC201 Decay on biases and norm parameters.
 *
 * Source: the seed document ("Don't apply to biases or normalization parameters"). 62 flat AdamW calls in ten well-known repositories
 * do without, so it is a remark and never a warning.
 */
import * as l10n from '@vscode/l10n';
import { decayTorch } from '../../decay/torch';
import { groupsOf } from '../../decay/groups';
import { argument, hasSplat } from '../../model/call';
import { numberOf } from '../../model/nodes';
import { modelOfParameters, modelOfTrainable, type Optimizer } from '../../model/optimizers';
import { unsuitable } from '../../decay/unsuitable';
import type { Script } from '../../model/script';
import { normLayers, trainsAdapters } from '../networks';
import { plannedFix, type CodeRule } from '../rule';

/** Classes that decay by 0.01 when nothing is said. Source: their signatures. */
const byDefault = /^(AdamW|AdamW8bit|PagedAdamW\w*)$/;

export const decayOnNorms: CodeRule = {
  code: 'FC201',
  title: 'Decay on biases and norm parameters',
  words: /AdamW|SGD|Lion/,
  check(script) {
    if (normLayers(script).length === 0 || trainsAdapters(script)) return [];
    return script.optimizers.flatMap((one) => {
      const decay = decayOf(one, script);
      if (decay === null) return [];
      const planned = one.className === 'SGD' ? undefined : plannedFix(decayTorch(one, script).outcome);
      return [
        {
          at: one.call.node,
          severity: 'info' as const,
          message: l10n.t(
            'Weight decay {0} is on all parameters here, biases and norm parameters included. Give those a group with weight_decay 0.0.',
            decay,
          ),
          fix: planned,
        },
      ];
    });
  },
};

/** The decay of an optimizer that gets all parameters of a model at once; null where it has none, or groups. */
function decayOf(one: Optimizer, script: Script): string | null {
  const { call, className, params, kind } = one;
  if (!/^(AdamW\w*|PagedAdamW\w*|SGD|Lion\w*)$/.test(className) || kind !== 'torch') return null;
  if (!modelOfParameters(params) && !modelOfTrainable(params)) return null;
  if (hasSplat(call) || groupsOf(one, script) !== 'none' || unsuitable(one, script) !== null) return null;
  const given = argument(call, 'weight_decay', 4);
  if (!given) return byDefault.test(className) ? '0.01' : null;
  const value = numberOf(given.value);
  // A name may hold 0.
  return value !== null && value > 0 ? given.value.text : null;
}
