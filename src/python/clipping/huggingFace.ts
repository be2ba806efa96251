import { setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { fieldDefault, parsesArguments, trainingArguments } from '../huggingFace';
import { argument } from '../model/call';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { isOff } from './already';
import { MAX_NORM } from './bound';

const BY_DEFAULT = 'the Hugging Face Trainer clips at max_grad_norm=1.0 by default';

/** The Trainer clips by itself; only a bound that is switched off is switched on again. */
export function clipInHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call): Proposal => {
    const bound = argument(call, 'max_grad_norm');
    if (!bound) return refuse(call.node, BY_DEFAULT);
    if (!isOff(bound.value)) {
      const line = bound.node.startPosition.row + 1;
      return refuse(call.node, `gradients are clipped already: ${bound.node.text} in line ${line}`);
    }
    return {
      anchor: call.node,
      outcome: {
        edits: [setArgument(bound, MAX_NORM)],
        value: MAX_NORM,
        title: `Clip gradients: set \`max_grad_norm=${MAX_NORM}\` (was ${bound.value.text})`,
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
              title: `Clip gradients: set the default of \`max_grad_norm\` to ${MAX_NORM} (was ${field.text})`,
            },
          }
        : refuse(field, `gradients are clipped already: max_grad_norm is ${field.text} by default`),
    );
  }
  if (made.length === 0 && parsesArguments(script) && script.updatePoints.length === 0) {
    return [refuse(script.root, `${BY_DEFAULT}; the launch command may change it`)];
  }
  return made;
}
