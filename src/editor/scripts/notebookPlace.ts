import type * as vscode from 'vscode';
import { inCell, joinCells } from '../../python/notebook';
import type { Range } from '../../remedies/textEdit';
import { pythonCells } from '../notebooks';

/** A cell and where in it a training is. */
export interface CellPlace {
  readonly cell: vscode.TextDocument;
  readonly range: Range;
}

const known = new WeakMap<vscode.NotebookDocument, { stamp: string; place: Promise<CellPlace | null> }>();

/**
 * Where a notebook trains, as its cells stand: in the cell that made the run, where that shows it by itself, else the first place
 * of all cells together. Looked for once, whichever cell asks.
 * @param maker URI of the cell that made the run; null where it is not known
 */
export function notebookPlace(
  notebook: vscode.NotebookDocument,
  maker: string | null,
): Promise<CellPlace | null> {
  const cells = pythonCells(notebook);
  const stamp = [maker, ...cells.map(({ uri, version }) => `${uri.fragment} ${version}`)].join('\n');
  const before = known.get(notebook);
  if (before?.stamp === stamp) return before.place;
  const own = cells.filter(({ uri }) => uri.toString() === maker);
  const place = trainingIn(own).then((found) => found ?? trainingIn(cells));
  known.set(notebook, { stamp, place });
  return place;
}

async function trainingIn(cells: readonly vscode.TextDocument[]): Promise<CellPlace | null> {
  // The grammar is loaded at the first use: activation stays fast.
  const { findPlaces } = await import('../../python/places/places');
  const text = joinCells(cells.map((cell) => cell.getText()));
  const { training } = await findPlaces(text.source);
  const place = training && inCell(training, text);
  return place && { cell: cells[place.cell]!, range: place.range };
}
