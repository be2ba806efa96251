/**
 * FC111 Clip bound suspicious.
 *
 * Source: the seed document (1.0); YOLO and wav2vec take 10, reinforcement learning 0.5, so what is outside 0.1 to 10
 * is a remark at most. Run with PyTorch: 0 zeroes every gradient, a negative bound turns them around. In the arguments
 * of a Trainer 0 means "off".
 */
import * as l10n from '@vscode/l10n';
import { setArgument } from '../../edit/arguments';
import { trainingArguments } from '../../huggingFace';
import { argument, type Argument } from '../../model/call';
import { numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule, Found } from '../rule';
import { clipsOf } from './clips';

/** A bound from here on measures the norm and is not meant to clip. */
const MEASURES = 1000;

export const clipBoundInCode: CodeRule = {
  code: 'FC111',
  title: 'Clip bound suspicious',
  words: /clip|max_grad_norm/,
  check: (script) => bounds(script).flatMap(({ bound, zero, how }) => judge(bound, zero, how)),
};

interface Bound {
  bound: Argument;
  /** What 0 does there. */
  zero: 'clears' | 'off';
  how: 'norm' | 'value';
}

function bounds(script: Script): Bound[] {
  const calls = clipsOf(script).flatMap(({ bound, how, by }): Bound[] =>
    bound ? [{ bound, how, zero: by === 'torch' ? 'clears' : 'off' }] : [],
  );
  const given = [
    ...trainingArguments(script).map((call) => argument(call, 'max_grad_norm')),
    ...script.calls
      .filter(({ path }) => path === 'lightning.Trainer')
      .filter((call) => !/value/.test(argument(call, 'gradient_clip_algorithm')?.value.text ?? ''))
      .map((call) => argument(call, 'gradient_clip_val')),
    ...script.optimizers
      .filter(({ kind }) => kind === 'keras')
      .flatMap(({ call }) => [argument(call, 'clipnorm'), argument(call, 'global_clipnorm')]),
  ];
  return [
    ...calls,
    ...given.flatMap((bound): Bound[] => (bound ? [{ bound, zero: 'off', how: 'norm' }] : [])),
  ];
}

function judge(bound: Argument, zero: Bound['zero'], how: Bound['how']): Found[] {
  const value = numberOf(bound.value);
  if (value === null || value >= MEASURES || (value === 0 && zero === 'off')) return [];
  const usual = value >= 0.1 && value <= 10;
  if (usual || (how === 'value' && value >= 0)) return [];
  const why =
    value < 0
      ? l10n.t('a negative bound turns every gradient around')
      : value === 0
        ? l10n.t(
            'it sets every gradient to zero, so nothing is learned; leave the call out to switch clipping off',
          )
        : value > 10
          ? l10n.t('a bound this high clips almost nothing')
          : l10n.t('a bound this low clips almost every step');
  return [
    {
      at: bound.value,
      severity: value < 0 ? 'error' : value === 0 ? 'warning' : 'info',
      message: l10n.t(
        'The clip bound is {0}: {1}. Usual is 1.0 (0.5 in reinforcement learning, 10 in some vision trainers).',
        bound.value.text,
        why,
      ),
      fix: { title: l10n.t('Set the clip bound to 1.0'), edits: [setArgument(bound, '1.0')], safe: false },
    },
  ];
}
