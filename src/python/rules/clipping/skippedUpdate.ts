/**
 * FC117 A skipped step without scaler.update().
 *
 * Run with PyTorch: `unscale_` may be called once between two updates of the scaler; a branch that skips a bad batch
 * with `continue` and no `update()` makes the next `unscale_` raise.
 */
import * as l10n from '@vscode/l10n';
import { insertBefore } from '../../edit/insert';
import { enclosingFunction, parts, spelled, statementAround } from '../../model/nodes';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';
import type { ScalerUse } from '../../model/training';
import { within } from '../../model/within';
import type { Node } from '../../parser';
import { isWholeStatement, siblingsOf } from '../around';
import { lineOf, type CodeRule, type Found } from '../rule';
import { scalerIsOff } from './scaler';

export const skippedUpdate: CodeRule = {
  code: 'FC117',
  title: 'A skipped step without scaler.update()',
  words: /unscale_/,
  check: (script) =>
    script.scalerUses.filter(({ action }) => action === 'unscale').flatMap((use) => skips(use, script)),
};

function skips(use: ScalerUse, script: Script): Found[] {
  const { call, scaler } = use;
  if (!isWholeStatement(call.node) || scalerIsOff(scaler, script)) return [];
  const { all, at } = siblingsOf(statementAround(call.node));
  const after = all.slice(at + 1);
  const updates = ({ startIndex, endIndex }: Node): boolean =>
    usesOf(script).some(
      ({ use: one }) =>
        one.action === 'update' &&
        one.scaler === scaler &&
        one.call.node.startIndex >= startIndex &&
        one.call.node.endIndex <= endIndex,
    );
  const end = after.findIndex(updates);
  if (end < 0) return [];
  return after.slice(0, end).flatMap((statement) => {
    if (statement.type !== 'if_statement') return [];
    const body = statement.childForFieldName('consequence');
    const last = parts(body).at(-1);
    if (!body || !last || !/^(continue|return)_statement$/.test(last.type)) return [];
    // A function of the file's own, or the step itself, may do what is missing here.
    const other = within(usesOf(script), body).some(({ use: one }) => one.action !== 'scale');
    const mentions = new RegExp(`\\b${escape(scaler)}\\b`).test(body.text);
    if (other || mentions || (last.type === 'return_statement' && !enclosingFunction(call.node))) return [];
    const update = `${spelled(call.receiver!)}.update()`;
    const edit = insertBefore(last, [update], script.text);
    return [
      {
        at: last,
        severity: 'error' as const,
        message: l10n.t(
          'After `{0}` in line {1} this leaves without `{2}`: the next unscale_ raises. Call it before.',
          call.node.text,
          lineOf(call.node),
          update,
        ),
        fix: edit ? { title: l10n.t('Call `{0}` before it', update), edits: [edit], safe: true } : undefined,
      },
    ];
  });
}

const usesOf = oncePer(({ scalerUses }: Script) => scalerUses.map((use) => ({ node: use.call.node, use })));

function escape(name: string): string {
  return name.replace(/[.()[\]]/g, '\\$&');
}
