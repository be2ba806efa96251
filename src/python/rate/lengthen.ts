import * as l10n from '@vscode/l10n';
import { changeNumber, wasChanged } from '../edit/changed';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';

/** What the length of a warm-up is called. */
export const name =
  /(^|_)warm_?up(_?(steps|iters|iterations|epochs|updates|batches|ratio|t|length|proportion|tokens))?$|(^|_)(n|num)_warm_?up/i;

/** What to tell beside every edit of a warm-up. */
export const countSteps = (): string =>
  l10n.t('Count optimizer steps, not batches, where gradients are accumulated.');

/** Starting values where there is no warm-up. Source: 1 to 5 % of all steps, or 500 to 2,000 steps; five epochs in vision recipes. */
export const STEPS = '500';
const starts: readonly (readonly [RegExp, string])[] = [
  [/ratio|proportion/i, '0.05'],
  [/epoch/i, '5'],
  [/./, STEPS],
];

/** From here on a share of the run is a long warm-up already. */
const LONG_SHARE = 0.1;

/** Twice the length that a number is, or why not. */
export function lengthen(anchor: Node, what: string, number: Node, script: Script): Proposal {
  const line = number.startPosition.row + 1;
  const value = numberOf(number)!;
  if (wasChanged(number, script))
    return refuse(
      anchor,
      l10n.t(
        'the warm-up was lengthened already: see the comment in line {0}, and train with it first',
        line,
      ),
    );
  if (value < 0)
    return refuse(anchor, l10n.t('the warm-up in line {0} is {1}: look there first', line, number.text));
  const share = value > 0 && value < 1;
  if (share && value >= LONG_SHARE)
    return refuse(
      anchor,
      l10n.t('the warm-up in line {0} is {1} of the run: that is long already', line, number.text),
    );
  const to = longer(what, number.text);
  const edits = changeNumber(number, to, script);
  if (!edits)
    return refuse(
      anchor,
      l10n.t('line {0} goes on with a backslash: set {1} to {2} there by hand', line, what, to),
    );
  return {
    anchor,
    outcome: {
      edits,
      value: to,
      title: l10n.t('Lengthen the warm-up: `{0}` from {1} to {2}', what, number.text, to),
      many: (count) => l10n.t('Lengthen {0} warm-ups', count),
      notes: [countSteps()],
    },
  };
}

/** Twice a length, or a usual one where it is 0. */
export function longer(what: string, text: string): string {
  const value = Number(text.replace(/_/g, ''));
  return value === 0 ? startOf(what) : String(Number((value * 2).toPrecision(12)));
}

/** A usual length, by the unit in its name. */
export function startOf(what: string): string {
  return starts.find(([pattern]) => pattern.test(what))![1];
}
