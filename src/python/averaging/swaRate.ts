import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { indentOf, replaceNode } from '../edit/insert';
import { argument } from '../model/call';
import type { EpochLoop } from '../model/epochs';
import { enclosing, numberOf, spelled, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { sourceOf } from '../rate/source';

/** A constant rate for the averaged epochs. */
export interface Rate {
  optimizer: string;
  swaLr: string;
  edits: TextEdit[];
}

/** A schedule gives way to a constant rate for the averaged epochs: half of the first one, as in the experiments of the paper. */
export function constantRate(loop: EpochLoop, late: string, script: Script): Rate | null | string {
  const names = new Set(
    script.schedulers.flatMap(({ node }) =>
      node.parent?.type === 'assignment' ? [spelled(node.parent.childForFieldName('left')!)] : [],
    ),
  );
  if (names.size === 0)
    return script.schedulers.length > 0
      ? l10n.t('the schedule has no name here: make SWALR take over by hand')
      : null;
  const steps = script.calls.filter(({ name, on }) => name === 'step' && on !== null && names.has(on));
  const [step] = steps;
  const statement: Node | null = step ? statementAround(step.node) : null;
  const inEpoch =
    statement !== null &&
    enclosing(statement, 'for_statement', 'while_statement')?.id === loop.node.id &&
    statement.parent?.id === loop.body.id;
  if (!step || steps.length > 1 || !inEpoch || !statement || indentOf(statement, script.text) === null)
    return l10n.t(
      'the schedule does not step once at the end of each epoch of the loop in line {0}: make SWALR take over for the last quarter by hand',
      loop.node.startPosition.row + 1,
    );
  const [build] = script.optimizers;
  const given = build && (argument(build.call, 'lr', 1) ?? undefined);
  const source = given ? sourceOf(given.value, script) : null;
  if (script.optimizers.length !== 1 || !build?.target || !source || !('number' in source))
    return l10n.t(
      'the learning rate is not a number in sight: SWALR needs a constant one (about half of the first) for the last quarter',
    );
  const indent = indentOf(statement, script.text)!;
  const { eol, indent: unit } = script.text;
  const lines = [
    late,
    `${indent}${unit}swa_scheduler.step()`,
    `${indent}else:`,
    `${indent}${unit}${statement.text}`,
  ];
  const swaLr = String(Number((numberOf(source.number)! / 2).toPrecision(12)));
  return { optimizer: build.target.text, swaLr, edits: [replaceNode(statement, lines.join(eol))] };
}
