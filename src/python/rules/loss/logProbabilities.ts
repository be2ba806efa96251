/**
 * FC708 KL input is no log-probabilities.
 *
 * Source: PyTorch's documentation ("input ... in log-space"); run with PyTorch: probabilities give a negative divergence.
 */
import * as l10n from '@vscode/l10n';
import { replaceNode } from '../../edit/insert';
import { readCall } from '../../model/call';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import type { CodeRule, Fix } from '../rule';
import { divergences, lastGiven, softmaxOf } from './divergence';

export const klInput: CodeRule = {
  code: 'FC708',
  title: 'KL input is no log-probabilities',
  words: /kl_div|KLDivLoss/,
  check: (script) =>
    divergences(script).flatMap(({ input, call }) => {
      const given = input && lastGiven(input, script);
      if (!input || !given || !softmaxOf(given, script)) return [];
      return [
        {
          at: input,
          severity: 'error' as const,
          message: l10n.t(
            'The first argument of `{0}` must be log-probabilities, and this is a softmax: the divergence comes out negative. Use log_softmax.',
            call.callee.text,
          ),
          fix: given.id === input.id ? inLogSpace(given, script) : undefined,
        },
      ];
    }),
};

/** `F.softmax(…)` becomes `F.log_softmax(…)`; a name that was imported or a layer is left to the user. */
function inLogSpace(node: Node, script: Script): Fix | undefined {
  const call = readCall(node, script.imports);
  const name = call?.callee.childForFieldName('attribute');
  if (!call?.receiver || name?.text !== 'softmax') return undefined;
  return { title: l10n.t('Use `log_softmax`'), edits: [replaceNode(name, 'log_softmax')], safe: false };
}
