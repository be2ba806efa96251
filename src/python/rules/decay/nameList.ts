/**
 * FC203 Incomplete no_decay name list.
 *
 * `LayerNorm.weight` is what BERT calls its norms: GPT-2 has `ln_1.weight`, Llama `input_layernorm.weight`, others
 * `norm.weight`, which such a list lets decay. Source: 14 such lists in two repositories, wrong where a language model
 * of another family is loaded.
 */
import * as l10n from '@vscode/l10n';
import { parts, stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule } from '../rule';

/** Families whose norms have just these names. */
const named = /bert|electra|xlm|longformer|layoutlm|splinter|ernie|funnel/i;
/** Signs of another family: what such a list is wrong for. */
const others =
  /CausalLM|Seq2SeqLM|ConditionalGeneration|LMHead|\bgpt|\bllama|\bopt-\d|\bt5\b|mistral|qwen|bloom|RMSNorm|ln_1/i;

export const noDecayNames: CodeRule = {
  code: 'FC203',
  title: 'Incomplete no_decay name list',
  words: /LayerNorm\.(weight|bias)/,
  check(script) {
    const source = withoutComments(script);
    if (named.test(source) || !others.test(source)) return [];
    return script.assignments.flatMap(({ target, value }) => {
      const items = /^(list|tuple|set)$/.test(value.type) ? parts(value).map(stringOf) : [];
      const known = items.every((one) => one !== null && /^(bias|LayerNorm\.(weight|bias))$/.test(one));
      if (!/no_?decay/i.test(target) || !known || !items.includes('bias') || items.length < 2) return [];
      return [
        {
          at: value,
          severity: 'warning' as const,
          message: l10n.t(
            '{0} names the norms of BERT only: `ln_1.weight`, `norm.weight` and RMSNorm weights decay. Tell them by p.ndim < 2 instead.',
            value.text,
          ),
        },
      ];
    });
  },
};

/** A family that only a comment mentions is not the one that is trained. */
function withoutComments({ text }: Script): string {
  return text.source.replace(/#.*$/gm, '');
}
