import type { TextEdit } from '../../remedies/textEdit';
import { addItem } from '../edit/arguments';
import { addDefinition } from '../edit/definition';
import { insertAfter, insertAfterNode, insertBeforeNode, replaceNode } from '../edit/insert';
import { reach, reachTorch } from '../edit/reach';
import type { Reached } from '../edit/imports';
import type { Call } from '../model/call';
import { importsModule } from '../model/framework';
import type { Module } from '../model/modules';
import { bodyOf, isBroken, parameterNames, parts } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { branches } from './residual';
import { RATE } from './values';

/** Whether a block is of a transformer: by attention or a layer norm. */
export function isTransformerBlock({ node, name }: Module): boolean {
  return /attention|attn|LayerNorm|RMSNorm/i.test(node.text) || /Transformer/.test(name);
}

/** A drop of the residual branches of a block, whose rate rises linearly over the blocks. */
export function dropInBlock(module: Module, script: Script): Proposal[] {
  const { init, node, name } = module;
  const found = module.library === 'torch' ? branches(module) : [];
  if (found.length === 0 || !init) return [];
  const anchor = node.childForFieldName('name') ?? node;
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  if (node.hasError || isBroken(node)) return no(`the code of class ${name} has a syntax error`);
  if (/drop_?path|stochastic_?depth|drop_connect/i.test(script.text.source))
    return no('paths are dropped already, by the names here');
  const attention = /MultiheadAttention\(/.test(node.text) && !/batch_first\s*=\s*True/.test(node.text);
  if (attention)
    return no(
      `the attention of ${name} has its samples in the second dimension: pass batch_first=True first, or whole positions would be dropped`,
    );
  if (/revers/i.test(node.text))
    return no(`${name} is reversible: what is dropped must be drawn anew in its backward pass`);
  const made = script.calls.filter((call) => call.on === null && call.name === name);
  const row = made.length === 1 ? rowOf(made[0]!) : null;
  if (!row)
    return no(
      `the blocks of ${name} are not made in one list over range(depth): give each a rate that rises linearly to ${RATE}, and drop its branch with it before the addition`,
    );
  const parameters = init.childForFieldName('parameters')!;
  if (parameterNames(init)[0] !== 'self' || /\*/.test(parameters.text))
    return no(`__init__ of ${name} takes any arguments: it is not clear how to hand it a rate`);
  const last = bodyOf(init).at(-1)!;
  const layer = dropLayer(script);
  const line = insertAfter(last, [`self.drop_path = ${layer.code}`], script.text);
  if (!line) return no(`__init__ of ${name} has no place for another layer`);
  const variable = row.variable.text === '_' ? 'i' : row.variable.text;
  if (variable === 'i' && row.variable.text === '_' && /\bi\b/.test(made[0]!.node.text))
    return no(`the list of the blocks of ${name} uses i for something else`);
  const rate = `drop_path=${RATE} * ${variable} / max(${row.depth} - 1, 1)`;
  const edits: TextEdit[] = [
    ...layer.edits,
    ...addItem(parameters, 'drop_path=0.0', script.text),
    line,
    ...found.flatMap((branch) => [insertBeforeNode(branch, 'self.drop_path('), insertAfterNode(branch, ')')]),
    ...addItem(made[0]!.node.childForFieldName('arguments')!, rate, script.text),
    ...(row.variable.text === variable ? [] : [replaceNode(row.variable, variable)]),
  ];
  return [
    {
      anchor,
      outcome: {
        edits,
        value: RATE,
        title: `Drop the ${found.length === 1 ? 'residual branch' : `${found.length} residual branches`} of \`${name}\` at a rate rising to ${RATE} over the blocks`,
        notes: ['Call model.eval() before you validate: all branches are kept there.'],
      },
    },
  ];
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

/** The layer of the library that the file uses, or a small class of its own. */
function dropLayer(script: Script): { code: string; edits: TextEdit[] } {
  if (importsModule(script, 'timm')) {
    const { name, edits } = reach('timm.layers.DropPath', script);
    return { code: `${name}(drop_path)`, edits };
  }
  if (importsModule(script, 'torchvision')) {
    const { name, edits } = reach('torchvision.ops.StochasticDepth', script);
    return { code: `${name}(drop_path, mode=${script.text.quote}row${script.text.quote})`, edits };
  }
  const base = reachTorch('torch.nn.Module', script);
  return {
    code: 'DropPath(drop_path)',
    edits: [...base.edits, addDefinition(helperClass(base, script), script)],
  };
}

function helperClass({ name }: Reached, { text: { indent, eol } }: Script): string {
  const lines = [
    [0, `class DropPath(${name}):`],
    [1, '"""Leaves out the residual branch of random samples while training (stochastic depth)."""'],
    [0, ''],
    [1, 'def __init__(self, p):'],
    [2, 'super().__init__()'],
    [2, 'self.p = p'],
    [0, ''],
    [1, 'def forward(self, x):'],
    [2, 'if self.p == 0.0 or not self.training:'],
    [3, 'return x'],
    [2, 'shape = (x.shape[0],) + (1,) * (x.ndim - 1)'],
    [2, 'return x * x.new_empty(shape).bernoulli_(1 - self.p) / (1 - self.p)'],
  ] as const;
  return lines.map(([depth, line]) => (line === '' ? '' : indent.repeat(depth) + line) + eol).join('');
}
