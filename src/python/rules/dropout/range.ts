/**
 * FC303 Dropout probability out of range.
 *
 * Source: the seed document (0.1 in transformers, 0.5 in fully connected layers). It is the share that is dropped: below
 * 0 or from 1 on nothing is left to train. UMLAUT (CHI 2021) warns above 0.5; from 0.8 on it is a warning here.
 */
import * as l10n from '@vscode/l10n';
import { setArgument } from '../../edit/arguments';
import { usualDropout } from '../../dropout/values';
import { argument, type Argument, type Call } from '../../model/call';
import type { LintSeverity } from '../../../findings/finding';
import { numberOf } from '../../model/nodes';
import { isReinforcement } from '../../model/subject';
import type { CodeRule } from '../rule';

export const dropoutRangeInCode: CodeRule = {
  code: 'FC303',
  title: 'Dropout probability out of range',
  words: /dropout|pdrop/i,
  check: (script) =>
    script.calls.flatMap((call) => {
      const given = probability(call);
      const p = numberOf(given?.value);
      const severity = p === null ? null : severityOf(p);
      if (!given || !severity || (severity === 'info' && isReinforcement(script))) return [];
      const to = usualDropout(call.name, script);
      const why =
        severity === 'error'
          ? l10n.t('it is the share that is dropped, from 0 to below 1')
          : severity === 'warning'
            ? l10n.t('little is left to learn with')
            : l10n.t('more than is usual');
      return [
        {
          at: given.value,
          severity,
          message: l10n.t(
            'The dropout of `{0}` is {1}: {2}. Usual: 0.1 in transformers, up to 0.5 in fully connected layers.',
            call.name,
            given.value.text,
            why,
          ),
          fix: {
            title: l10n.t('Set it to {0}', to),
            edits: [setArgument(given, to)],
            safe: p! < 0 || p! > 1,
          },
        },
      ];
    }),
};

/** The share that a layer of PyTorch or Keras drops, where it is an argument. */
function probability(call: Call): Argument | undefined {
  const { path } = call;
  if (/^torch\.nn\.(Feature)?(Alpha)?Dropout[123]?d?$/.test(path)) return argument(call, 'p', 0);
  if (/^torch\.nn\.functional\.\w*dropout[123]?d?$/.test(path)) return argument(call, 'p', 1);
  if (/^keras\.layers\.(Alpha|Spatial)?Dropout([123]D)?$/.test(path)) return argument(call, 'rate', 0);
  if (/^torch\.nn\.Transformer((En|De)coderLayer)?$/.test(path)) return argument(call, 'dropout');
  return /^torch\.nn\.(MultiheadAttention|LSTM|GRU|RNN)$/.test(path) ? argument(call, 'dropout') : undefined;
}

function severityOf(p: number): LintSeverity | null {
  if (p < 0 || p >= 1) return 'error';
  if (p >= 0.8) return 'warning';
  return p > 0.5 ? 'info' : null;
}
