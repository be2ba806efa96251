import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument } from '../edit/arguments';
import { boundNames } from '../edit/imports';
import { indentOf, insertAfter, replaceNode } from '../edit/insert';
import { applyEdits } from '../../remedies/textEdit';
import { assignmentsTo } from '../model/assignments';
import { argument, hasSplat, type Call } from '../model/call';
import { enclosing, isBroken, isInside, numberOf, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { criterionUses, type Use } from './uses';
import { SMOOTHING } from './values';

/** `nn.CrossEntropyLoss(…)`: smoothed where only the training uses it, doubled where the validation does, too. */
export function smoothCriterion(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  const reason = unfitCall(call);
  if (reason) return no(reason);
  const assigned = assignmentAround(call.node);
  if (!assigned)
    return no(
      l10n.t('what uses the loss of line {0} is not visible here: smooth the training loss only', line),
    );
  const { target, node } = assigned;
  const others = assignmentsTo(
    script.assignments,
    target.text,
    enclosing(node, 'function_definition') ?? script.root,
  );
  if (others.filter(({ value }) => !value.text.startsWith(`${target.text}.`)).length > 1)
    return no(
      l10n.t(
        '{0} is given several values, one of them in line {1}: it is not clear which one trains',
        target.text,
        line,
      ),
    );
  const uses = criterionUses(target, script);
  const both = uses.find(({ phase }) => phase === 'both');
  if (both) return no(servesBoth(both.node));
  const unclear = uses.find(({ phase }) => phase === 'unknown');
  if (unclear)
    return no(
      l10n.t(
        'whether {0} trains or validates in line {1} is not clear: smooth the training loss only, or the validation loss is offset',
        target.text,
        unclear.node.startPosition.row + 1,
      ),
    );
  const trains = uses.filter(({ phase }) => phase === 'training');
  if (trains.length === 0)
    return no(
      smoothedElsewhere(script) ?? l10n.t('no training uses {0} of line {1} in this file', target.text, line),
    );
  return trains.length === uses.length
    ? inPlace(call, script)
    : doubled({ call, target, node, trains }, script);
}

/** Why a loss that is computed in one place for both phases is left as it is. */
export function servesBoth(node: Node): string {
  return l10n.t(
    'line {0} computes the loss of the training and of the validation: make two criteria, the one for the training with label_smoothing={1}, and choose by the phase',
    node.startPosition.row + 1,
    SMOOTHING,
  );
}

/** What is said of a training loss that is smoothed in its place. */
const higher = (): string =>
  l10n.t('Training loss ends higher than before: do not compare it with that of earlier runs.');

/** Another loss of the script may be the one that trains, and be smoothed. */
function smoothedElsewhere({ losses }: Script): string | null {
  const reasons = losses.map((call) => {
    const given = argument(call, 'label_smoothing');
    return given && numberOf(given.value) !== 0 ? unfitCall(call) : null;
  });
  return reasons.find((one) => one !== null) ?? null;
}

/** Why a cross-entropy is not to be smoothed by its own arguments, or null. */
export function unfitCall(call: Call): string | null {
  const line = call.node.startPosition.row + 1;
  if (isBroken(statementAround(call.node)))
    return l10n.t('the code around line {0} has a syntax error', line);
  const given = argument(call, 'label_smoothing');
  if (given && numberOf(given.value) !== 0)
    return l10n.t('labels are smoothed already: {0} in line {1}', given.node.text, line);
  if (argument(call, 'ignore_index'))
    return l10n.t(
      'the loss of line {0} ignores an index, as segmentation and language models do: smooth it only by their own recipe',
      line,
    );
  if (hasSplat(call))
    return l10n.t('the loss of line {0} gets more arguments from elsewhere: set label_smoothing there', line);
  return null;
}

/** The edits that smooth a call of PyTorch's cross-entropy. */
function smoothed(call: Call, script: Script): TextEdit[] {
  const given = argument(call, 'label_smoothing');
  return given
    ? [replaceNode(given.value, SMOOTHING)]
    : addArgument(call, `label_smoothing=${SMOOTHING}`, script.text);
}

/** A loss that only trains is smoothed where it stands. */
export function inPlace(call: Call, script: Script): Proposal {
  return {
    anchor: call.node,
    outcome: {
      edits: smoothed(call, script),
      value: SMOOTHING,
      title: l10n.t("Smooth the training loss's labels by {0} in `{1}`", SMOOTHING, call.callee.text),
      many: (count) => l10n.t('Smooth the labels of {0} training losses by {1}', count, SMOOTHING),
      notes: [higher()],
    },
  };
}

interface Shared {
  call: Call;
  target: Node;
  node: Node;
  trains: readonly Use[];
}

/** A criterion of its own for the training, so that the validation loss stays what it was. */
function doubled({ call, target, node, trains }: Shared, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const statement = statementAround(node);
  const short = target.text.replace(/^self\./, '');
  const name = `${target.text.startsWith('self.') ? 'self.' : ''}train_${short}`;
  const value = node.childForFieldName('right')!;
  const weighted = argument(call, 'weight', 0) !== undefined;
  const fits = indentOf(statement, script.text) !== null && value.startPosition.row === value.endPosition.row;
  if (!fits || weighted || boundNames(script).has(name))
    return refuse(
      call.node,
      l10n.t(
        'the validation uses {0} of line {1}, too: make a second loss with label_smoothing={2} for the training',
        target.text,
        line,
        SMOOTHING,
      ),
    );
  const moved = movesAfter(target, script);
  if (moved)
    return refuse(
      call.node,
      l10n.t(
        '{0} is moved in line {1} and the validation uses it, too: make a second loss with label_smoothing={2} for the training',
        target.text,
        moved.startPosition.row + 1,
        SMOOTHING,
      ),
    );
  const row = value.startPosition.row;
  const shifted = smoothed(call, script).map(({ range, newText }) => ({
    range: {
      start: { line: 0, character: range.start.character - value.startPosition.column },
      end: { line: 0, character: range.end.character - value.startPosition.column },
    },
    newText,
  }));
  const copy = applyEdits(
    script.text.lines[row]!.slice(value.startPosition.column, value.endPosition.column),
    shifted,
  );
  const added = insertAfter(statement, [`${name} = ${copy}`], script.text);
  if (!added) return refuse(call.node, l10n.t('the loss of line {0} shares its line with other code', line));
  return {
    anchor: call.node,
    outcome: {
      edits: [added, ...trains.map((use) => replaceNode(use.node, name))],
      value: SMOOTHING,
      title: l10n.t(
        "Smooth the training loss's labels by {0} in a `{1}` of its own, since the validation uses `{2}`",
        SMOOTHING,
        name,
        target.text,
      ),
      many: (count) => l10n.t('Smooth the labels of {0} training losses by {1}', count, SMOOTHING),
      notes: [l10n.t('The validation loss stays unsmoothed, so that it can be compared with earlier runs.')],
    },
  };
}

function movesAfter(target: Node, script: Script): Node | undefined {
  return script.calls.find(
    ({ name, on, node }) => /^(to|cuda)$/.test(name) && on === target.text && !isInside(target, node),
  )?.node;
}

/** The assignment whose value a loss is, `.to(device)` and `.cuda()` behind it included. */
function assignmentAround(call: Node): { target: Node; node: Node } | null {
  let value = call;
  while (
    value.parent?.type === 'attribute' &&
    /^(to|cuda)$/.test(value.parent.childForFieldName('attribute')?.text ?? '')
  ) {
    const outer = value.parent.parent;
    if (outer?.type !== 'call') return null;
    value = outer;
  }
  const node = value.parent;
  if (node?.type !== 'assignment' || node.childForFieldName('right')?.id !== value.id) return null;
  const target = node.childForFieldName('left');
  return target && /^([A-Za-z_]\w*|self\.\w+)$/.test(target.text) ? { target, node } : null;
}
