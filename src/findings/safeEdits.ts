import type { Position, TextEdit } from '../remedies/textEdit';
import type { LintFinding } from './finding';

/**
 * The edits of all fixes that may be applied unseen, for one go: where two touch the same place, the first in the
 * file wins, and the other one is found again afterwards.
 */
export function safeEdits(findings: readonly LintFinding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fix } of findings) {
    if (!fix?.safe) continue;
    const clash = fix.edits.some((edit) => taken.some((other) => overlap(edit, other)));
    if (!clash) taken.push(...fix.edits);
  }
  return taken;
}

/** Whether two edits touch: two insertions at one place do, since their order would be a guess. */
function overlap({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;
}

/** The order of two places in a text. */
export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
