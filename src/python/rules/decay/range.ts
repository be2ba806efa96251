/**
 * FC206 Weight decay out of range.
 *
 * Source: the seed document (0.01 to 0.1 for transformers, decoupled); 1e-4 to 5e-4 with SGD, where the decay is a part
 * of the gradient. Vision transformers are published with up to 0.3, so only more than that is a warning.
 */
import * as l10n from '@vscode/l10n';
import { replaceNode } from '../../edit/insert';
import { trainingArguments } from '../../huggingFace';
import { argument, type Call } from '../../model/call';
import { numberOf, parts, stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import type { CodeRule, Found } from '../rule';
import { trainsSingleValues } from './scalars';

const SGD_MAX = 0.01;
const ADAMW_MAX = 0.3;
const TINY = 1e-6;

export const decayRangeInCode: CodeRule = {
  code: 'FC206',
  title: 'Weight decay out of range',
  words: /weight_decay/,
  check: (script) => decays(script).flatMap(judge),
};

interface Decay {
  value: Node;
  sgd: boolean;
  /** Whether a negative one raises: PyTorch's optimizers do, others compute with it. */
  raises: boolean;
}

/** Every decay that is written out for an optimizer whose usual values are known. */
function decays(script: Script): Decay[] {
  const own = script.optimizers.flatMap((one): Decay[] => {
    const { call, className, params, kind } = one;
    if (kind === 'unknown' || trainsSingleValues(one)) return [];
    if (!/^(SGD|Adam|AdamW|NAdam|RAdam|Nadam)$/.test(className)) return [];
    const given = kind === 'torch' ? argument(call, 'weight_decay', 4) : argument(call, 'weight_decay');
    const grouped = params?.type === 'list' ? parts(params).flatMap(groupDecay) : [];
    const sgd = className === 'SGD' && kind === 'torch';
    return [
      ...(given ? [{ value: given.value, sgd, raises: kind === 'torch' }] : []),
      // What a group says is not checked.
      ...grouped.map((value) => ({ value, sgd, raises: false })),
    ];
  });
  const decayOf =
    (raises: boolean) =>
    (call: Call): Decay[] => {
      const value = argument(call, 'weight_decay')?.value;
      return value ? [{ value, sgd: false, raises }] : [];
    };
  const chained = script.calls.filter(({ path }) => path === 'optax.adamw');
  return [...own, ...trainingArguments(script).flatMap(decayOf(true)), ...chained.flatMap(decayOf(false))];
}

/** `{"params": …, "weight_decay": 0.1}` */
function groupDecay(group: Node): Node[] {
  if (group.type !== 'dictionary') return [];
  const pair = parts(group).find((one) => stringOf(one.childForFieldName('key')) === 'weight_decay');
  return pair?.childForFieldName('value') ? [pair.childForFieldName('value')!] : [];
}

function wrong(decay: number, high: number, raises: boolean): string {
  if (decay > high) return l10n.t('far above the usual');
  if (decay >= 0) return l10n.t('as good as none');
  return raises
    ? l10n.t('a negative decay is refused, since it would make the weights grow')
    : l10n.t('a negative decay makes the weights grow');
}

function judge({ value, sgd, raises }: Decay): Found[] {
  const decay = numberOf(value);
  const high = sgd ? SGD_MAX : ADAMW_MAX;
  if (decay === null || decay === 0 || (decay >= TINY && decay <= high)) return [];
  const what = wrong(decay, high, raises);
  const usual = sgd ? l10n.t('1e-4 to 5e-4 with SGD') : l10n.t('0.01 to 0.1 with AdamW');
  const to = sgd ? '5e-4' : '0.1';
  return [
    {
      at: value,
      severity: decay < 0 ? 'error' : decay > high ? 'warning' : 'hint',
      message: l10n.t('weight_decay is {0}: {1}. Usual: {2}.', value.text, what, usual),
      fix: {
        title: l10n.t('Set weight_decay to {0}', to),
        edits: [replaceNode(value, to)],
        safe: decay < 0 && raises,
      },
    },
  ];
}
