/**
 * FC905 Averaged weights with the batch norms of others.
 *
 * Source: torch.optim.swa_utils: AveragedModel averages parameters; the running statistics of batch norms are taken from
 * the raw model, or stay those of the start in old versions, unless `update_bn` goes over the data or
 * `use_buffers=True` averages them, too.
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { argument, hasSplat, type Call } from '../../model/call';
import { batchNorms } from '../networks';
import { averages } from './averages';
import type { Script } from '../../model/script';
import { lineOf, type CodeRule, type Fix } from '../rule';

export const averagedBatchNorm: CodeRule = {
  code: 'FC905',
  title: 'Averaged weights with the batch norms of others',
  words: /AveragedModel/,
  check(script) {
    const [first] = batchNorms(script);
    // Someone refreshes the statistics, or copies the buffers by hand.
    if (!first || /update_bn|bn_update|\.(named_)?buffers\(/.test(script.text.source)) return [];
    // What is only loaded brings its statistics along.
    return averages(script)
      .filter(({ updates }) => updates.length > 0)
      .map(({ made }) => made)
      .filter((call) => call.name === 'AveragedModel' && !hasSplat(call))
      .filter((call) => (argument(call, 'use_buffers', 4)?.value.text ?? 'False') === 'False')
      .map((call) => ({
        at: call.node,
        severity: 'warning' as const,
        message: l10n.t(
          'The averaged weights get the batch norm statistics of the raw model (`{0}` in line {1}), which fit other weights. Call update_bn(loader, model) before it is evaluated, or pass use_buffers=True.',
          first.name,
          lineOf(first.node),
        ),
        fix: averaged(call, script),
      }));
  },
};

/** The statistics are averaged like the weights, which needs no pass over the data. */
function averaged(call: Call, script: Script): Fix {
  const given = argument(call, 'use_buffers', 4);
  return {
    title: l10n.t('Average the statistics, too: use_buffers=True'),
    edits: given ? [setArgument(given, 'True')] : addArgument(call, 'use_buffers=True', script.text),
    safe: false,
  };
}
