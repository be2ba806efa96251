import * as l10n from '@vscode/l10n';
import { moduleNamed } from '../edit/imports';
import { insertBefore } from '../edit/insert';
import { importsModule } from '../model/framework';
import { enclosingFunction, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { clipsIn } from './already';
import { MAX_NORM } from './bound';

/** Before `optimizer.update(model, grads)`, after whatever averages the gradients. */
export function clipInMlx(script: Script): Proposal[] {
  if (!importsModule(script, 'mlx')) return [];
  return script.calls
    .filter(({ name, on }) => name === 'update' && on !== null && /opt/i.test(on))
    .flatMap((call): Proposal[] => {
      const gradients = call.args()[1]?.value;
      if (!gradients) return [];
      const line = call.node.startPosition.row + 1;
      const [clip] = clipsIn(enclosingFunction(call.node) ?? script.root, script);
      if (clip)
        return [
          refuse(call.node, l10n.t('gradients are clipped already in line {0}', clip.startPosition.row + 1)),
        ];
      const { name, edits } = moduleNamed('mlx.optimizers', 'import mlx.optimizers as optim', script);
      const statement = statementAround(call.node);
      const edit =
        gradients.type === 'identifier' && statement.type === 'expression_statement'
          ? insertBefore(
              statement,
              [`${gradients.text}, _ = ${name}.clip_grad_norm(${gradients.text}, max_norm=${MAX_NORM})`],
              script.text,
            )
          : null;
      if (!edit)
        return [refuse(call.node, l10n.t('the gradients in line {0} have no name to clip them by', line))];
      return [
        {
          anchor: call.node,
          outcome: {
            edits: [...edits, edit],
            value: MAX_NORM,
            title: l10n.t('Clip `{0}` to norm {1} before `{2}`', gradients.text, MAX_NORM, call.callee.text),
            many: (count) => l10n.t('Clip gradients to norm {0} before {1} updates', MAX_NORM, count),
          },
        },
      ];
    });
}
