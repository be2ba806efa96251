/**
 * FC208 Decay on scalar parameters.
 *
 * A temperature or an entropy coefficient is learned as its logarithm: decay pulls it to 0, which is a value like any
 * other and no simpler one. Source: CLIP's and SAC's reference code, which leave it out.
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { argument, hasSplat } from '../../model/call';
import { numberOf, spelled } from '../../model/nodes';
import type { Optimizer } from '../../model/optimizers';
import type { CodeRule } from '../rule';

const name = '(log_?(alpha|ent_?coef|temp\\w*|tau)|logit_scale|temperature)';
const list = new RegExp(`^[[(](\\w+\\.)*\\w*${name},?[\\])]$`, 'i');
const alone = new RegExp(`^(\\w+\\.)*\\w*${name}$`, 'i');

export const decayOnScalars: CodeRule = {
  code: 'FC208',
  title: 'Decay on scalar parameters',
  words: /log_?alpha|log_?ent|log_?temp|log_?tau|logit_scale|temperature/i,
  check: (script) =>
    script.optimizers.flatMap((one) => {
      const { call, className, kind } = one;
      if (kind !== 'torch' || !trainsSingleValues(one) || hasSplat(call)) return [];
      const given = argument(call, 'weight_decay', 4);
      const value = given ? numberOf(given.value) : className === 'AdamW' ? 0.01 : 0;
      if (value === null || value === 0) return [];
      const decay = given ? given.value.text : l10n.t('{0} by default', '0.01');
      return [
        {
          at: given?.node ?? call.node,
          severity: 'warning' as const,
          message: l10n.t(
            'Weight decay ({0}) pulls `{1}` to 0, which is no simpler value of it. Set weight_decay=0.0.',
            decay,
            one.params!.text,
          ),
          fix: {
            title: l10n.t('Set `weight_decay=0.0`'),
            edits: given ? [setArgument(given, '0.0')] : addArgument(call, 'weight_decay=0.0', script.text),
            safe: false,
          },
        },
      ];
    }),
};

/** Whether an optimizer gets nothing but a temperature, a coefficient or the like. */
export function trainsSingleValues({ params }: Optimizer): boolean {
  const text = params ? spelled(params) : '';
  return list.test(text) || alone.test(text);
}
