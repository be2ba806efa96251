import * as l10n from '@vscode/l10n';
import { switchOff } from '../switchOff';
import { argument, type Call } from '../model/call';
import { spelled, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { loadsWeights } from '../norms/pretrained';
import { refuse, type Proposal } from '../proposal';
import { stacks, type Stack } from '../stacks';
import { kindOf, spotsIn, type Stacked } from './kinds';
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
        refuse(
          stack.anchor,
          l10n.t('layers of line {0} are addressed by their number, which would change', line),
        ),
      ];
    }
    const made = stack.reach('Dropout');
    const put = stack.put(
      spots.map((at) => stack.layers[at]!),
      () => `${made.name}(${p})`,
    );
    const edits = put && [...made.edits, ...put];
    if (!edits)
      return [refuse(stack.anchor, l10n.t('the layers of line {0} share their lines with other code', line))];
    const after = stack.layers[spots[0]!]!.node.text;
    return [
      {
        anchor: stack.anchor,
        outcome: {
          edits,
          value: p,
          title:
            spots.length === 1
              ? l10n.t('Insert `Dropout({0})` after `{1}`', p, after.split(/\r?\n/)[0]!)
              : l10n.t('Insert `Dropout({0})` after {1} hidden layers', p, spots.length),
          many: (count) => l10n.t('Insert `Dropout({0})` into {1} stacks of layers', p, count),
          notes: [
            switchOff(
              'dropout',
              stack.layers.some(({ path }) => path.startsWith('keras.')),
            ),
            l10n.t(
              'Layers behind it get a new number: weights that were saved before do not load as they are.',
            ),
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
    return l10n.t('what {0} gives to the layers of line {1} is not visible here', first!.name, line);
  const module = moduleAround(anchor, script);
  const whole = module && unfitModule(module, script);
  if (whole) return whole;
  const gate = /^(Hard)?[Ss]igmoid$/.test(layers.at(-1)!.name) && multiplies(module?.forward ?? null);
  return gate ? l10n.t('the layers of line {0} end in a sigmoid that may be a gate', line) : null;
}

function stacked(call: Call): Stacked {
  const given = argument(call, 'activation')?.value;
  const active = given !== undefined && !/^(linear|softmax|sigmoid)$/.test(stringOf(given) ?? '');
  return { kind: kindOf(call.name), active: active && given.type !== 'none' };
}
