import * as l10n from '@vscode/l10n';
import { addArgument } from '../edit/arguments';
import { commentAdded } from '../edit/changed';
import { replaceNode } from '../edit/insert';
import { argument, hasSplat, type Call } from '../model/call';
import { numberOf, parts, spelled } from '../model/nodes';
import { targetOf } from '../model/optimizers';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { countSteps, lengthen, longer, name } from './lengthen';

/** `LinearLR(opt, start_factor=0.1, total_iters=5)` warms up where it rises. */
export function lengthenLinear(call: Call, script: Script): Proposal[] {
  const start = numberOf(argument(call, 'start_factor', 1)?.value) ?? 1 / 3;
  const end = numberOf(argument(call, 'end_factor', 2)?.value) ?? 1;
  const iters = argument(call, 'total_iters', 3);
  if (start >= end || hasSplat(call)) return [];
  if (!iters) return [addIters(call, script)];
  // A name that says what it is was found by its name; another may stand for the whole run.
  if (numberOf(iters.value) === null) {
    const line = call.node.startPosition.row + 1;
    const why = l10n.t(
      'the warm-up of line {0} takes total_iters from {1}: make it longer there',
      line,
      iters.value.text,
    );
    return name.test(spelled(iters.value).split('.').at(-1)!) ? [] : [refuse(call.node, why)];
  }
  const ends = milestones(call, script);
  const own = lengthen(call.node, 'total_iters', iters.value, script);
  if (ends === null || 'reason' in own.outcome) return [own];
  if (typeof ends === 'string') return [refuse(call.node, ends)];
  return [
    {
      ...own,
      outcome: { ...own.outcome, edits: [...own.outcome.edits, replaceNode(ends, own.outcome.value!)] },
    },
  ];
}

/** Source: the default of torch.optim.lr_scheduler.LinearLR. */
const PRESET = '5';

/** `LinearLR(optimizer, start_factor=0.1)` warms up over five steps. */
function addIters(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const to = longer('total_iters', PRESET);
  if (typeof milestones(call, script) === 'string' || milestones(call, script))
    return refuse(
      call.node,
      l10n.t(
        'the warm-up of line {0} ends after {1} steps, the default, and the next schedule begins by milestones: set total_iters, and the first of them, by hand',
        line,
        PRESET,
      ),
    );
  const edits = commentAdded(
    addArgument(call, `total_iters=${to}`, script.text),
    `was ${PRESET}, the default`,
    script,
  );
  if (!edits)
    return refuse(
      call.node,
      l10n.t('line {0} goes on with a backslash: set total_iters={1} there by hand', line, to),
    );
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: to,
      title: l10n.t('Lengthen the warm-up: `total_iters` from {0}, its default, to {1}', PRESET, to),
      many: (count) => l10n.t('Lengthen {0} warm-ups', count),
      notes: [countSteps()],
    },
  };
}

/**
 * Where the schedule that follows a warm-up begins: the first of `SequentialLR(…, milestones=[500])`, which must grow with
 * it. Null without one, or where both are one name; a reason where they do not fit together.
 */
function milestones(warmup: Call, script: Script): Node | string | null {
  const target = targetOf(warmup.node);
  const sequence = script.calls.find(
    (call) =>
      /(^|\.)SequentialLR$/.test(call.path) &&
      parts(argument(call, 'schedulers', 1)?.value ?? null)[0]?.text === (target?.text ?? warmup.node.text),
  );
  if (!sequence) return null;
  const list = argument(sequence, 'milestones', 2)?.value;
  const first = parts(list?.type === 'list' ? list : null)[0];
  const iters = argument(warmup, 'total_iters', 3)?.value;
  if (first && iters && spelled(first) === spelled(iters)) return numberOf(first) === null ? null : first;
  return l10n.t(
    'the warm-up of line {0} is left by the milestones in line {1}, which say another number: make both longer by hand',
    warmup.node.startPosition.row + 1,
    sequence.node.startPosition.row + 1,
  );
}
