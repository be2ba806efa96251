/**
 * FC405 Deep post-norm transformer.
 *
 * Source: Xiong et al. 2020 ("On layer normalization in the transformer architecture"): with the norm behind the
 * residual sum gradients are large near the output, and training needs a long warm-up. Six layers are the original
 * transformer's, so more than those is a remark; BERT and its reproductions are built so.
 */
import * as l10n from '@vscode/l10n';
import { argument } from '../../model/call';
import { numberOf } from '../../model/nodes';
import { preNorm } from '../../norms/preNorm';
import { lineOf, plannedAt, type CodeRule } from '../rule';
import { transformerStacks } from './transformers';

/** Layers of the original transformer. */
const ORIGINAL = 6;

export const deepPostNorm: CodeRule = {
  code: 'FC405',
  title: 'Deep post-norm transformer',
  words: /Transformer(En|De)coder/,
  check(script) {
    if (/\b(Ro)?BERT/i.test(script.text.source)) return [];
    return transformerStacks(script).flatMap(({ stack, layer, preNorm: first }) => {
      const layers = numberOf(argument(stack, 'num_layers', 1)?.value);
      if (first !== false || layers === null || layers <= ORIGINAL) return [];
      return [
        {
          at: stack.node,
          severity: 'info' as const,
          message: l10n.t(
            '{0} layers with the norm behind each residual sum (line {1}) are hard to train without a long warm-up. Use norm_first=True and a final norm.',
            layers,
            lineOf(layer.node),
          ),
          fix: plannedAt(preNorm.propose(script), layer.node),
        },
      ];
    });
  },
};
