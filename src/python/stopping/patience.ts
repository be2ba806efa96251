import * as l10n from '@vscode/l10n';
import { definition } from '../definition';
import type { EpochLoop } from '../model/epochs';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { sourceOf } from '../rate/source';
import { PATIENCE } from './values';

/**
 * Checks without improvement before it stops, of which there is one an epoch: about a third of the epochs where they are
 * few, since a patience as long as the training never stops it.
 * @param epochs null where they are not in sight
 */
export function patienceFor(epochs: number | null): string {
  if (epochs === null || !Number.isFinite(epochs)) return PATIENCE;
  return String(Math.max(1, Math.min(Number(PATIENCE), Math.ceil(epochs / 3))));
}

/** `5 epochs`, `1 epoch` */
export function counted(count: string, what: 'epoch' | 'evaluation' | 'validation'): string {
  const one = count === '1';
  if (what === 'epoch') return one ? l10n.t('1 epoch') : l10n.t('{0} epochs', count);
  if (what === 'evaluation') return one ? l10n.t('1 evaluation') : l10n.t('{0} evaluations', count);
  return one ? l10n.t('1 validation') : l10n.t('{0} validations', count);
}

/** The number behind an expression, or the default of the option that it is. */
export function numberBehind(value: Node | null | undefined, script: Script): number | null {
  if (!value) return null;
  const source = sourceOf(value, script);
  if ('number' in source) return numberOf(source.number);
  if ('flag' in source) return numberOf(definition(value, script));
  return null;
}

/** How many epochs a loop runs, where the file says it; null elsewhere. */
export function epochsOf({ node }: EpochLoop, script: Script): number | null {
  const range = node
    .childForFieldName('right')
    ?.parent?.descendantsOfType('call')
    .find(
      (call) =>
        call.endIndex <= node.childForFieldName('right')!.endIndex &&
        call.childForFieldName('function')?.text === 'range',
    );
  const bounds = range
    ?.childForFieldName('arguments')
    ?.namedChildren.filter(({ type }) => type !== 'comment');
  if (!bounds || bounds.length === 0 || bounds.length > 2) return null;
  const from = bounds.length === 2 ? boundOf(bounds[0]!, script) : 0;
  const to = boundOf(bounds.at(-1)!, script);
  return from === null || to === null ? null : to - from;
}

/** A bound of a range: a number, a name for one, or one more than that. */
function boundOf(node: Node, script: Script): number | null {
  const more = /\+\s*1$/.test(node.text) && node.type === 'binary_operator';
  const value = numberBehind(more ? node.childForFieldName('left') : node, script);
  return value === null ? null : value + (more ? 1 : 0);
}
