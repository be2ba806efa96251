/**
 * FC306 RNN dropout with one layer.
 *
 * Source: torch.nn.LSTM: dropout is between stacked layers, "except the last layer". Run with PyTorch: with one layer it
 * warns and changes nothing.
 */
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
            message: `dropout ${dropout.value.text} does nothing in a ${call.name} with one layer: it is between layers. Take num_layers=2, or put an nn.Dropout behind it.`,
            fix:
              dropout.name === null
                ? undefined
                : {
                    title: `Remove \`${dropout.node.text}\`, which does nothing`,
                    edits: removeArgument(call, dropout, script.text),
                    safe: true,
                  },
          },
        ];
      }),
};
