/**
 * FC704 Labels are smoothed twice.
 *
 * Source: timm: its Mixup smooths the targets (by 0.1 unless told), and the loss that goes with it does not; the Hugging
 * Face Trainer computes a smoothed loss of its own. `label_smoothing` of DPO is another thing.
 */
import * as l10n from '@vscode/l10n';
import { inOtherBranch } from '../../clipping/indirect';
import { trainingArguments } from '../../huggingFace';
import { removeArgument } from '../../edit/remove';
import { argument, type Call } from '../../model/call';
import { enclosingFunction, numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { lineOf, type CodeRule } from '../rule';

export const smoothedTwice: CodeRule = {
  code: 'FC704',
  title: 'Labels are smoothed twice',
  words: /label_smoothing/,
  check(script) {
    const [first] = sources(script);
    if (!first || /SoftTargetCrossEntropy/.test(script.text.source)) return [];
    return script.losses
      .filter(
        (loss) =>
          /CrossEntropyLoss$|\.cross_entropy$/.test(loss.path) && isSmoothing(loss, 'label_smoothing', 0),
      )
      .filter((loss) => !inOtherBranch(loss.node, first.call.node) && !evaluates(loss))
      .map((loss) => ({ loss, given: argument(loss, 'label_smoothing')! }))
      .map(({ loss, given }) => ({
        at: given.node,
        severity: 'warning' as const,
        message: l10n.t(
          '{0} in line {1} smooths the labels already. Smooth them once: drop label_smoothing in one of the two.',
          first.what,
          lineOf(first.call.node),
        ),
        fix: {
          title: l10n.t('Take label_smoothing out of the loss'),
          edits: removeArgument(loss, given, script.text),
          safe: false,
        },
      }));
  },
};

function sources(script: Script): { call: Call; what: string }[] {
  const mixups = script.calls.filter(
    (call) => /^timm\.(\w+\.)*Mixup$/.test(call.path) && isSmoothing(call, 'label_smoothing', 0.1),
  );
  const own = script.functions.some((fn) => fn.childForFieldName('name')?.text === 'compute_loss');
  const trainers = own
    ? trainingArguments(script).filter(
        (call) => !/DPO|KTO|CPO|ORPO/.test(call.name) && isSmoothing(call, 'label_smoothing_factor', 0),
      )
    : [];
  return [
    ...mixups.map((call) => ({ call, what: 'Mixup' })),
    ...trainers.map((call) => ({ call, what: 'label_smoothing_factor' })),
  ];
}

/** Whether a call smooths by a number that is written out, or by default. */
function isSmoothing(call: Call, name: string, byDefault: number): boolean {
  const given = argument(call, name);
  return (given ? (numberOf(given.value) ?? 0) : byDefault) > 0;
}

function evaluates({ node }: Call): boolean {
  return /^(val|test|eval)/.test(enclosingFunction(node)?.childForFieldName('name')?.text ?? '');
}
