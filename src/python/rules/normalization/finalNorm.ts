/**
 * FC406 Pre-norm without a final norm.
 *
 * Source: Xiong et al. 2020: with `norm_first=True` the sum that leaves the last layer was never normalised, and
 * grows with the depth; pre-norm transformers end in one more norm. `nn.TransformerEncoder` adds it only if told to.
 */
import * as l10n from '@vscode/l10n';
import { addArgument } from '../../edit/arguments';
import { besides } from '../../dropout/layer';
import { argument, hasSplat } from '../../model/call';
import { enclosing, enclosingFunction } from '../../model/nodes';
import type { Script } from '../../model/script';
import { callsNamed } from '../around';
import { lineOf, type CodeRule, type Fix } from '../rule';
import { transformerStacks } from './transformers';

export const noFinalNorm: CodeRule = {
  code: 'FC406',
  title: 'Pre-norm without a final norm',
  words: /norm_first/,
  check: (script) =>
    transformerStacks(script).flatMap(({ stack, layer, preNorm }) => {
      const given = argument(stack, 'norm', 2);
      // Nothing said, or None: the second is meant.
      if (preNorm !== true || hasSplat(stack) || given) return [];
      // A norm of the same class or function may come behind it, whoever made it.
      const around =
        enclosing(stack.node, 'class_definition') ?? enclosingFunction(stack.node) ?? script.root;
      if (callsNamed(around, /norm/i, script)) return [];
      return [
        {
          at: stack.node,
          severity: 'warning' as const,
          message: l10n.t(
            'norm_first=True (line {0}) leaves the output of the last layer without a norm. Pass norm=nn.LayerNorm(d_model).',
            lineOf(layer.node),
          ),
          fix: withNorm(stack, layer, script),
        },
      ];
    }),
};

type Stack = ReturnType<typeof transformerStacks>[number];

function withNorm(stack: Stack['stack'], layer: Stack['layer'], script: Script): Fix | undefined {
  const width = argument(layer, 'd_model', 0)?.value;
  const same = enclosingFunction(layer.node)?.id === enclosingFunction(stack.node)?.id;
  if (!width || !same || !/^[\w.]+$/.test(width.text)) return undefined;
  const { name, edits } = besides(stack, 'LayerNorm', script);
  const norm = `norm=${name}(${width.text})`;
  return {
    title: l10n.t('Pass `{0}`', norm),
    edits: [...edits, ...addArgument(stack, norm, script.text)],
    safe: false,
  };
}
