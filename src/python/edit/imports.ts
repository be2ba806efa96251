import { assignmentsTo } from '../model/assignments';
import type { TextEdit } from '../../remedies/textEdit';
import { canonical, type ImportedName } from '../model/imports';
import { parameterNames, parts } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { insertAfterNode, insertAt } from './insert';

/** How the script calls something, and the edits to its imports that this takes. */
export interface Reached {
  name: string;
  edits: TextEdit[];
}

/** A name of a module: `AdamW` beside an imported `Adam`, at the import that is there. */
export function siblingOf(imported: ImportedName, name: string, script: Script): Reached {
  const path = canonical(`${imported.path.slice(0, imported.path.lastIndexOf('.'))}.${name}`);
  const known = script.imports.names.find(
    (one) => canonical(one.path) === path && (one.everywhere || one.statement.id === imported.statement.id),
  );
  if (known) return { name: known.bound, edits: [] };
  return { name, edits: [insertAfterNode(imported.item, `,${gapBefore(imported.item, script)}${name}`)] };
}

/** What stands before an item of an import list: a blank, or a new line where each has its own. */
function gapBefore({ startPosition: { row, column } }: Node, { text }: Script): string {
  const before = (text.lines[row] ?? '').slice(0, column);
  return before.trim() === '' && column > 0 ? `${text.eol}${before}` : ' ';
}

/** A module by its name, imported with `statement` where the file has no name for it. */
export function moduleNamed(path: string, statement: string, script: Script): Reached {
  const known = script.imports.nameFor(path);
  if (known !== null && !isRebound(known, script)) return { name: known, edits: [] };
  return { name: statement.split(' ').at(-1)!, edits: [addImport(statement, script)] };
}

/** Every name that an assignment or a parameter of the file binds. */
export const boundNames = oncePer(
  ({ assignments, functions }: Script): ReadonlySet<string> =>
    new Set([...assignments.map(({ target }) => target), ...functions.flatMap(parameterNames)]),
);

/** Whether a name that an import binds is also a parameter or is given another value somewhere. */
export function isRebound(name: string, { assignments, functions }: Script): boolean {
  if (assignmentsTo(assignments, name).length > 0) return true;
  // The text of most parameters tells that it is none of them.
  return functions.some(
    (fn) =>
      fn.childForFieldName('parameters')?.text.includes(name) === true && parameterNames(fn).includes(name),
  );
}

/** An import after the leading ones: what is imported further down may come too late. */
export function addImport(statement: string, { root, text }: Script): TextEdit {
  const statements = parts(root);
  const isImport = ({ type }: Node): boolean => /^(import|import_from|future_import)_statement$/.test(type);
  const docstring =
    statements[0]?.type === 'expression_statement' && /^[rRuU]?["']/.test(statements[0].text) ? 1 : 0;
  let leading = docstring;
  while (leading < statements.length && isImport(statements[leading]!)) leading++;
  const after = statements[leading - 1];
  const line = after ? after.endPosition.row + 1 : firstLineOfCode(text.lines);
  return insertAt(line, 0, `${statement}${text.eol}`);
}

/** Below the shebang, the coding line and the comments at the top. */
function firstLineOfCode(lines: readonly string[]): number {
  const first = lines.findIndex((line) => !/^\s*(#.*)?$/.test(line));
  return first < 0 ? 0 : first;
}
