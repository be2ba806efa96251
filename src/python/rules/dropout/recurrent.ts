/**
 * FC306 RNN dropout with one layer.
 *
 * Source: torch.nn.LSTM: dropout is between stacked layers, "except the last layer". Run with PyTorch: with one layer it
 * warns and changes nothing.
 */
import * as l10n from '@vscode/l10n';
import { removeArgument } from '../../edit/remove';
import { argument, hasSplat } from '../../model/call';
import { numberOf } from '../../model/nodes';
import type { CodeRule } from '../rule';

export const recurrentDropout: CodeRule = {
  code: 'FC306',
  title: 'RNN dropout with one layer',
  words: /\b(LSTM|GRU|RNN)\s*\(/,
  check: (script) =>
    script.calls
      .filter((call) => /^torch\.nn\.(LSTM|GRU|RNN)$/.test(call.path) && !hasSplat(call))
      .flatMap((call) => {
        const dropout = argument(call, 'dropout', 5);
        const layers = argument(call, 'num_layers', 2);
        const single = !layers || numberOf(layers.value) === 1;
        if (!dropout || !single || numberOf(dropout.value) === 0) return [];
        if (dropout.value.type === 'conditional_expression') return [];
        return [
          {
            at: dropout.node,
            severity: 'warning' as const,
            message: l10n.t(
              'dropout {0} does nothing in a {1} with one layer: it is between layers. Take num_layers=2, or put an nn.Dropout behind it.',
              dropout.value.text,
              call.name,
            ),
            fix:
              dropout.name === null
                ? undefined
                : {
                    title: l10n.t('Remove `{0}`, which does nothing', dropout.node.text),
                    edits: removeArgument(call, dropout, script.text),
                    safe: true,
                  },
          },
        ];
      }),
};
