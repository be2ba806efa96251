import * as l10n from '@vscode/l10n';
import { changeNumber, wasChanged } from '../edit/changed';
import type { Argument, Call } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { sourceOf } from './source';
import { FACTOR, tenth } from './values';

/** What to tell beside the edit. */
export const afterwards = (): string =>
  l10n.t(
    'Go on from a checkpoint from before the trouble began; if the loss then only falls more slowly, the rate was not the cause.',
  );

/** A tenth of the learning rate that an argument gives, at the place where its number is written. */
export function lowerArgument(call: Call, given: Argument, script: Script): Proposal {
  const line = given.node.startPosition.row + 1;
  const source = sourceOf(given.value, script);
  if ('flag' in source) {
    const { flag, preset } = source;
    const reason =
      preset !== null && /^[\d.]+(e-?\d+)?$/i.test(preset)
        ? l10n.t(
            'the learning rate of line {0} comes from the command line: pass {1} {2} (it is {3} by default)',
            line,
            flag,
            tenth(preset),
            preset,
          )
        : l10n.t(
            'the learning rate of line {0} comes from the command line: pass {1} with a smaller value',
            line,
            flag,
          );
    return refuse(call.node, reason);
  }
  if ('unknown' in source)
    return refuse(
      call.node,
      l10n.t(
        'the learning rate of line {0} comes from {1}, which is set elsewhere: make it {2} times smaller there',
        line,
        source.unknown,
        FACTOR,
      ),
    );
  return lowerNumber(call.node, call.name, source.number, script);
}

/** A tenth of a number that is a learning rate: of an optimizer, a schedule, a setting. */
export function lowerNumber(anchor: Node, of: string, number: Node, script: Script): Proposal {
  const line = number.startPosition.row + 1;
  const value = numberOf(number);
  if (value === null || value <= 0)
    return refuse(
      anchor,
      l10n.t('the learning rate in line {0} is {1}: look there first', line, number.text),
    );
  if (wasChanged(number, script))
    return refuse(
      anchor,
      l10n.t(
        'the learning rate was lowered already: see the comment in line {0}, and train with it first',
        line,
      ),
    );
  const to = tenth(number.text);
  const edits = changeNumber(number, to, script);
  if (!edits)
    return refuse(
      anchor,
      l10n.t('line {0} goes on with a backslash: set the learning rate to {1} there by hand', line, to),
    );
  return {
    anchor: anchor,
    outcome: {
      edits,
      value: to,
      title: l10n.t('Lower the learning rate of `{0}` from {1} to {2}', of, number.text, to),
      many: (count) => l10n.t('Lower {0} learning rates to a tenth', count),
      notes: [afterwards()],
    },
  };
}
