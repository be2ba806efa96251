/**
 * FC403 Batch norm under DDP without SyncBatchNorm.
 *
 * Each process takes statistics of its own batch. Source: eight matches in four repositories, mostly fine or converted
 * in another file: a hint, louder only where the batch of a process is known to be small.
 */
import * as l10n from '@vscode/l10n';
import { batchNorms } from '../networks';
import { batchNorm } from '../../norms/plans';
import { lineOf, plannedAt, type CodeRule } from '../rule';
import { trainingBatches } from './loaders';

export const unsyncedBatchNorm: CodeRule = {
  code: 'FC403',
  title: 'Batch norm under DDP without SyncBatchNorm',
  words: /BatchNorm/,
  check(script) {
    const [first] = batchNorms(script);
    if (!first || /sync_?(bn|batch_?norm)|SyncBatchNorm/i.test(script.text.source)) return [];
    const small = trainingBatches(script).some(({ size }) => size < 16);
    return script.wrappers
      .filter(({ kind }) => kind === 'ddp')
      .map(({ call }) => ({
        at: call.node,
        severity: small ? ('info' as const) : ('hint' as const),
        message: l10n.t(
          '`{0}` in line {1} takes its statistics from each process alone. With small batches convert before DDP: nn.SyncBatchNorm.convert_sync_batchnorm(model).',
          first.name,
          lineOf(first.node),
        ),
        fix: plannedAt(batchNorm.propose(script), call.node),
      }));
  },
};
