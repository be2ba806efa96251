import { addArgument, setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { fieldDefault, isOffArgument, parsesArguments, trainingArguments } from '../huggingFace';
import { argument, hasSplat } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { ADAPTERS, trainsAdapters } from './notes';

const DECAY = '0.01';

/** The Trainer leaves biases and norms out by itself: an argument is all it takes. */
export function decayHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call): Proposal => {
    const given = argument(call, 'weight_decay');
    if (given && !isOffArgument(given)) {
      const line = given.node.startPosition.row + 1;
      return refuse(call.node, `weight decay is on already: ${given.node.text} in line ${line}`);
    }
    if (!given && hasSplat(call)) {
      const line = call.node.startPosition.row + 1;
      return refuse(
        call.node,
        `${call.name} in line ${line} gets more arguments from elsewhere: set it there`,
      );
    }
    const edits = given
      ? [setArgument(given, DECAY)]
      : addArgument(call, `weight_decay=${DECAY}`, script.text);
    const title = `Set \`weight_decay=${DECAY}\` in \`${call.name}\``;
    const notes = trainsAdapters(script) ? [ADAPTERS] : [];
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
              title: `Set the default of \`weight_decay\` to ${DECAY} (was ${field.text})`,
            },
          }
        : refuse(field, `weight decay is ${field.text} by default already`),
    );
  }
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0) {
    return [
      refuse(script.root, 'the training arguments come from the command line: pass --weight_decay 0.01'),
    ];
  }
  return made;
}
