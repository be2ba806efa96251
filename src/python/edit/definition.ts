import type { TextEdit } from '../../remedies/textEdit';
import { parts } from '../model/nodes';
import type { Script } from '../model/script';
import { addImport } from './imports';

/** A class or function at the top level, after the leading imports, with two blank lines around it. */
export function addDefinition(code: string, script: Script): TextEdit {
  const { eol, lines } = script.text;
  const { range } = addImport('', script);
  const row = range.start.line;
  const first = parts(script.root)[0];
  const atTop = row === 0 || !first || first.startPosition.row >= row;
  const blank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  const after = blank(row) ? (blank(row + 1) ? '' : eol) : eol + eol;
  return { range, newText: (atTop && row === 0 ? '' : eol + eol) + code + after };
}
