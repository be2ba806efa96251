/**
 * FC916 Misspelt key.
 *
 * A key that a framework does not know, one or two letters from one that it knows and that is not set: it has no effect,
 * and many readers do not say so. Frameworks have more keys than a list can keep up with: a key all of whose words are
 * words of keys (`save_steps` beside `eval_steps`) is one that is not listed, a misspelt word is none.
 */
import * as l10n from '@vscode/l10n';
import { distance } from 'fastest-levenshtein';
import { translated } from '../../../translated';
import { dialects } from '../../dialects/all';
import type { Dialect } from '../../dialects/dialect';
import { normal, type Entry } from '../../entry';
import { finding, type ConfigRule } from '../rule';

/** The most letters that differ, and the least that must be the same for each. */
const MOST = 2;
const SAME = 4;

export const misspeltKey: ConfigRule = {
  code: 'FC916',
  title: 'Misspelt key',
  check({ dialect, document }) {
    if (!dialect.others) return [];
    const known = knownKeys(dialect);
    const used = new Set(document.entries.map(({ path }) => normal(path.at(-1)!)));
    return document.entries.flatMap((entry) => {
      const key = normal(entry.path.at(-1)!);
      if (entry.path.length !== 1 || known.has(key) || key.length < 6) return [];
      if (wordsOf(key).every((word) => vocabulary().has(word))) return [];
      const meant = [...known].filter((one) => !used.has(one) && isClose(key, one));
      const [only] = meant;
      if (only === undefined || meant.length > 1) return [];
      const message = l10n.t(
        '{0} knows no {1} in this file; {2} it does. A key that is not known has no effect.',
        translated(dialect.title),
        entry.path.at(-1)!,
        only,
      );
      return [finding('FC916', { entry }, 'info', message, rename(entry, only), 'key')];
    });
  },
};

function wordsOf(key: string): string[] {
  return key.split('_').filter((word) => !/^\d*$/.test(word));
}

let words: Set<string> | null = null;

/** Every word that a key of any dialect is made of. */
function vocabulary(): ReadonlySet<string> {
  words ??= new Set(
    dialects.flatMap(({ keys, others = [] }) =>
      [...Object.keys(keys).flatMap((pattern) => pattern.split('.')), ...others].flatMap((key) =>
        wordsOf(normal(key)),
      ),
    ),
  );
  return words;
}

function isClose(key: string, known: string): boolean {
  const most = Math.min(MOST, Math.floor(key.length / SAME));
  // A number at the end, or a plural, is a name of its own.
  if (key.replace(/\d+$/, '') === known.replace(/\d+$/, '') || `${key}s` === known || key === `${known}s`)
    return false;
  return Math.abs(key.length - known.length) <= most && distance(key, known) <= most;
}

function knownKeys({ keys, others }: Dialect): Set<string> {
  const leaves = Object.keys(keys).map((pattern) => normal(pattern.split('.').at(-1)!));
  const tops = Object.keys(keys).map((pattern) => normal(pattern.split('.')[0]!));
  return new Set([...leaves, ...tops, ...(others ?? [])].filter((key) => !key.includes('*')));
}

function rename(entry: Entry, to: string) {
  const written = entry.path.at(-1)!;
  const { start, end } = entry.keyRange;
  // In JSON the key stands between quotes.
  const quotes = start.line === end.line && end.character - start.character === written.length + 2 ? 1 : 0;
  const range = {
    start: { line: start.line, character: start.character + quotes },
    end: { line: end.line, character: end.character - quotes },
  };
  const name = written.includes('-') ? to.replaceAll('_', '-') : to;
  return {
    title: l10n.t('Rename {0} to {1}', written, name),
    edits: [{ range, newText: name }],
    safe: false,
  };
}
