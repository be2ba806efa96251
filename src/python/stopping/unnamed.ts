import * as l10n from '@vscode/l10n';
import type { EpochLoop } from '../model/epochs';
import { enclosingFunction } from '../model/nodes';
import { phaseOfName } from '../model/phase';
import { callsIn, type Script } from '../model/script';
import { within } from '../model/within';
import type { Node } from '../parser';

const validation = /(^|[_."'])(val|valid|validation|dev|eval|evaluation)([_"'\]]|\d|$)/i;
/** Functions that validate; `model.eval()` does not. */
const validating =
  /(^|_)(validate|evaluate|validation|evaluation)(_|\d|$)|(^|_)(val|valid|eval)_|_(val|valid|eval)$/i;

/** What a loop does with its validation instead of giving its result a name of its own; null where it does not validate. */
export function unnamedValidation({ body, scope }: EpochLoop, script: Script): string | null {
  const own = (node: Node): boolean => enclosingFunction(node)?.id === scope?.id;
  const calls = callsIn(script, body).filter(({ node }) => own(node));
  const kept = calls.find(({ name, on }) => name === 'append' && on !== null && validation.test(on));
  if (kept)
    return l10n.t(
      'line {0} only appends the validation to {1}: give it a name first (val_loss = ..., then {1}.append(val_loss))',
      lineOf(kept.node),
      kept.on!,
    );
  const keyed = within(script.assignments, body).find(
    ({ node, target }) => own(node) && target.endsWith(']') && validation.test(target),
  );
  if (keyed)
    return l10n.t(
      'line {0} keeps the validation as {1} only: give it a name first (val_loss = ..., then {1} = val_loss)',
      lineOf(keyed.node),
      keyed.target,
    );
  const given = within(script.assignments, body).find(
    ({ node, target, value }) =>
      own(node) && value.type === 'call' && /^\w+$/.test(target) && validation.test(target),
  );
  if (given && !/loader|dataset|(^|_)(data|set|iter|batch)$/i.test(given.target))
    return l10n.t(
      'what {0} of line {1} holds is not visible by its name: take the number to watch out of it first (val_loss = ...)',
      given.target,
      lineOf(given.node),
    );
  const called = calls.find(
    ({ name, node }) =>
      validating.test(name) && phaseOfName(name) === 'validation' && !/test/i.test(argumentsOf(node)),
  );
  return called
    ? l10n.t(
        '{0} validates in line {1}, and no number comes back under a name that tells: let it return one, and keep it (val_loss = {0}(...))',
        called.name,
        lineOf(called.node),
      )
    : null;
}

function argumentsOf(call: Node): string {
  return call.childForFieldName('arguments')?.text ?? '';
}

function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}
