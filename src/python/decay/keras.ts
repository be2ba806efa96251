import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { boundNames } from '../edit/imports';
import { indentOf, insertAfter, insertBefore, replaceNode } from '../edit/insert';
import { callSibling } from '../edit/rename';
import { isOldKeras, kerasClass, kerasOptimizers, type KerasOptimizer } from '../keras';
import { argument, hasSplat, type Call } from '../model/call';
import { numberOf, statementAround } from '../model/nodes';
import { targetOf } from '../model/optimizers';
import type { Script } from '../model/script';
import { refuse, type Edit, type Proposal } from '../proposal';
import { unsuitableScript } from './unsuitable';
import { KERAS_DECAY } from './values';

/** The decay of any Keras optimizer is decoupled; biases and norms are named before it is built. */
export function decayKeras(script: Script): Proposal[] {
  return kerasOptimizers(script).map((one) => {
    const line = one.node.startPosition.row + 1;
    const reason = unsuitableScript(script);
    if (reason) return refuse(one.node, reason);
    if (isOldKeras(script))
      return refuse(
        one.node,
        l10n.t('an optimizer here takes lr or decay, as before Keras 2.11: none has weight decay there'),
      );
    if (one.legacy)
      return refuse(one.node, l10n.t('legacy optimizers take no weight decay (line {0})', line));
    if (someCall(script, ({ name }) => name === 'exclude_from_weight_decay'))
      return refuse(one.node, l10n.t('weight decay is on already, with variables excluded from it'));
    return one.call ? decayCall(one, one.call, script) : decayName(one, script);
  });
}

/** `optimizer="adam"`: the string becomes a call, made before `compile`. */
function decayName({ node, className, compile }: KerasOptimizer, script: Script): Proposal {
  const better = className === 'Adam' ? 'AdamW' : className;
  const { name, edits } = kerasClass('optimizers', better, script);
  const built = `${name}(weight_decay=${KERAS_DECAY})`;
  const hoisted = compile && hoist(compile, node, built, script);
  return {
    anchor: node,
    outcome: {
      ...titled(className, better, KERAS_DECAY, hoisted !== null),
      edits: [...edits, ...(hoisted ?? [replaceNode(node, built)])],
    },
  };
}

function decayCall({ node, className, compile }: KerasOptimizer, call: Call, script: Script): Proposal {
  const line = node.startPosition.row + 1;
  const given = argument(call, 'weight_decay');
  const off = !given || given.value.type === 'none' || numberOf(given.value) === 0;
  const better = className === 'Adam' ? 'AdamW' : className;
  if (!given && hasSplat(call))
    return refuse(node, l10n.t('the optimizer in line {0} gets more arguments from elsewhere', line));
  const rename = better === className || !off ? [] : callSibling(call, better, script);
  if (!rename)
    return refuse(node, l10n.t('where {0} in line {1} comes from is not visible here', className, line));
  const alreadyOn = !off || (className === 'AdamW' && !given);
  const set = alreadyOn
    ? []
    : given
      ? [setArgument(given, KERAS_DECAY)]
      : addArgument(call, `weight_decay=${KERAS_DECAY}`, script.text);
  const excluded = exclude(node, script);
  const inline = compile && !excluded ? hoistCall(compile, call, rename, set, better, script) : null;
  if (alreadyOn && !excluded && !inline)
    return refuse(node, l10n.t('{0} decays the weights already in line {1}', className, line));
  const edits = inline ?? [...rename, ...set, ...(excluded ? [excluded] : [])];
  const value = alreadyOn ? (given?.value.text ?? KERAS_DECAY) : KERAS_DECAY;
  const words = titled(className, off ? better : className, value, (inline ?? excluded) !== null);
  const kept = alreadyOn
    ? { title: l10n.t('Keep biases and norm parameters out of the weight decay of `{0}`', className) }
    : {};
  return { anchor: node, outcome: { ...words, ...kept, edits } };
}

const variables = ['bias', 'gamma', 'beta'];

function exclusion(target: string, { text: { quote } }: Script): string {
  const names = variables.map((name) => quote + name + quote).join(', ');
  return `${target}.exclude_from_weight_decay(var_names=[${names}])`;
}

/** A line after `optimizer = …`, which comes before anything builds it. */
function exclude(node: KerasOptimizer['node'], script: Script): TextEdit | null {
  const target = targetOf(node);
  return target ? insertAfter(statementAround(node), [exclusion(target.text, script)], script.text) : null;
}

/** Moves an optimizer that is made within `compile(…)` before it, so that it has a name to exclude variables by. */
function hoist(
  compile: Call,
  node: KerasOptimizer['node'],
  built: string,
  script: Script,
): TextEdit[] | null {
  const statement = statementAround(compile.node);
  const taken = boundNames(script).has('optimizer');
  if (taken || statement.type !== 'expression_statement' || indentOf(statement, script.text) === null)
    return null;
  const before = insertBefore(
    statement,
    [`optimizer = ${built}`, exclusion('optimizer', script)],
    script.text,
  );
  return before && [before, replaceNode(node, 'optimizer')];
}

function hoistCall(
  compile: Call,
  call: Call,
  rename: readonly TextEdit[],
  set: readonly TextEdit[],
  better: string,
  script: Script,
): TextEdit[] | null {
  const text = call.node.text;
  // A call over several lines, or with a setting in its midst, stays where it is.
  if (/[\r\n]/.test(text) || (set.length > 0 && argument(call, 'weight_decay'))) return null;
  const renamed = rename.length > 0 ? call.callee.text.replace(/\w+$/, better) : call.callee.text;
  const list = text.slice(call.callee.text.length);
  const args =
    set.length === 0
      ? list
      : list.replace(/,?\s*\)$/, list === '()' ? ')' : ', )').replace(/\)$/, `weight_decay=${KERAS_DECAY})`);
  const hoisted = hoist(compile, call.node, renamed + args, script);
  // The import stays with it; the name in the call goes with the call.
  return hoisted && [...rename.slice(0, -1), ...hoisted];
}

function titled(from: string, to: string, value: string, excluded: boolean): Omit<Edit, 'edits'> {
  const title =
    from === to
      ? l10n.t('Set weight decay {0} in `{1}`', value, to)
      : l10n.t('Use `{0}` with weight decay {1} instead of `{2}`', to, value, from);
  return {
    title: excluded ? l10n.t('{0}, none on biases and norm parameters', title) : title,
    value,
    many: (count) => l10n.t('Set weight decay {0} in {1} optimizers', KERAS_DECAY, count),
    notes: excluded
      ? []
      : [l10n.t('Call exclude_from_weight_decay for biases and norms before it is built.')],
  };
}
