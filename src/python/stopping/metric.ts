import * as l10n from '@vscode/l10n';
import { assignmentsTo, type Assignment } from '../model/assignments';
import type { EpochLoop } from '../model/epochs';
import { enclosing, enclosingFunction, isInside, spelled } from '../model/nodes';
import { phaseOf, phaseOfName } from '../model/phase';
import { functionCalled } from '../model/functions';
import { readCall } from '../model/call';
import { callsIn, type Script } from '../model/script';
import { within } from '../model/within';
import type { Node } from '../parser';
import { directionOf } from '../../findings/direction';
import { unnamedValidation } from './unnamed';

/** A validation metric of an epoch loop: one number each epoch. */
export interface Metric {
  name: string;
  mode: 'min' | 'max';
  /** The statement after which it is whole, in a block of the loop itself. */
  last: Node;
}

const validation = /(^|_)(val|valid|validation|dev|eval|evaluation)(_|\d|$)/i;
const test = /(^|_)(test|testing)(_|\d|$)/i;

/** The metric to watch, or what is missing. */
export function validationMetric(loop: EpochLoop, script: Script): Metric | { reason: string } {
  const line = loop.node.startPosition.row + 1;
  const own = (node: Node): boolean => enclosingFunction(node)?.id === loop.scope?.id;
  const all = [...within(script.assignments, loop.body), ...within(script.augmented, loop.body)]
    .filter(({ node, target }) => own(node) && /^[A-Za-z_]\w*$/.test(target))
    .sort((a, b) => a.node.startIndex - b.node.startIndex);
  const measured = all.filter(
    (one) => isMeasured(one) && directionOf(one.target) !== null && isNumber(one.value),
  );
  const losses = measured.filter(({ target }) => directionOf(target) === 'min');
  const wanted = (losses.length > 0 ? losses : measured).at(0);
  if (!wanted) {
    const unnamed = unnamedValidation(loop, script);
    if (unnamed) return { reason: unnamed };
    const tested = all.some(({ target }) => test.test(target)) || testsOnly(loop, script);
    return {
      reason: tested
        ? l10n.t(
            'only the test set is measured in the loop of line {0}: stopping by it would choose by the test set, so split off a validation set first',
            line,
          )
        : l10n.t(
            'no validation metric is computed in the epoch loop of line {0}: compute a val_loss each epoch, with model.eval() and torch.no_grad(), first',
            line,
          ),
    };
  }
  const name = wanted.target;
  const unswitched = withoutEval(wanted, script);
  if (unswitched) return { reason: unswitched };
  const assigned = all.filter(({ target }) => target === name);
  const last = assigned.at(-1)!;
  if (assigned.every((one) => one.node.type === 'augmented_assignment'))
    return {
      reason: l10n.t('{0} is never set back in the loop of line {1}: it sums over all epochs', name, line),
    };
  const now = assigned.find((one) => isNowAndThen(one.node, loop));
  if (now)
    return {
      reason: l10n.t(
        '{0} is given its value in line {1} now and then within the batches of an epoch: validate once an epoch, after them, first',
        name,
        now.node.startPosition.row + 1,
      ),
    };
  const statement = inLoopBlock(last.node, loop);
  if (!statement)
    return {
      reason: l10n.t('{0} is computed in a place of the loop in line {1} that can not be left', name, line),
    };
  if (assignmentsTo(script.assignments, name, loop.body).some(({ value }) => value.type === 'list'))
    return { reason: l10n.t('{0} is a list, not one number an epoch', name) };
  return { name, mode: directionOf(name)!, last: statement };
}

/** A plain assignment under a condition in a loop within the epoch: it may not run at all. A loop over written phases does. */
function isNowAndThen(node: Node, { node: loop }: EpochLoop): boolean {
  if (node.type === 'augmented_assignment') return false;
  let conditional = false;
  for (let at = node.parent; at && at.id !== loop.id; at = at.parent) {
    if (/^(if_statement|match_statement)$/.test(at.type)) conditional = true;
    const right = at.type === 'for_statement' ? at.childForFieldName('right')?.type : at.type;
    if (/^(for|while)_statement$/.test(at.type) && conditional && !/^(list|tuple)$/.test(right ?? ''))
      return true;
  }
  return false;
}

const noMetric =
  /train|^best|^prev|^last|^min_|^max_|history|list|curve|loader|dataset|meter|fn$|func|criterion|losses$|accs$/i;

/** By its name, or by the function that gives it: `loss, acc = evaluate(model, val_loader)`. */
function isMeasured({ target, value }: Assignment): boolean {
  if (noMetric.test(target)) return false;
  if (validation.test(target)) return true;
  if (test.test(target) || value.type !== 'call') return false;
  const callee = value.childForFieldName('function')?.text.split('.').at(-1) ?? '';
  const given = value.childForFieldName('arguments')?.text ?? '';
  return validation.test(callee) && phaseOfName(callee) === 'validation' && !/train|test/i.test(given);
}

function isNumber(value: Node): boolean {
  return (
    !/^(list|dictionary|string|tuple|none)$/.test(value.type) &&
    !/^(\w+\.)*(AverageMeter|defaultdict)\(/.test(spelled(value))
  );
}

function testsOnly({ body }: EpochLoop, script: Script): boolean {
  return callsIn(script, body).some(({ name }) => test.test(name));
}

/** Why a metric is not to be trusted: the code that computes it is in sight, and never switches to evaluation. */
function withoutEval({ value, node, target }: Assignment, script: Script): string | null {
  const call = value.type === 'call' ? readCall(value, script.imports) : null;
  const fn = call && functionCalled(call, script);
  const switches = (scope: Node): boolean =>
    /\.eval\(\)|\.train\(False\)|\bno_grad\b|inference_mode/.test(scope.text);
  const line = node.startPosition.row + 1;
  if (fn)
    return switches(fn) || /\.eval\(\)/.test(script.text.source)
      ? null
      : l10n.t(
          '{0} in line {1} is computed without model.eval() and torch.no_grad(): add them first',
          target,
          line,
        );
  if (call) return null;
  return phaseOf(node, script) === 'validation' || /\.eval\(\)/.test(script.text.source)
    ? null
    : l10n.t(
        '{0} in line {1} is computed without model.eval() and torch.no_grad(): add them first',
        target,
        line,
      );
}

/** The statement around a node in a block that the loop itself runs, so that a `break` there ends it. */
function inLoopBlock(node: Node, { node: loop }: EpochLoop): Node | null {
  let at: Node = node;
  for (;;) {
    while (at.parent && at.parent.type !== 'block') at = at.parent;
    const block = at.parent;
    const owner = block?.parent;
    if (!block || !owner || !isInside(owner, loop)) return null;
    const around = enclosing(at, 'for_statement', 'while_statement');
    if (
      around?.id === loop.id &&
      !/^(with_statement|try_statement|finally_clause|except_clause)$/.test(owner.type)
    )
      return at;
    if (owner.id === loop.id) return at;
    at = owner;
  }
}
