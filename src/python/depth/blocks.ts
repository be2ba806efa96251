import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addDefinition } from '../edit/definition';
import { insertAfter } from '../edit/insert';
import { reach, reachTorch } from '../edit/reach';
import type { Reached } from '../edit/imports';
import { importsModule } from '../model/framework';
import type { Module } from '../model/modules';
import { bodyOf, isBroken } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { inOwner, inRow, type DropLayer } from './rates';
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
  if (node.hasError || isBroken(node)) return no(l10n.t('the code of class {0} has a syntax error', name));
  if (/drop_?path|stochastic_?depth|drop_connect/i.test(script.text.source))
    return no(l10n.t('paths are dropped already, by the names here'));
  const attention = /MultiheadAttention\(/.test(node.text) && !/batch_first\s*=\s*True/.test(node.text);
  if (attention)
    return no(
      l10n.t(
        'the attention of {0} has its samples in the second dimension: pass batch_first=True first, or whole positions would be dropped',
        name,
      ),
    );
  if (/revers/i.test(node.text))
    return no(l10n.t('{0} is reversible: what is dropped must be drawn anew in its backward pass', name));
  const rates = inRow(module, script) ?? inOwner(module, script);
  if (!rates)
    return no(
      l10n.t(
        'the blocks of {0} are not made in one list over range(depth), or by one network of this file: give each a rate that rises linearly to {1}, and drop its branch with it before the addition',
        name,
        RATE,
      ),
    );
  if (typeof rates === 'string') return no(rates);
  const layer = dropLayer(rates.rate, script);
  const line = insertAfter(bodyOf(init).at(-1)!, [`self.drop_path = ${layer.code}`], script.text);
  if (!line) return no(l10n.t('__init__ of {0} has no place for another layer', name));
  const edits: TextEdit[] = [
    ...layer.edits,
    line,
    ...found.flatMap((branch) => branch.dropped('self.drop_path')),
    ...rates.edits(layer),
  ];
  return [
    {
      anchor,
      outcome: {
        edits,
        value: RATE,
        title:
          found.length === 1
            ? l10n.t('Drop the residual branch of `{0}` at a rate rising to {1} over the blocks', name, RATE)
            : l10n.t(
                'Drop the {0} residual branches of `{1}` at a rate rising to {2} over the blocks',
                found.length,
                name,
                RATE,
              ),
        many: (count) => l10n.t('Drop the residual branches of {0} kinds of blocks', count),
        notes: [l10n.t('Call model.eval() before you validate: all branches are kept there.')],
      },
    },
  ];
}

/** The layer of the library that the file uses, or a small class of its own. */
function dropLayer(rate: string, script: Script): DropLayer {
  if (importsModule(script, 'timm')) {
    const { name, edits } = reach('timm.layers.DropPath', script);
    return { code: `${name}(${rate})`, className: name, attribute: 'drop_prob', edits };
  }
  if (importsModule(script, 'torchvision')) {
    const { name, edits } = reach('torchvision.ops.StochasticDepth', script);
    const mode = `mode=${script.text.quote}row${script.text.quote}`;
    return { code: `${name}(${rate}, ${mode})`, className: name, attribute: 'p', edits };
  }
  const base = reachTorch('torch.nn.Module', script);
  return {
    code: `DropPath(${rate})`,
    className: 'DropPath',
    attribute: 'p',
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
