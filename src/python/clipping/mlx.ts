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
        return [refuse(call.node, `gradients are clipped already in line ${clip.startPosition.row + 1}`)];
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
      if (!edit) return [refuse(call.node, `the gradients in line ${line} have no name to clip them by`)];
      return [
        {
          anchor: call.node,
          outcome: {
            edits: [...edits, edit],
            value: MAX_NORM,
            title: `Clip \`${gradients.text}\` to norm ${MAX_NORM} before \`${call.callee.text}\``,
            many: (count) => `Clip gradients to norm ${MAX_NORM} before ${count} updates`,
          },
        },
      ];
    });
}
