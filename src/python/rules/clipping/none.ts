/**
 * FC101 No gradient clipping.
 *
 * Source: the seed document (one explosive batch throws the weights away; 1.0 for transformers). Of 131 real configs 78
 * have no clip key, so its absence is normal: never more than a remark, and that only where exploding gradients are
 * usual (recurrent networks, transformers).
 */
import * as l10n from '@vscode/l10n';
import { clipping } from '../../clipping/plan';
import { isTransformer } from '../../dropout/values';
import { isOffArgument, trainingArguments } from '../../huggingFace';
import { oncePer } from '../../model/once';
import { argument } from '../../model/call';
import type { Script } from '../../model/script';
import { isReinforcement } from '../../model/subject';
import { plannedFix, type CodeRule } from '../rule';

export const noClipping: CodeRule = {
  code: 'FC101',
  title: 'No gradient clipping',
  words: /\bstep\s*\(|Trainer|compile\s*\(|optax|TrainingArguments|Config\s*\(|Learner|\bupdate\s*\(/,
  check(script) {
    if (!readsData(script)) return [];
    const severity = needsIt(script) ? 'info' : 'hint';
    return clipping.propose(script).flatMap(({ anchor, outcome }) => {
      const fix = plannedFix(outcome);
      if (!fix) return [];
      const off = 'edits' in outcome && outcome.switchesOn;
      const message = off
        ? l10n.t(
            'Gradient clipping is switched off here: one bad batch can throw the weights away. Clip their norm at 1.0.',
          )
        : l10n.t(
            'Gradients are not clipped here: one bad batch can throw the weights away. Clip their norm at 1.0.',
          );
      return [{ at: anchor, severity, message, fix }];
    });
  },
};

/** A loop over batches, a loader, or a trainer that has one. */
const readsData = oncePer(({ text: { source }, calls, updatePoints }: Script): boolean => {
  if (/loader|dataset|batch|iter\b/i.test(source)) return true;
  return updatePoints.length === 0 && calls.some(({ name }) => /^(fit|train)$/.test(name));
});

/** Recurrent networks and transformers, unless SGD trains them or an agent does. */
const needsIt = oncePer((script: Script): boolean => {
  if (isReinforcement(script) || script.optimizers.some(({ className }) => className === 'SGD')) return false;
  const recurrent = script.calls.some(({ path }) => /^(torch\.nn|keras\.layers)\.(LSTM|GRU|RNN)$/.test(path));
  const language = script.calls.some(({ name, path }) =>
    /^AutoModelFor\w*LM$/.test(path.split('.').at(-2) ?? name),
  );
  const switched = trainingArguments(script).some((call) => isOffArgument(argument(call, 'max_grad_norm')));
  return recurrent || language || switched || isTransformer(script);
});
