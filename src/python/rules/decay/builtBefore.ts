/**
 * FC211 Optimizer built before the model is changed.
 * FC909 Weights tied after the optimizer was built.
 *
 * Run with PyTorch: the optimizer holds the tensors that the model had. A layer that is put in afterwards is not
 * trained, and a weight that is replaced by another leaves an orphan behind.
 */
import * as l10n from '@vscode/l10n';
import { moveAfter } from '../../edit/move';
import { inOtherBranch } from '../../clipping/indirect';
import { assignmentsTo, type Assignment } from '../../model/assignments';
import { readCall } from '../../model/call';
import { addedGroups } from '../../model/groups';
import { enclosing, enclosingFunction, isInside, spelled, statementAround } from '../../model/nodes';
import { oncePer } from '../../model/once';
import { modelOfParameters, modelOfTrainable, type Optimizer } from '../../model/optimizers';
import type { Script } from '../../model/script';
import { within } from '../../model/within';
import { lineOf, type CodeRule, type Fix, type Found } from '../rule';

interface Change {
  optimizer: Optimizer;
  model: string;
  assignment: Assignment;
  kind: 'layer' | 'tie' | 'adapter';
}

export const builtBefore: CodeRule = {
  code: 'FC211',
  title: 'Optimizer built before the model is changed',
  words: /optim|Adam|SGD/,
  check: (script) =>
    changes(script)
      .filter(({ kind }) => kind !== 'tie')
      .map((one) => found(one, 'warning', script)),
};

export const tiedAfter: CodeRule = {
  code: 'FC909',
  title: 'Weights tied after the optimizer was built',
  words: /\.weight\s*=[^=]/,
  check: (script) =>
    changes(script)
      .filter(({ kind }) => kind === 'tie')
      .map((one) => found(one, 'error', script)),
};

const changes = oncePer((script: Script): readonly Change[] =>
  script.optimizers.flatMap((optimizer) => changesAfter(optimizer, script)),
);

function changesAfter(optimizer: Optimizer, script: Script): Change[] {
  const { call, params, target } = optimizer;
  const model = modelOfParameters(params) ?? modelOfTrainable(params);
  if (!model || !target || addedGroups(spelled(target), script).length > 0) return [];
  const name = spelled(model);
  const scope = enclosingFunction(call.node);
  const around = scope ? within(script.assignments, scope) : script.assignments;
  // Its scope is looked for last: that takes a walk through the tree.
  const later = around.filter(
    (one) =>
      (one.target === name || one.target.startsWith(`${name}.`)) &&
      one.node.startIndex > call.node.endIndex &&
      one.scope?.id === scope?.id,
  );
  const rebuilt = assignmentsTo(script.assignments, spelled(target)).filter(
    ({ node }) => node.startIndex > call.node.endIndex,
  );
  return later.flatMap((assignment): Change[] => {
    const kind = kindOf(assignment, name, script);
    const { node } = assignment;
    if (
      !kind ||
      inOtherBranch(node, call.node) ||
      rebuilt.some((one) => one.node.startIndex > node.startIndex)
    )
      return [];
    // In a loop that begins after the optimizer, and in one of another class, it may be another model.
    const loop = enclosing(node, 'for_statement', 'while_statement', 'class_definition');
    return loop && !isInside(call.node, loop) ? [] : [{ optimizer, model: name, assignment, kind }];
  });
}

/** Layers of PyTorch that have weights. */
const trained =
  /^torch\.nn\.(\w*(Linear|Conv\w*\dd|BatchNorm\dd|LayerNorm|GroupNorm|RMSNorm|Embedding\w*|LSTM|GRU|RNN|PReLU|MultiheadAttention)|Transformer\w*|Parameter|Sequential|ModuleList)$/;

/** What an assignment does to a model of a name; null where that keeps its tensors. */
function kindOf({ target, value }: Assignment, model: string, script: Script): Change['kind'] | null {
  const call = value.type === 'call' ? readCall(value, script.imports) : null;
  if (target === model) return call?.name === 'get_peft_model' ? 'adapter' : null;
  if (!target.startsWith(`${model}.`)) return null;
  const path = spelled(value);
  if (/\.weight$/.test(target) && path.startsWith(`${model}.`) && /\.weight$/.test(path)) return 'tie';
  const own = script.modules.some(({ name, library }) => library === 'torch' && name === call?.path);
  return call && (own || trained.test(call.path)) ? 'layer' : null;
}

function found(change: Change, severity: Found['severity'], script: Script): Found {
  const { optimizer, assignment } = change;
  return {
    at: assignment.node,
    severity,
    message: messageOf(change),
    fix: moved(optimizer, assignment, script),
  };
}

function messageOf({ kind, model, optimizer }: Change): string {
  const line = lineOf(optimizer.call.node);
  if (kind === 'tie')
    return l10n.t(
      'This ties weights of `{0}` after its optimizer was built in line {1}. The optimizer goes on with the tensor that was replaced. Build the optimizer afterwards.',
      model,
      line,
    );
  return kind === 'adapter'
    ? l10n.t(
        'This puts adapters into `{0}` after its optimizer was built in line {1}. What is new in it is not trained. Build the optimizer afterwards.',
        model,
        line,
      )
    : l10n.t(
        'This changes `{0}` after its optimizer was built in line {1}. What is new in it is not trained. Build the optimizer afterwards.',
        model,
        line,
      );
}

/** The optimizer's line moves down, where nothing in between says its name. */
function moved({ call, target }: Optimizer, { node }: Assignment, { text }: Script): Fix | undefined {
  const statement = statementAround(call.node);
  const to = statementAround(node);
  if (statement.parent?.id !== to.parent?.id) return undefined;
  const between = text.source.slice(statement.endIndex, to.endIndex);
  const name = target!.text.replace(/[.]/g, '\\.');
  if (new RegExp(`\\b${name}\\b`).test(between)) return undefined;
  const edits = moveAfter([statement], to, text);
  return edits ? { title: l10n.t('Build the optimizer after it'), edits, safe: false } : undefined;
}
