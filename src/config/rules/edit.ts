import * as l10n from '@vscode/l10n';
import type { LintFinding } from '../../findings/finding';
import type { Position, TextEdit } from '../../remedies/textEdit';
import type { ConfigDocument, Entry, Syntax } from '../entry';
import { keyOf } from './rule';

type Fix = NonNullable<LintFinding['fix']>;

/**
 * A fix that replaces a value and nothing else: comments, quotes around it and layout stay. None where the value is
 * written for several keys at once (an anchor, a shell variable): the edit would change more than is said.
 */
export function replaceValue(entry: Entry, value: string, safe: boolean): Fix | null {
  if (entry.shared) return null;
  return {
    title: l10n.t('Set {0} to {1}', keyOf(entry), value),
    edits: [{ range: entry.valueRange, newText: value }],
    safe,
  };
}

/**
 * A fix that puts a key beside another one of the same mapping, before it, in the style of the file. None where the
 * other one does not tell where that is: inside a list, behind an anchor.
 * @param value as it is written in the syntax of the file, quotes included
 */
export function insertBeside(
  document: ConfigDocument,
  beside: Entry,
  key: string,
  value: string,
  title = l10n.t('Add {0}: {1}', key, value),
): Fix | null {
  if (beside.shared || /^\d+$/.test(beside.path.at(-1)!)) return null;
  const edit = insertion(document, beside.keyRange.start, spelt(key, keyOf(beside)), value);
  return edit && { title, edits: [edit], safe: false };
}

function insertion(
  { syntax, text }: ConfigDocument,
  at: Position,
  key: string,
  value: string,
): TextEdit | null {
  const line = text.split(/\r\n|\r|\n/)[at.line] ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = line.slice(0, at.character);
  const indent = /^\s*/.exec(line)![0];
  const opens = syntax === 'shell' ? /^\s*--?$/ : /^\s*$/;
  const style = styles[syntax](line);
  const start = syntax === 'shell' ? before.length - (/--?$/.exec(before)?.[0].length ?? 0) : at.character;
  const here = { line: at.line, character: start };
  if (opens.test(before)) {
    return { range: { start: here, end: here }, newText: `${style.own(key, value)}${eol}${indent}` };
  }
  // `- lr: 1` and `a.b.c = 1` begin something else before the key.
  if (!/[{,(]\s*$/.test(before) && syntax !== 'shell') return null;
  return { range: { start: here, end: here }, newText: style.inline(key, value) };
}

interface Style {
  /** On a line of its own, line end not included. */
  own: (key: string, value: string) => string;
  /** In front of another key in the same line. */
  inline: (key: string, value: string) => string;
}

const styles: Readonly<Record<Syntax, (line: string) => Style>> = {
  yaml: () => ({ own: (k, v) => `${k}: ${v}`, inline: (k, v) => `${k}: ${v}, ` }),
  json: () => ({ own: (k, v) => `"${k}": ${v},`, inline: (k, v) => `"${k}": ${v}, ` }),
  toml: () => ({ own: (k, v) => `${k} = ${v}`, inline: (k, v) => `${k} = ${v}, ` }),
  shell: () => ({ own: (k, v) => `--${k} ${v} \\`, inline: (k, v) => `--${k} ${v} ` }),
  python: (line) => {
    // Among arguments, in a dict, or a line of the file.
    if (/^\s*['"][^'"]*['"]\s*:/.test(line)) {
      return { own: (k, v) => `"${k}": ${v},`, inline: (k, v) => `"${k}": ${v}, ` };
    }
    const isArgument = /,\s*(#.*)?$/.test(line) || /^\s*\w+=[^=]/.test(line);
    return {
      own: (k, v) => (isArgument ? `${k}=${v},` : `${k} = ${v}`),
      inline: (k, v) => `${k}=${v}, `,
    };
  },
};

/** A key with the hyphens or underscores that the file uses. */
function spelt(key: string, like: string): string {
  return like.includes('-') && !like.includes('_') ? key.replaceAll('_', '-') : key;
}
