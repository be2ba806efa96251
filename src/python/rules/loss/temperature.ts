/**
 * FC707 Distillation temperature without its square.
 *
 * Source: Hinton et al. 2015: gradients of softened targets shrink by 1/T², so the loss is multiplied by T². Run with
 * PyTorch: at T = 8 the gradient is 43 times smaller without it.
 */
import * as l10n from '@vscode/l10n';
import { insertAfterNode } from '../../edit/insert';
import { numberOf, spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { readCall } from '../../model/call';
import { valueOf } from '../../model/values';
import type { CodeRule } from '../rule';
import { divergences, lastGiven } from './divergence';

export const temperatureSquared: CodeRule = {
  code: 'FC707',
  title: 'Distillation temperature without its square',
  words: /kl_div|KLDivLoss/,
  check: (script) =>
    divergences(script).flatMap(({ call, input, target }) => {
      const [a, b] = [input, target].map((node) =>
        node ? divisorOf(lastGiven(node, script), script) : null,
      );
      if (!a || !b || spelled(a) !== spelled(b) || valueOf(a, script) === 1) return [];
      if (isSquared(a, script)) return [];
      const whole = chainOf(call.node);
      const square = `${a.text} ** 2`;
      return [
        {
          at: call.node,
          severity: 'warning' as const,
          message: l10n.t(
            'Both sides are divided by the temperature {0}, which makes their gradients smaller by its square. Multiply the divergence by {1}.',
            a.text,
            square,
          ),
          fix: {
            title: l10n.t('Multiply by `{0}`', square),
            edits: [insertAfterNode(whole, ` * (${square})`)],
            safe: false,
          },
        },
      ];
    }),
};

/** `T` of `softmax(x / T)`, of `log_softmax` and of the methods of those names. */
function divisorOf(node: Node, { imports }: Script): Node | null {
  const call = node.type === 'call' ? readCall(node, imports) : null;
  if (!call || !/^(log_)?softmax$/.test(call.name)) return null;
  const own = /^(torch|torch\.nn\.functional)\.\w+$/.test(call.path);
  const inner = own ? call.args()[0]?.value : call.receiver;
  const quotient = inner?.type === 'parenthesized_expression' ? inner.firstNamedChild : inner;
  if (quotient?.type !== 'binary_operator' || !quotient.children.some(({ type }) => type === '/'))
    return null;
  const divisor = quotient.childForFieldName('right');
  return divisor && /^(identifier|attribute|integer|float)$/.test(divisor.type) ? divisor : null;
}

/** Whether the square of a temperature is somewhere in the file, by itself or folded into another factor. */
function isSquared(temperature: Node, { text: { source } }: Script): boolean {
  const name = spelled(temperature).split('.').at(-1)!;
  const number = numberOf(temperature);
  const plain = source.replace(/\s+/g, '');
  const t = `(?:\\w+\\.)*${name.replace(/\./g, '\\.')}`;
  const squares = new RegExp(
    `${t}\\)?\\*\\*2|${t}\\*\\(?${t}|pow\\(${t},2|${t}\\.(pow\\(2|square\\()|square\\(${t}|\\*${t}\\)?\\*${t}`,
  );
  if (squares.test(plain) || /t_?2\b|[tT]_?(sq|squared)|temp\w*_?sq/.test(source)) return true;
  return number !== null && new RegExp(`\\*\\(?${number * number}\\b`).test(plain);
}

/** The divergence with what is called on it: `kl_div(…).sum(1).mean()`. */
function chainOf(node: Node): Node {
  let at = node;
  while (at.parent?.type === 'attribute' && at.parent.parent?.type === 'call') at = at.parent.parent;
  return at;
}
