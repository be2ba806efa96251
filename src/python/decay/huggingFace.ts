import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { fieldDefault, isOffArgument, parsesArguments, trainingArguments } from '../huggingFace';
import { argument, hasSplat } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { adapters, trainsAdapters } from './notes';

const DECAY = '0.01';

/** The Trainer leaves biases and norms out by itself: an argument is all it takes. */
export function decayHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call): Proposal => {
    const given = argument(call, 'weight_decay');
    if (given && !isOffArgument(given)) {
      const line = given.node.startPosition.row + 1;
      return refuse(call.node, l10n.t('weight decay is on already: {0} in line {1}', given.node.text, line));
    }
    if (!given && hasSplat(call)) {
      const line = call.node.startPosition.row + 1;
      return refuse(
        call.node,
        l10n.t('{0} in line {1} gets more arguments from elsewhere: set it there', call.name, line),
      );
    }
    const edits = given
      ? [setArgument(given, DECAY)]
      : addArgument(call, `weight_decay=${DECAY}`, script.text);
    const title = l10n.t('Set `weight_decay={0}` in `{1}`', DECAY, call.name);
    const notes = trainsAdapters(script) ? [adapters()] : [];
    return { anchor: call.node, outcome: { edits, value: DECAY, title, notes } };
  });
  const field = fieldDefault('weight_decay', script);
  if (field) {
    made.push(
      numberOf(field) === 0
        ? {
            anchor: field,
            outcome: {
              edits: [replaceNode(field, DECAY)],
              value: DECAY,
              title: l10n.t('Set the default of `weight_decay` to {0} (was {1})', DECAY, field.text),
            },
          }
        : refuse(field, l10n.t('weight decay is {0} by default already', field.text)),
    );
  }
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0) {
    return [
      refuse(
        script.root,
        l10n.t('the training arguments come from the command line: pass --weight_decay 0.01'),
      ),
    ];
  }
  return made;
}
