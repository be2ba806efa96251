/**
 * FC302 Attention dropout is not gated.
 *
 * Source: PyTorch's documentation of `scaled_dot_product_attention`: it applies `dropout_p` always, and knows nothing
 * of train and eval.
 */
import * as l10n from '@vscode/l10n';
import { replaceNode } from '../../edit/insert';
import { assignmentsTo } from '../../model/assignments';
import { argument, type Call } from '../../model/call';
import { numberOf, spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { isUnder } from '../around';
import { methodAround } from '../modules';
import type { CodeRule, Found } from '../rule';

export const attentionDropout: CodeRule = {
  code: 'FC302',
  title: 'Attention dropout is not gated',
  words: /scaled_dot_product_attention/,
  check: (script) =>
    script.calls
      .filter(({ path }) => path === 'torch.nn.functional.scaled_dot_product_attention')
      .flatMap((call) => ungated(call, script)),
};

function ungated(call: Call, script: Script): Found[] {
  const p = argument(call, 'dropout_p', 4)?.value;
  const place = methodAround(call.node, script);
  if (!p || !place || !isConstant(p, script) || isUnder(call.node, /training/, place.method)) return [];
  const gated = `${p.text} if self.training else 0.0`;
  return [
    {
      at: p,
      severity: 'warning',
      message: l10n.t(
        'dropout_p {0} is applied in evaluation too: this function does not know of model.eval(). Pass `{1}`.',
        p.text,
        gated,
      ),
      fix: { title: l10n.t('Pass `{0}`', gated), edits: [replaceNode(p, gated)], safe: false },
    },
  ];
}

/** A number, or an attribute that holds one whatever the mode is. */
function isConstant(p: Node, { assignments, functions, modules }: Script): boolean {
  const written = numberOf(p);
  if (written !== null) return written > 0;
  const name = spelled(p);
  if (p.type !== 'attribute' || !name.startsWith('self.')) return false;
  const attribute = name.split('.')[1]!;
  // A property, or what `train()` and `eval()` set anew.
  if (functions.some((fn) => fn.childForFieldName('name')?.text === attribute)) return false;
  if (
    modules.length === 0 ||
    functions.some((fn) => /^(train|eval)$/.test(fn.childForFieldName('name')?.text ?? ''))
  )
    return false;
  const values = assignmentsTo(assignments, `self.${attribute}`).map(({ value }) => value);
  return values.length > 0 && values.every((value) => !/training/.test(value.text) && numberOf(value) !== 0);
}
