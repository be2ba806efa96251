import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { insertAfter } from '../edit/insert';
import { methodOf, usesOf } from '../model/mentions';
import { enclosing, enclosingFunction } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { saveBeside, saves } from './saved';

/** An average that nothing evaluates or saves yet, and the loop after which it is whole. */
export interface Finished {
  /** The model: `model`. */
  model: string;
  /** The network in it that the average was copied from: `model.module`. */
  source: string;
  /** `ema_model` */
  average: string;
  loop: Node;
  /** Statements that must stand before, directly behind the loop. */
  first?: readonly string[];
}

/** What uses the average from the end of the loop on. */
export interface TakenUp {
  edits: TextEdit[];
  /** The title of an edit, with what this adds to it. */
  titled: (title: string) => string;
}

/**
 * Uses an average whose model is neither evaluated nor saved in a way that is understood, since an average that nothing
 * uses does nothing: a script that saves to a file with a plain name gets a file of the average beside it, in one that
 * saves nothing the model takes the averaged weights.
 * @returns why there is no such place
 */
export function takeUp(
  { model, source, average, loop, first = [] }: Finished,
  script: Script,
): TakenUp | string {
  const line = loop.startPosition.row + 1;
  if (!/^(for|while)_statement$/.test(loop.type))
    return l10n.t('nothing would use the average: no loop trains in line {0}', line);
  if (neverEnds(loop))
    return l10n.t(
      'nothing would use the average: the loop of line {0} is left by a return, or not at all',
      line,
    );
  const behind = (lines: readonly string[]): TextEdit[] | string => {
    const edit = lines.length > 0 ? insertAfter(loop, lines, script.text) : [];
    return edit === null
      ? l10n.t('nothing would use the average: the loop of line {0} shares its lines with other code', line)
      : [edit].flat();
  };
  if (!saves(script)) {
    const later = usesOf(model, loop, script).filter((node) => node.startIndex >= loop.endIndex);
    if (later.some((node) => methodOf(node) === 'load_state_dict'))
      return l10n.t(
        'nothing would use the average: other weights are loaded into {0} after the loop of line {1}',
        model,
        line,
      );
    const edits = behind([...first, `${source}.load_state_dict(${average}.module.state_dict())`]);
    return typeof edits === 'string'
      ? edits
      : { edits, titled: (title) => l10n.t('{0}, which `{1}` takes in the end', title, model) };
  }
  const save = saveBeside(average, loop, script);
  if (!save)
    return l10n.t(
      'nothing would use the average: the script saves weights in a way that is not understood here',
    );
  const edits = behind(save.after ? first : [...first, save.line]);
  if (typeof edits === 'string') return edits;
  const own = save.after ? insertAfter(save.after, [save.line], script.text) : [];
  if (!own)
    return l10n.t(
      'nothing would use the average: line {0} saves weights beside other code',
      save.after!.startPosition.row + 1,
    );
  return {
    edits: [...edits, own].flat(),
    titled: (title) => l10n.t('{0}, which is saved beside it in the end', title),
  };
}

/** Whether nothing behind a loop is reached: it has no end, or returns. */
function neverEnds(loop: Node): boolean {
  const own = (type: string): boolean =>
    loop.descendantsOfType(type).some((node) => enclosingFunction(node)?.id === enclosingFunction(loop)?.id);
  if (own('return_statement')) return true;
  const endless =
    loop.type === 'while_statement' && /^(True|1)$/.test(loop.childForFieldName('condition')?.text ?? '');
  const leaves = loop
    .descendantsOfType('break_statement')
    .some((node) => enclosing(node, 'for_statement', 'while_statement')?.id === loop.id);
  return endless && !leaves;
}
