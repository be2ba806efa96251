import type { TextEdit } from '../../remedies/textEdit';
import { indentOf, insertBefore, replaceNode } from '../edit/insert';
import { assignmentsTo } from '../model/assignments';
import { addedGroups } from '../model/groups';
import { enclosingFunction, parts, spelled, statementAround, stringOf } from '../model/nodes';
import { oncePer } from '../model/once';
import { isEvaluatedApart, modelOfParameters, modelOfTrainable, type Optimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Whether an optimizer gets groups: ones that set their decay, others, or none that can be seen. */
export function groupsOf(optimizer: Optimizer, script: Script): 'set' | 'other' | 'none' {
  const { params, target } = optimizer;
  const added = addedGroups(target ? spelled(target) : null, script);
  if (added.some(({ node }) => /\bweight_decay\b/.test(node.text))) return 'set';
  if (added.length > 0) return 'other';
  const list = params && writtenOut(params, script);
  const text = spelled(params ?? script.root.firstNamedChild ?? script.root);
  if (params && /group|no_?decay|param_?dicts/i.test(text) && params.type !== 'list') return 'set';
  const items = list?.type === 'list' ? parts(list) : [];
  const dicts = items.filter(({ type }) => type === 'dictionary' || type === 'call');
  const sets = dicts.some(
    (one) =>
      parts(one).some((pair) => stringOf(pair.childForFieldName('key')) === 'weight_decay') ||
      /weight_decay=/.test(one.text),
  );
  if (sets) return 'set';
  // What an empty list is filled with later may be anything.
  if (list && /^(\[\]|list\(\))$/.test(spelled(list))) return 'other';
  return items.some(({ type }) => type === 'dictionary') ? 'other' : 'none';
}

/** The expression behind a name, or the node itself. */
export function writtenOut(node: Node, script: Script): Node | null {
  return node.type === 'identifier' ? lastValue(node, script) : node;
}

function lastValue(name: Node, { assignments }: Script): Node | null {
  const scope = enclosingFunction(name);
  const found = assignmentsTo(assignments, name.text).filter(
    (one) => one.scope?.id === scope?.id && one.node.startIndex < name.startIndex,
  );
  return found.at(-1)?.value ?? null;
}

/**
 * Splits `M.parameters()` by dimension: biases, norm weights, PReLU and the like are vectors, and a rule by name
 * misses some of them.
 * @param decay what the first group decays by; null where the optimizer's own setting is it
 * @returns null where it is not just `M.parameters()`, or where there is no place for the lists
 */
export function splitGroups(
  { call, params }: Optimizer,
  decay: string | null,
  script: Script,
): { edits: TextEdit[] } | null {
  const trainable = modelOfTrainable(params);
  const model = modelOfParameters(params) ?? trainable;
  const statement = statementAround(call.node);
  const simple = /^(expression|return)_statement$/.test(statement.type) && !isEvaluatedApart(call.node);
  // FSDP of the first kind makes one long vector of all parameters: their dimensions say nothing there.
  const flat = script.wrappers.some(({ kind }) => kind === 'fsdp1');
  if (!params || !model || !simple || flat || indentOf(statement, script.text) === null) return null;
  if (countsGroups(script)) return null;
  // What is frozen now may be trained later: only a script that leaves it out by itself may go on to do so.
  const rule = trainable ? 'p.requires_grad and p.ndim' : 'p.ndim';
  const [some, none] = freeNames(script);
  const list = (name: string, test: string): string =>
    `${name} = [p for p in ${model.text}.parameters() if ${rule} ${test}]`;
  const lists = insertBefore(statement, [list(some, '>= 2'), list(none, '< 2')], script.text);
  if (!lists) return null;
  const q = script.text.quote;
  const own = decay === null ? '' : `, ${q}weight_decay${q}: ${decay}`;
  const groups = `[{${q}params${q}: ${some}${own}}, {${q}params${q}: ${none}, ${q}weight_decay${q}: 0.0}]`;
  return { edits: [lists, replaceNode(params, groups)] };
}

/**
 * Whether a script relies on the number of groups: it sets the rate of the first one by its index, or hands a
 * scheduler a list with one item for each.
 */
const countsGroups = oncePer((script: Script): boolean => {
  const { schedulers, text } = script;
  const { source } = text;
  const isList = (value: Node): boolean => writtenOut(value, script)?.type === 'list';
  const written = /param_groups\[-?\d+\](\[[^\]\n]+\]\s*[-+*/]?=(?!=)|\.update\()/.test(source);
  const named = /=\s*[\w.]+\.param_groups\[-?\d+\]\s*(#.*)?$/m.test(source);
  return written || named || schedulers.some((call) => call.args().some(({ value }) => isList(value)));
});

/** Names for the two lists that nothing else in the file says: a star import may bind any that is used. */
const freeNames = oncePer(({ text: { source } }: Script): [string, string] => {
  for (let i = 1; ; i++) {
    const end = i === 1 ? '' : i === 2 ? '_params' : `_params_${i - 1}`;
    const names: [string, string] = [`decay${end}`, `no_decay${end}`];
    if (!names.some((name) => new RegExp(`\\b${name}\\b`).test(source))) return names;
  }
});
