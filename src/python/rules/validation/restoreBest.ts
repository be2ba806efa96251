/**
 * FC504 Best weights are not restored.
 *
 * Early stopping notices late, by its patience: without this the weights of the last epoch stay, which are worse than
 * the best. Source: keras.callbacks.EarlyStopping (`restore_best_weights` is False unless it is told); the Hugging Face
 * callback, which warns of the same.
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { trainingArguments } from '../../huggingFace';
import { argument, hasSplat } from '../../model/call';
import { stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule, Found } from '../rule';
import { earlyStoppings } from './callbacks';
import { stoppingCallback } from './stoppingCallback';

export const restoreBest: CodeRule = {
  code: 'FC504',
  title: 'Best weights are not restored',
  words: /EarlyStopping/,
  check: (script) => [...inKeras(script), ...inHuggingFace(script)],
};

/** The best weights are kept in another way: a checkpoint, or weights that are loaded again. */
const otherwise = /save_best_only\s*=\s*True|load_weights\(|best_weights\s*=|load_model\(|set_weights\(/;

function inKeras(script: Script): Found[] {
  const kept = script.text.source.replace(/restore_best_weights\s*=/g, '');
  if (otherwise.test(kept)) return [];
  return earlyStoppings(script).flatMap(({ call, library }): Found[] => {
    const given = argument(call, 'restore_best_weights', 6);
    if (library !== 'keras' || hasSplat(call) || (given && given.value.text !== 'False')) return [];
    const fix = 'restore_best_weights=True';
    return [
      {
        at: given?.node ?? call.node,
        severity: 'warning',
        message: l10n.t(
          'The weights of the last epoch stay, not the best ones: early stopping notices late. Pass {0}.',
          fix,
        ),
        fix: {
          title: l10n.t('Pass `{0}`', fix),
          edits: given ? [setArgument(given, 'True')] : addArgument(call, fix, script.text),
          safe: false,
        },
      },
    ];
  });
}

function inHuggingFace(script: Script): Found[] {
  if (!stoppingCallback(script)) return [];
  return trainingArguments(script).flatMap((call): Found[] => {
    const given = argument(call, 'load_best_model_at_end');
    if (hasSplat(call) || (given && given.value.text !== 'False')) return [];
    const evaluated = argument(call, 'eval_strategy') ?? argument(call, 'evaluation_strategy');
    const saved = argument(call, 'save_strategy');
    const [every, at] = [stringOf(evaluated?.value), stringOf(saved?.value) ?? 'steps'];
    // With another rhythm of saving the argument raises.
    const fits = every !== null && every === at && every === 'epoch';
    const fix = 'load_best_model_at_end=True';
    return [
      {
        at: given?.node ?? call.callee,
        severity: 'warning',
        message: l10n.t(
          'Early stopping without {0}: the last weights stay, not the best ones. Pass it, with save_strategy equal to eval_strategy.',
          fix,
        ),
        fix: fits
          ? {
              title: l10n.t('Pass `{0}`', fix),
              edits: given ? [setArgument(given, 'True')] : addArgument(call, fix, script.text),
              safe: false,
            }
          : undefined,
      },
    ];
  });
}
