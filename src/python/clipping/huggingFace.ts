import * as l10n from '@vscode/l10n';
import { setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { fieldDefault, parsesArguments, trainingArguments } from '../huggingFace';
import { argument } from '../model/call';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { isOff } from './already';
import { MAX_NORM } from './bound';

const byDefault = (): string => l10n.t('the Hugging Face Trainer clips at max_grad_norm=1.0 by default');

/** The Trainer clips by itself; only a bound that is switched off is switched on again. */
export function clipInHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call): Proposal => {
    const bound = argument(call, 'max_grad_norm');
    if (!bound) return refuse(call.node, byDefault());
    if (!isOff(bound.value)) {
      const line = bound.node.startPosition.row + 1;
      return refuse(
        call.node,
        l10n.t('gradients are clipped already: {0} in line {1}', bound.node.text, line),
      );
    }
    return {
      anchor: call.node,
      outcome: {
        edits: [setArgument(bound, MAX_NORM)],
        value: MAX_NORM,
        switchesOn: true,
        title: l10n.t('Clip gradients: set `max_grad_norm={0}` (was {1})', MAX_NORM, bound.value.text),
      },
    };
  });
  const field = fieldDefault('max_grad_norm', script);
  if (field) {
    made.push(
      isOff(field)
        ? {
            anchor: field,
            outcome: {
              edits: [replaceNode(field, MAX_NORM)],
              value: MAX_NORM,
              switchesOn: true,
              title: l10n.t(
                'Clip gradients: set the default of `max_grad_norm` to {0} (was {1})',
                MAX_NORM,
                field.text,
              ),
            },
          }
        : refuse(field, l10n.t('gradients are clipped already: max_grad_norm is {0} by default', field.text)),
    );
  }
  if (made.length === 0 && parsesArguments(script) && script.updatePoints.length === 0) {
    return [
      refuse(
        script.root,
        l10n.t(
          'the Hugging Face Trainer clips at max_grad_norm=1.0 by default; the launch command may change it',
        ),
      ),
    ];
  }
  return made;
}
