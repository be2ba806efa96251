/**
 * FC202 L2 in Adam instead of decoupled decay.
 *
 * Source: Loshchilov and Hutter 2019, and run with PyTorch (the two settle at different weights): a penalty in the
 * gradient is divided by Adam's scale, so that weights with large gradients hardly decay. Graph networks and agents
 * are published with it: there it is a remark.
 */
import * as l10n from '@vscode/l10n';
import { decayTorch } from '../../decay/torch';
import { argument } from '../../model/call';
import { importsModule } from '../../model/framework';
import type { Optimizer } from '../../model/optimizers';
import type { Script } from '../../model/script';
import { isAdversarial, isReinforcement } from '../../model/subject';
import { plannedFix, type CodeRule } from '../rule';
import { valueOf } from '../../model/values';
import { trainsSingleValues } from './scalars';

export const coupledDecay: CodeRule = {
  code: 'FC202',
  title: 'L2 in Adam instead of decoupled decay',
  words: /weight_decay/,
  check: (script) =>
    script.optimizers.flatMap((one) => {
      const { call, className, kind } = one;
      if (className !== 'Adam' || kind !== 'torch' || trainsSingleValues(one)) return [];
      const given = argument(call, 'weight_decay', 4);
      const value = valueOf(given?.value, script);
      if (!given || value === null || value <= 0 || decouples(one)) return [];
      const severity = isPublishedSo(script) ? ('info' as const) : ('warning' as const);
      return [
        {
          at: call.node,
          severity,
          message: l10n.t(
            'Adam puts weight_decay {0} into the gradient, where its own scaling undoes most of it. AdamW decays the weights themselves (0.01 to 0.1 is usual there).',
            given.value.text,
          ),
          fix: plannedFix(decayTorch(one, script).outcome),
        },
      ];
    }),
};

function decouples({ call }: Optimizer): boolean {
  const flag = argument(call, 'decoupled_weight_decay');
  return flag !== undefined && flag.value.text !== 'False';
}

/** GCN, GAT and their kin, agents and GANs are reproduced with the settings of their papers. */
function isPublishedSo(script: Script): boolean {
  const graph =
    importsModule(script, 'torch_geometric', 'dgl', 'pygcn') ||
    script.modules.some(({ name }) => /GCN|GAT|GraphConv|GraphSAGE|GNN/.test(name)) ||
    /\b(GCN|GAT|GraphSAGE)\b/.test(script.text.source);
  return graph || isReinforcement(script) || isAdversarial(script);
}
