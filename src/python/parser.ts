import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

export type { Node, Tree } from 'web-tree-sitter';

/** Where this code lies: `dist/` in the bundle. */
const here = typeof __dirname === 'string' ? __dirname : process.cwd();
let loading: Promise<Parser> | null = null;

/**
 * Parses Python, errors and all: what can't be understood is an ERROR node in an otherwise whole tree.
 * Positions are 0-based rows and UTF-16 columns. The grammar is loaded at the first call.
 */
export async function parsePython(source: string): Promise<Tree> {
  loading ??= load();
  const tree = (await loading).parse(source);
  if (!tree) throw new Error('the Python parser gave up');
  return tree;
}

async function load(): Promise<Parser> {
  await Parser.init({ locateFile: () => wasmFile('web-tree-sitter') });
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasmFile('tree-sitter-python')));
  return parser;
}

/** In the bundle the files lie in `wasm/` beside it; from source they come from their packages. */
function wasmFile(name: 'web-tree-sitter' | 'tree-sitter-python'): string {
  const beside = join(here, 'wasm', `${name}.wasm`);
  if (existsSync(beside)) return beside;
  return createRequire(join(here, 'package.json')).resolve(`${name}/${name}.wasm`);
}
