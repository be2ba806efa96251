import type { Tree } from 'web-tree-sitter';
import { parsePython } from './parser';
import type { Reparser } from './reparse';

/** `%matplotlib inline`, `%%time`, `!pip install …`: what a notebook understands and Python does not. */
const magic = /^([ \t]*)[%!](?=%?[A-Za-z./~{])/gm;

/**
 * Parses a script with the lines of a notebook in it. Such a line is read as a comment of the same length, so that
 * every position stays what it is. Only a script with errors is read so: an expression may go on with `%` in a new line.
 */
export async function parseReadable(
  source: string,
  parser: Pick<Reparser, 'parse'> = { parse: parsePython },
): Promise<{ code: string; tree: Tree }> {
  const tree = await parser.parse(source);
  const code = tree.rootNode.hasError ? source.replace(magic, '$1#') : source;
  if (code === source) return { code, tree };
  tree.delete();
  return { code, tree: await parsePython(code) };
}
