import { argument, type Call } from '../model/call';
import { spelled, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { loadsWeights } from '../norms/pretrained';
import { refuse, type Proposal } from '../proposal';
import { stacks, type Stack } from '../stacks';
import { kindOf, spotsIn, type Stacked } from './kinds';
import { modeNote } from './modeNote';
import { moduleAround, multiplies, unfitModule, unfitName } from './unfit';
import { usualDropout } from './values';

/** Dropout after the hidden layers of `Sequential(…)`, of `model.add(…)` and of Keras' functional way. */
export function dropoutInStacks(script: Script): Proposal[] {
  return stacks(script).flatMap((stack): Proposal[] => {
    const spots = spotsIn(stack.layers.map(stacked));
    if (spots.length === 0) return [];
    const unfit = whyUnfit(stack, script);
    if (unfit !== null) return [refuse(stack.anchor, unfit)];
    // Layers behind it get a new number, and with it their weights another name.
    const loaded = loadsWeights(script);
    if (loaded !== null) return [refuse(stack.anchor, loaded)];
    const p = usualDropout('', script);
    const line = stack.anchor.startPosition.row + 1;
    if (stack.indexed) {
      return [
        refuse(stack.anchor, `layers of line ${line} are addressed by their number, which would change`),
      ];
    }
    const made = stack.reach('Dropout');
    const put = stack.put(
      spots.map((at) => stack.layers[at]!),
      () => `${made.name}(${p})`,
    );
    const edits = put && [...made.edits, ...put];
    if (!edits) return [refuse(stack.anchor, `the layers of line ${line} share their lines with other code`)];
    const after = stack.layers[spots[0]!]!.node.text;
    return [
      {
        anchor: stack.anchor,
        outcome: {
          edits,
          value: p,
          title:
            spots.length === 1
              ? `Insert \`Dropout(${p})\` after \`${after.split(/\r?\n/)[0]}\``
              : `Insert \`Dropout(${p})\` after ${spots.length} hidden layers`,
          many: (count) => `Insert \`Dropout(${p})\` into ${count} stacks of layers`,
          notes: [
            modeNote(script, ', or validation runs with dropout on.'),
            'Layers behind it get a new number: weights that were saved before do not load as they are.',
          ],
        },
      },
    ];
  });
}

/** Why a stack is not the hidden part of a classifier or regressor, or null. */
function whyUnfit({ anchor, layers }: Stack, script: Script): string | null {
  const line = anchor.startPosition.row + 1;
  const target = anchor.parent?.type === 'assignment' ? anchor.parent.childForFieldName('left') : null;
  const named = unfitName(target ? spelled(target) : null);
  if (named !== null) return named;
  const [first] = layers;
  if (!/^(torch|mlx|keras|tensorflow)\./.test(first!.path) && first!.receiver?.text !== 'nn')
    return `what ${first!.name} gives to the layers of line ${line} is not visible here`;
  const module = moduleAround(anchor, script);
  const whole = module && unfitModule(module, script);
  if (whole) return whole;
  const gate = /^(Hard)?[Ss]igmoid$/.test(layers.at(-1)!.name) && multiplies(module?.forward ?? null);
  return gate ? `the layers of line ${line} end in a sigmoid that may be a gate` : null;
}

function stacked(call: Call): Stacked {
  const given = argument(call, 'activation')?.value;
  const active = given !== undefined && !/^(linear|softmax|sigmoid)$/.test(stringOf(given) ?? '');
  return { kind: kindOf(call.name), active: active && given.type !== 'none' };
}
