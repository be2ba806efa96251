import * as l10n from '@vscode/l10n';
import type { Position, Range, TextEdit } from '../remedies/textEdit';

const BOM = '\uFEFF';
/** The longest text that is read: no training script comes near it, and reading it would keep the editor busy. */
const LONGEST = 1_000_000;

/** Why a text is not read as a training script, or null where it is. */
export function unreadable(source: string): string | null {
  if (source.length > LONGEST)
    return l10n.t('the file is larger than 1 MB: it is not read as a training script');
  // The grammar counts lines by \n alone: a lone \r would put every edit below it on the wrong line.
  return /\r(?!\n)/.test(source)
    ? l10n.t('a line ends in a bare carriage return: convert the line ends first')
    : null;
}

/** The text without a byte order mark, which the grammar would take for a name. */
export function withoutBom(source: string): string {
  return source.startsWith(BOM) ? source.slice(1) : source;
}

/** A range of a text whose byte order mark was taken away, in the text with it: only the first line counts it. */
export function rangePastBom({ start, end }: Range): Range {
  const past = ({ line, character }: Position): Position => ({
    line,
    character: line === 0 ? character + 1 : character,
  });
  return { start: past(start), end: past(end) };
}

export function pastBom({ range, newText }: TextEdit): TextEdit {
  return { range: rangePastBom(range), newText };
}
