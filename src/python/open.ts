import { readScript, type Script } from './model/script';
import { parseReadable } from './readable';

/** Parses a text and hands its model over for as long as `use` runs: nodes are good no longer than their tree. */
export async function withScript<T>(source: string, use: (script: Script) => T): Promise<T> {
  const { code, tree } = await parseReadable(source);
  try {
    return use(readScript(code, tree.rootNode));
  } finally {
    tree.delete();
  }
}
