import type { ConfigDocument, Syntax } from '../entry';
import { readJson } from './json';
import { readPython } from './python';
import { readShell } from './shell';
import { readToml } from './toml';
import { readYaml } from './yaml';

const readers: Readonly<Record<Syntax, (text: string) => ConfigDocument[] | Promise<ConfigDocument[]>>> = {
  yaml: readYaml,
  json: readJson,
  toml: readToml,
  python: readPython,
  shell: readShell,
};

/** Their readers take a byte order mark for a part of the first word; a blank keeps the columns. */
const marked: ReadonlySet<Syntax> = new Set<Syntax>(['toml', 'shell', 'json']);

/** The documents of a config file. Never throws on odd text: what can't be read gives none. */
export async function readConfig(text: string, syntax: Syntax): Promise<ConfigDocument[]> {
  try {
    const documents = await readers[syntax](marked.has(syntax) ? text.replace(/^\uFEFF/, ' ') : text);
    return documents.map((document) => ({ ...document, text }));
  } catch {
    // The parsers throw on a few malformed documents instead of listing errors; a syntax error is for the language's own tools.
    return [];
  }
}
