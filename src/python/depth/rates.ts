import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addItem } from '../edit/arguments';
import { insertAfter, replaceNode } from '../edit/insert';
import { unfitModule } from '../dropout/unfit';
import type { Call } from '../model/call';
import type { Module } from '../model/modules';
import { bodyOf, isInside, parameterNames, parts } from '../model/nodes';
import type { Script } from '../model/script';
import { RATE } from './values';

/** A layer that drops whole branches. */
export interface DropLayer {
  /** What makes one. */
  code: string;
  className: string;
  /** Where it keeps its rate. */
  attribute: string;
  edits: TextEdit[];
}

/** How the blocks of a network get rates that rise. */
export interface Rates {
  /** What the layer is made with, in `__init__` of the block. */
  rate: string;
  edits(layer: DropLayer): TextEdit[];
}

/** By an argument, where the blocks are made in one list over `range(depth)`; a reason why it can't be handed over; null without such a list. */
export function inRow({ name, init }: Module, script: Script): Rates | string | null {
  const made = script.calls.filter((call) => call.on === null && call.name === name);
  const row = made.length === 1 ? rowOf(made[0]!) : null;
  if (!row || !init) return null;
  const parameters = init.childForFieldName('parameters')!;
  if (parameterNames(init)[0] !== 'self' || /\*/.test(parameters.text))
    return l10n.t('__init__ of {0} takes any arguments: it is not clear how to hand it a rate', name);
  const variable = row.variable.text === '_' ? 'i' : row.variable.text;
  if (variable === 'i' && row.variable.text === '_' && /\bi\b/.test(made[0]!.node.text))
    return l10n.t('the list of the blocks of {0} uses i for something else', name);
  const rate = `drop_path=${RATE} * ${variable} / max(${row.depth} - 1, 1)`;
  return {
    rate: 'drop_path',
    edits: () => [
      ...addItem(parameters, 'drop_path=0.0', script.text),
      ...addItem(made[0]!.node.childForFieldName('arguments')!, rate, script.text),
      ...(row.variable.text === variable ? [] : [replaceNode(row.variable, variable)]),
    ],
  };
}

/** `[Block(…) for i in range(depth)]`, or the same in brackets or braces of another kind. */
function rowOf({ node }: Call): { variable: Call['node']; depth: string } | null {
  const list = node.parent;
  if (!list || !/^(list_comprehension|generator_expression)$/.test(list.type)) return null;
  const clauses = parts(list).filter(({ type }) => type === 'for_in_clause' || type === 'if_clause');
  const [clause] = clauses;
  const variable = clause?.childForFieldName('left');
  const range = clause?.childForFieldName('right');
  const depth = /^range\(([\w.]+)\)$/.exec(range?.text ?? '')?.[1];
  return clauses.length === 1 && variable?.type === 'identifier' && depth !== undefined
    ? { variable, depth }
    : null;
}

/**
 * By the network that makes the blocks, stage by stage (`_make_layer`): in the end of its `__init__` it has them all, in
 * the order in which they are used. Null where no one network of the file does.
 */
export function inOwner(block: Module, script: Script): Rates | null {
  const [owner, ...others] = script.modules.filter((one) => one !== block && makes(one, block, script));
  const last = owner?.init ? bodyOf(owner.init).at(-1) : undefined;
  if (!owner || others.length > 0 || !last || /\bdrops\b/.test(owner.init!.text)) return null;
  const { indent } = script.text;
  const lines = (layer: DropLayer): TextEdit | null =>
    insertAfter(
      last,
      [
        `drops = [m for m in self.modules() if isinstance(m, ${layer.className})]`,
        'for i, drop in enumerate(drops):',
        `${indent}drop.${layer.attribute} = ${RATE} * i / max(len(drops) - 1, 1)`,
      ],
      script.text,
    );
  const possible = lines({ code: '', className: '', attribute: '', edits: [] }) !== null;
  return possible ? { rate: '0.0', edits: (layer) => [lines(layer)!] } : null;
}

/** Whether a network makes the blocks: by their name, or as the class that its `block` is given. */
function makes(owner: Module, { name }: Module, script: Script): boolean {
  // What does not classify or predict (a UNet, an autoencoder) is not usually trained so.
  if (!owner.init || owner.library !== 'torch' || !/\bLinear\(/.test(owner.init.text)) return false;
  if (unfitModule(owner, script) !== null) return false;
  const inside = script.calls.filter(({ node }) => isInside(node, owner.node));
  if (inside.some((call) => call.on === null && call.name === name)) return true;
  const handed = script.calls.some((call) => call.args().some(({ value }) => value.text === name));
  return (
    handed && parameterNames(owner.init).includes('block') && inside.some((call) => call.name === 'block')
  );
}
