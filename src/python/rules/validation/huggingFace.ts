/**
 * FC505 What the Hugging Face early stopping needs.
 *
 * Source: transformers: EarlyStoppingCallback asserts `metric_for_best_model` ("loss" where the best model is loaded at
 * the end) and an evaluation; `load_best_model_at_end` raises unless models are saved when they are evaluated.
 */
import * as l10n from '@vscode/l10n';
import { trainingArguments } from '../../huggingFace';
import { argument, hasSplat, type Call } from '../../model/call';
import { numberOf, stringOf } from '../../model/nodes';
import { arrange } from '../../stopping/huggingFace';
import type { CodeRule } from '../rule';
import { stoppingCallback } from './stoppingCallback';

/** The title of a fix that sets all that the callback asserts on. */
export const arrangeTitle = (): string =>
  l10n.t('Evaluate and save at the same steps, and load the best model at the end');

export const earlyStoppingNeeds: CodeRule = {
  code: 'FC505',
  title: 'What the Hugging Face early stopping needs',
  words: /EarlyStoppingCallback/,
  check(script) {
    const made = trainingArguments(script);
    // Several sets of arguments: which one the callback goes with is not visible.
    const [call] = made;
    if (!call || made.length > 1 || hasSplat(call)) return [];
    if (!stoppingCallback(script)) return [];
    // What is set on the arguments later counts, too.
    if (
      /\b\w*args\.(eval\w*_strategy|metric_for_best_model|load_best_model_at_end)\s*=/.test(
        script.text.source,
      )
    )
      return [];
    const missing = needs(call);
    const arranged = arrange(call, script);
    if (missing.length === 0) return [];
    return [
      {
        at: call.callee,
        severity: 'error' as const,
        message: l10n.t('EarlyStoppingCallback raises with these arguments: {0}.', missing.join('; ')),
        fix: 'reason' in arranged ? undefined : { title: arrangeTitle(), edits: arranged.edits, safe: false },
      },
    ];
  },
};

function needs(call: Call): string[] {
  const evaluated = argument(call, 'eval_strategy') ?? argument(call, 'evaluation_strategy');
  const best = argument(call, 'load_best_model_at_end')?.value.text;
  const found: string[] = [];
  if (!evaluated && !argument(call, 'evaluate_during_training'))
    found.push(l10n.t('it needs an evaluation, set eval_strategy to "epoch" or "steps"'));
  if (!argument(call, 'metric_for_best_model') && (best === undefined || best === 'False'))
    found.push(l10n.t('it needs metric_for_best_model, such as "loss"'));
  const saved = argument(call, 'save_strategy');
  const [every, at] = [stringOf(evaluated?.value), saved ? stringOf(saved.value) : 'steps'];
  if (best !== 'True' || every === null || at === null || at === 'best' || every === 'no') return found;
  if (every !== at)
    found.push(
      l10n.t('load_best_model_at_end needs save_strategy "{0}", as in {1}', every, evaluated!.name!),
    );
  const [evals, saves] = ['eval_steps', 'save_steps'].map((name) => numberOf(argument(call, name)?.value));
  if (every === 'steps' && at === 'steps' && evals && saves && saves % evals !== 0)
    found.push(l10n.t('save_steps {0} is no multiple of eval_steps {1}', saves, evals));
  return found;
}
