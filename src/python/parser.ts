import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Language, Parser, type Tree } from 'web-tree-sitter';

export type { Node as RawNode, Tree } from 'web-tree-sitter';
export type { Node } from './node';

/** Where this code lies: `dist/` in the bundle. */
const here = typeof __dirname === 'string' ? __dirname : process.cwd();
/** The longest that a parse keeps its process from other work (ms). */
const SLICE = 15;
let loading: Promise<Language> | null = null;
/** Parsers without a parse under way: one that paused may not take another text before it is done. */
const idle: Parser[] = [];

/**
 * Parses Python, errors and all: what can't be understood is an ERROR node in an otherwise whole tree.
 * Positions are 0-based rows and UTF-16 columns. The grammar is loaded at the first call. A long text is parsed in
 * slices, since an editor must not stand still for it.
 * @param before the tree of an earlier text that was told what has changed since: only that is parsed
 */
export async function parsePython(source: string, before: Tree | null = null): Promise<Tree> {
  const language = await (loading ??= load());
  const parser = idle.pop() ?? new Parser().setLanguage(language);
  for (;;) {
    const start = performance.now();
    const progressCallback = (): boolean => performance.now() - start > SLICE;
    // The same text again goes on where it stopped.
    const tree = parser.parse(source, before, { progressCallback });
    if (tree) {
      idle.push(parser);
      return tree;
    }
    await setImmediate();
  }
}

async function load(): Promise<Language> {
  await Parser.init({ locateFile: () => wasmFile('web-tree-sitter') });
  return Language.load(wasmFile('tree-sitter-python'));
}

/** In the bundle the files lie in `wasm/` beside it; from source they come from their packages. */
function wasmFile(name: 'web-tree-sitter' | 'tree-sitter-python'): string {
  const beside = join(here, 'wasm', `${name}.wasm`);
  if (existsSync(beside)) return beside;
  return createRequire(join(here, 'package.json')).resolve(`${name}/${name}.wasm`);
}
