import * as l10n from '@vscode/l10n';
import { numberOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** Why a script's weights shrink by other means than the optimizer's argument, or null where none is seen. */
export const decaysOtherwise = oncePer((script: Script): string | null => {
  const scheduled = setsGroupDecay(script);
  if (scheduled !== null)
    return l10n.t('the script sets the weight decay of its groups itself in line {0}', scheduled);
  const byHand = shrinks(script);
  if (byHand !== null) return l10n.t('the weights shrink by hand already, in line {0}', byHand);
  const penalty = penaltyLine(script);
  return penalty === null
    ? null
    : l10n.t('a penalty on the weights is in the loss already (line {0})', penalty);
});

/** `for g in opt.param_groups: g["weight_decay"] = …` */
function setsGroupDecay({ text: { source } }: Script): number | null {
  if (!/\[["']weight_decay["']\]/.test(source)) return null;
  for (const match of source.matchAll(/([\w.]+(?:\[[^\]\n]*\])*)\[["']weight_decay["']\]\s*[-+*/]?=(?!=)/g)) {
    const group = match[1]!;
    const loops = /^\w+$/.test(group)
      ? new RegExp(`\\bfor\\b[^\\n]*\\b${group}\\b[^\\n]*\\bin\\b[^\\n]*param_groups`).test(source)
      : false;
    if (loops || group.includes('param_group')) return lineAt(source, match.index);
  }
  return null;
}

/** `p.data = (1 - wd) * p.data`, `p.data.mul_(1 - lr * decay)` */
function shrinks({ text: { source } }: Script): number | null {
  const found =
    /\.data\s*=\s*\(1(?:\.0?)?\s*-\s*[^)\n]*(?:wd|decay)|\.mul_\(1(?:\.0?)?\s*-\s*[^)\n]*(?:wd|weight_decay)/.exec(
      source,
    );
  return found && lineAt(source, found.index);
}

const penaltyName = /(^|[._])(l2|wd|reg\w*|penalty|decay)(_|$)/i;
const penaltyCall = /^(l2_?(reg\w*|loss|penalty)|weight_penalty|weight_decay_loss|regulari[sz]ation_loss)$/;
const squares = /\*\*2|\.(pow|norm|square)\(|square\(|l2_loss\(/;
const ofWeights = /param|weight|kernel|\.named_modules\(/;

function penaltyLine(script: Script): number | null {
  const { assignments, augmented, calls } = script;
  for (const { node, target, value } of [...assignments, ...augmented]) {
    const name = penaltyName.test(target);
    if (!name && !/loss/i.test(target)) continue;
    const text = value.text.replace(/\s+/g, '');
    if (!squares.test(text) || !ofWeights.test(text) || /\.grad\b/.test(text)) continue;
    if (name || /\bparameters\(/.test(text)) return node.startPosition.row + 1;
  }
  for (const call of calls) {
    const regularizer =
      /(^|\.)regularizers\.\w+$/.test(call.path) || (penaltyCall.test(call.name) && call.args().length > 0);
    if (regularizer && numberOf(call.args()[0]?.value) !== 0) return call.node.startPosition.row + 1;
  }
  if (!script.text.source.includes('kernel_regularizer')) return null;
  for (const call of calls) {
    const given = call.args().find(({ name }) => name === 'kernel_regularizer');
    if (given && given.value.type === 'string') return given.node.startPosition.row + 1;
  }
  return null;
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}
