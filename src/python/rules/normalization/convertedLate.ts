/**
 * FC404 SyncBatchNorm conversion after the DDP wrap.
 *
 * Source: PyTorch's documentation: convert, then wrap. DDP looks through the module when it wraps it, and what is put
 * in afterwards is unknown to it.
 */
import * as l10n from '@vscode/l10n';
import { moveBefore } from '../../edit/move';
import { inOtherBranch } from '../../clipping/indirect';
import { enclosingFunction, spelled, statementAround } from '../../model/nodes';
import type { Script } from '../../model/script';
import { siblingsOf } from '../around';
import type { Node } from '../../parser';
import { lineOf, type CodeRule, type Fix } from '../rule';

export const convertedLate: CodeRule = {
  code: 'FC404',
  title: 'SyncBatchNorm conversion after the DDP wrap',
  words: /convert_sync_batchnorm/,
  check: (script) =>
    script.calls
      .filter(({ name }) => name === 'convert_sync_batchnorm')
      .flatMap((call) => {
        const given = call.args()[0]?.value;
        const name = given ? spelled(given).replace(/\.module$/, '') : '';
        const scope = enclosingFunction(call.node)?.id;
        const wrap = script.wrappers.find(
          ({ kind, target, call: one }) =>
            kind === 'ddp' &&
            target === name &&
            one.node.endIndex < call.node.startIndex &&
            enclosingFunction(one.node)?.id === scope &&
            !inOtherBranch(one.node, call.node),
        );
        if (!wrap) return [];
        return [
          {
            at: call.node,
            severity: 'error' as const,
            message: l10n.t(
              '`{0}` is wrapped by DDP in line {1} already. Convert to SyncBatchNorm before that.',
              name,
              lineOf(wrap.call.node),
            ),
            fix: swapped(call.node, wrap.call.node, script),
          },
        ];
      }),
};

/** Two lines that follow each other change places. */
function swapped(late: Node, early: Node, { text }: Script): Fix | undefined {
  const [second, first] = [statementAround(late), statementAround(early)];
  const { all, at } = siblingsOf(second);
  if (at < 1 || all[at - 1]!.id !== first.id) return undefined;
  const edits = moveBefore([second], first, text);
  return edits ? { title: l10n.t('Convert before the wrap'), edits, safe: false } : undefined;
}
