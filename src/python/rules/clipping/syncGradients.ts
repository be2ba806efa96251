/**
 * FC108 Clipping partial sums under accelerate.
 *
 * Within `accelerator.accumulate(model)` every micro-batch passes by, and gradients are whole only where
 * `accelerator.sync_gradients` says so. Source: accelerate's own guide to gradient accumulation.
 */
import * as l10n from '@vscode/l10n';
import { indentOf, insertAt } from '../../edit/insert';
import { argument } from '../../model/call';
import { isInside, numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { isUnder } from '../around';
import type { CodeRule, Fix } from '../rule';
import { clipsOf, type Clip } from './clips';

export const clipWithoutSync: CodeRule = {
  code: 'FC108',
  title: 'Clipping partial sums under accelerate',
  words: /\.accumulate\s*\(/,
  check(script) {
    if (accumulatesOne(script)) return [];
    const around = script.withs.filter((node) => /\.accumulate\s*\(/.test(headOf(node)));
    return clipsOf(script).flatMap((clip) => {
      const { node, by } = clip;
      const inside = around.find((one) => isInside(node, one));
      if (by !== 'wrapper' || !inside || isUnder(node, /sync_grad/, inside)) return [];
      const receiver = clip.call.receiver!.text;
      return [
        {
          at: node,
          severity: 'warning' as const,
          message: l10n.t(
            'Under accumulate() this clips a part of the sum on every micro-batch. Clip only `if {0}.sync_gradients:`.',
            receiver,
          ),
          fix: guarded(clip, receiver, script),
        },
      ];
    });
  },
};

function headOf(node: Node): string {
  const body = node.childForFieldName('body');
  return node.text.slice(0, (body?.startIndex ?? node.endIndex) - node.startIndex);
}

/** With one step to accumulate every micro-batch is a whole one. */
function accumulatesOne({ wrappers, text }: Script): boolean {
  if (/gradient_accumulation_plugin/.test(text.source)) return false;
  const made = wrappers.filter(({ kind }) => kind === 'accelerate');
  return made.some(({ call }) => numberOf(argument(call, 'gradient_accumulation_steps')?.value) === 1);
}

function guarded({ statement, node }: Clip, accelerator: string, { text }: Script): Fix | undefined {
  const indent = indentOf(statement, text);
  const { row, column } = statement.startPosition;
  const alone = statement.text === node.text && statement.endPosition.row === row;
  if (
    indent === null ||
    !alone ||
    (text.lines[row] ?? '').slice(statement.endPosition.column).trim().startsWith(';')
  )
    return undefined;
  const condition = `if ${accelerator}.sync_gradients:`;
  const edits = [insertAt(row, 0, `${indent}${condition}${text.eol}`), insertAt(row, column, text.indent)];
  return { title: l10n.t('Clip only `{0}`', condition), edits, safe: false };
}
