/**
 * FC507 Monitor and mode do not match.
 *
 * An accuracy with mode "min" keeps the worst model and stops when it gets better. Source: the defaults of Lightning
 * (mode "min") and of Hugging Face (greater is better unless the name ends in "loss").
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { trainingArguments } from '../../huggingFace';
import { argument, hasSplat, type Call } from '../../model/call';
import { stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { directionOf, isPlainScore } from '../../../findings/direction';
import type { CodeRule, Found } from '../rule';
import { checkpoints, earlyStoppings, type Watching } from './callbacks';

export const monitorMode: CodeRule = {
  code: 'FC507',
  title: 'Monitor and mode do not match',
  words: /monitor|metric_for_best_model/,
  check: (script) => [
    ...[...earlyStoppings(script), ...checkpoints(script)].flatMap((one) => inCallback(one, script)),
    ...trainingArguments(script).flatMap((call) => inArguments(call, script)),
  ],
};

function better(metric: string, right: 'min' | 'max'): string {
  return right === 'max'
    ? l10n.t('"{0}" is better when it is higher', metric)
    : l10n.t('"{0}" is better when it is lower', metric);
}

function inCallback({ call, library, monitor }: Watching, { text }: Script): Found[] {
  const given = argument(call, 'mode', library === 'keras' && call.name === 'EarlyStopping' ? 4 : -1);
  const name = stringOf(monitor?.value);
  const right = name === null ? null : directionOf(name);
  // Keras guesses the mode from the metric where it is not given.
  const mode = given ? stringOf(given.value) : library === 'lightning' && !hasSplat(call) ? 'min' : null;
  if (right === null || (mode !== 'min' && mode !== 'max') || mode === right) return [];
  if (given && isPlainScore(name!)) return [];
  const quoted = text.quote + right + text.quote;
  return [
    {
      at: given?.node ?? call.node,
      severity: 'warning',
      message: given
        ? l10n.t(
            '{0}, and the mode is "{1}": the worst model wins. Pass mode="{2}".',
            better(name!, right),
            mode,
            right,
          )
        : l10n.t(
            '{0}, and the mode is "{1}" by default: the worst model wins. Pass mode="{2}".',
            better(name!, right),
            mode,
            right,
          ),
      fix: {
        title: l10n.t('Pass `mode={0}`', quoted),
        edits: given ? [setArgument(given, quoted)] : addArgument(call, `mode=${quoted}`, text),
        safe: false,
      },
    },
  ];
}

function inArguments(call: Call, { text }: Script): Found[] {
  const metric = argument(call, 'metric_for_best_model');
  const given = argument(call, 'greater_is_better');
  const name = stringOf(metric?.value);
  const right = name === null ? null : directionOf(name);
  if (!metric || name === null || right === null || hasSplat(call)) return [];
  const greater = given ? given.value.text : name.endsWith('loss') ? 'False' : 'True';
  const wanted = right === 'max' ? 'True' : 'False';
  if (greater === wanted || !/^(True|False)$/.test(greater)) return [];
  const fix = `greater_is_better=${wanted}`;
  return [
    {
      at: given?.node ?? metric.node,
      severity: 'warning',
      message: given
        ? l10n.t(
            '{0}, and greater_is_better is {1}: the worst model is kept. Pass {2}.',
            better(name, right),
            greater,
            fix,
          )
        : l10n.t(
            '{0}, and greater_is_better is {1} by default: the worst model is kept. Pass {2}.',
            better(name, right),
            greater,
            fix,
          ),
      fix: {
        title: l10n.t('Pass `{0}`', fix),
        edits: given ? [setArgument(given, wanted)] : addArgument(call, fix, text),
        safe: false,
      },
    },
  ];
}
