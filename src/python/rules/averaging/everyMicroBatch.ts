/**
 * FC903 Average updated on every micro-batch.
 *
 * The weights change where the optimizer steps: an update between steps averages the same weights again, and makes the
 * decay act as many times as there are micro-batches.
 */
import * as l10n from '@vscode/l10n';
import { moveAfter } from '../../edit/move';
import { parts, spelled, statementAround } from '../../model/nodes';
import { callsIn, type Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import type { Call } from '../../model/call';
import { hasBackward, isBeside, loopAround } from '../around';
import { lineOf, type CodeRule, type Found } from '../rule';
import { averages } from './averages';

export const averageEachMicroBatch: CodeRule = {
  code: 'FC903',
  title: 'Average updated on every micro-batch',
  words: /ema|Averaged|Ema|EMA/,
  check: (script) => script.updatePoints.flatMap((point) => misplaced(point, script)),
};

function misplaced({ accumulation }: UpdatePoint, script: Script): Found[] {
  if (accumulation?.type !== 'if_statement' || /sync_grad/.test(accumulation.text.split('\n')[0]!)) return [];
  const loop = loopAround(accumulation);
  const body = accumulation.childForFieldName('consequence');
  if (!loop || !body || !hasBackward(loop, script) || hasBackward(accumulation, script)) return [];
  return callsIn(script, loop)
    .filter((call) => updatesAverage(call, script))
    .filter(({ node }) => isBeside(node, accumulation, /%|accum|sync|step|boundary|updat/i))
    .map(({ node }) => {
      const statement = statementAround(node);
      const last = parts(body).at(-1);
      const edits =
        last && statement.parent?.id === accumulation.parent?.id
          ? moveAfter([statement], last, script.text)
          : null;
      return {
        at: node,
        severity: 'warning' as const,
        message: l10n.t(
          '`{0}` runs on every micro-batch, and the weights change only under the condition in line {1}. Update the average there, after the step.',
          node.text,
          lineOf(accumulation),
        ),
        fix: edits ? { title: l10n.t('Move it to after the step'), edits, safe: false } : undefined,
      };
    });
}

function updatesAverage(call: Call, script: Script): boolean {
  if (!/^(update|update_parameters|update_average)$/.test(call.name) || !call.receiver) return false;
  // A meter that smooths a loss is called so, too.
  if (call.args().some(({ value }) => /loss|acc|\.item\(/.test(value.text))) return false;
  const on = spelled(call.receiver);
  return averages(script).some((one) => one.name === on) || /(^|[._])ema(_model|_net)?$/i.test(on);
}
