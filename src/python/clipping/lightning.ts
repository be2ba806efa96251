import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { addArgument, setArgument } from '../edit/arguments';
import { argument, hasSplat, type Call } from '../model/call';
import { isInside, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { isOff } from './already';
import { MAX_NORM } from './bound';

/** Automatic optimization: the bound is an argument of the Trainer, not of the module. */
export function clipInTrainer(script: Script): Proposal[] {
  const trainers = callsWhere(script, ({ path }) => path === 'lightning.Trainer');
  const manual = manualModule(script);
  if (trainers.length > 0) return trainers.map((call) => clipHere(call, manual, script));
  return script.modules
    .filter(({ library }) => library === 'lightning' && !manual)
    .map(({ node }) =>
      refuse(
        node.childForFieldName('name') ?? node,
        l10n.t('the Lightning Trainer is not made in this file: pass gradient_clip_val=1.0 where it is'),
      ),
    );
}

function clipHere(call: Call, manual: boolean, script: Script): Proposal {
  const no = (reason: string): Proposal => refuse(call.node, reason);
  const line = call.node.startPosition.row + 1;
  const bound = argument(call, 'gradient_clip_val');
  if (bound && !isOff(bound.value))
    return no(l10n.t('gradients are clipped already: {0} in line {1}', bound.node.text, line));
  if (manual) {
    return no(
      l10n.t(
        'with manual optimization the Trainer can not clip: call self.clip_gradients before the step in the module',
      ),
    );
  }
  if (hasSplat(call))
    return no(
      l10n.t('the Trainer in line {0} gets more arguments from elsewhere: set gradient_clip_val there', line),
    );
  const strategy = argument(call, 'strategy');
  if (/fsdp/i.test(stringOf(strategy?.value) ?? strategy?.value.text ?? '')) {
    return no(l10n.t('the FSDP strategy in line {0} can not clip by norm: Lightning raises there', line));
  }
  const { text } = script;
  const algorithm = `gradient_clip_algorithm=${text.quote}norm${text.quote}`;
  const more = argument(call, 'gradient_clip_algorithm') ? [] : [algorithm];
  const edits = bound
    ? [setArgument(bound, MAX_NORM)]
    : addArgument(call, [`gradient_clip_val=${MAX_NORM}`, ...more], text);
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: MAX_NORM,
      title: l10n.t('Clip gradients to norm {0} with `gradient_clip_val` of the Trainer', MAX_NORM),
    },
  };
}

/** Whether a Lightning module of the file takes its steps itself. */
export function manualModule({ modules, assignments, backwards }: Script): boolean {
  return modules.some(
    ({ library, node }) =>
      library === 'lightning' &&
      (backwards.some(({ call }) => call.name === 'manual_backward' && isInside(call.node, node)) ||
        assignments.some(
          ({ target, value, node: at }) =>
            target === 'self.automatic_optimization' && value.text === 'False' && isInside(at, node),
        )),
  );
}
