import type { LintFinding } from '../findings/finding';
import type { RuleSettings } from '../findings/severity';
import { endOf, inCell, inCells, joinCells } from '../python/notebook';
import type { TextEdit } from '../remedies/textEdit';
import { lintText } from './lint';

/** A finding in a cell of a notebook. */
export interface CellFinding {
  cell: number;
  /** With its range in the cell, and with a fix only if there is an edit for it. */
  finding: LintFinding;
  /** The edits of its fix by cell: an import may go into another one. */
  edits: ReadonlyMap<number, readonly TextEdit[]>;
}

/**
 * Findings in the code cells of a notebook, which are one script: what one cell makes is known in those below.
 * @param cells the texts of all Python cells, in order
 * @param path of the notebook, as seen from the folder that is worked in
 */
export async function lintCells(
  cells: readonly string[],
  path: string,
  settings: RuleSettings = {},
): Promise<CellFinding[]> {
  const text = joinCells(cells);
  const ends = cells.map(endOf);
  const found = await lintText(text.source, `${path}.py`, settings);
  return found.flatMap(({ fix, range, ...finding }) => {
    const place = inCell(range, text);
    if (!place) return [];
    const edits = fix ? inCells(fix.edits, text, ends) : null;
    const own = edits?.get(place.cell) ?? [];
    // What goes into other cells, too, is nothing to apply to one of them unseen.
    const safe = fix?.safe === true && edits?.size === 1 && edits.has(place.cell);
    const placed: LintFinding = {
      ...finding,
      range: place.range,
      ...(fix && edits ? { fix: { ...fix, edits: own, safe } } : {}),
    };
    return [{ cell: place.cell, finding: placed, edits: edits ?? new Map<number, TextEdit[]>() }];
  });
}
