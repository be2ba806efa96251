/**
 * FC709 KL reduction is the mean.
 *
 * Source: PyTorch's documentation: "mean" divides by the classes, too, and "batchmean" is the divergence. Of five plain
 * matches four were the positional form of old, `kl_div(a, b, None, None, "sum")`.
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { argument, hasSplat } from '../../model/call';
import { stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { lineOf, type CodeRule, type Found } from '../rule';
import { divergences, type Divergence } from './divergence';

export const klReduction: CodeRule = {
  code: 'FC709',
  title: 'KL reduction is the mean',
  words: /kl_div|KLDivLoss/,
  check(script) {
    const seen = new Set<number>();
    return divergences(script).flatMap((one) => {
      if (seen.has(one.made.node.id)) return [];
      seen.add(one.made.node.id);
      return judge(one, script);
    });
  },
};

function judge({ call, made }: Divergence, { text }: Script): Found[] {
  const isFunction = call.node.id === made.node.id;
  const positional = made.args().filter(({ name }) => name === null).length;
  // `size_average` and `reduce` of old, in their places or by name.
  const old = positional > (isFunction ? 2 : 0) || argument(made, 'size_average') || argument(made, 'reduce');
  const given = argument(made, 'reduction');
  if (old || hasSplat(made) || (given && stringOf(given.value) !== 'mean')) return [];
  const quoted = `${text.quote}batchmean${text.quote}`;

  return [
    {
      at: given?.node ?? made.node,
      severity: 'warning',
      message: given
        ? l10n.t(
            'The reduction "mean" divides by the number of classes, too: the divergence in line {0} is that much too small. Pass reduction="batchmean".',
            lineOf(call.node),
          )
        : l10n.t(
            'The default reduction "mean" divides by the number of classes, too: the divergence in line {0} is that much too small. Pass reduction="batchmean".',
            lineOf(call.node),
          ),
      fix: {
        title: l10n.t('Pass `reduction={0}`', quoted),
        edits: given ? [setArgument(given, quoted)] : addArgument(made, `reduction=${quoted}`, text),
        safe: false,
      },
    },
  ];
}
