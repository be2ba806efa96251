import type * as vscode from 'vscode';
import type { ScriptPlaces } from '../../python/places/places';

const known = new WeakMap<vscode.TextDocument, { version: number; places: Promise<ScriptPlaces> }>();

/** The places of a document as it stands: looked for once a version, whoever asks. */
export function documentPlaces(document: vscode.TextDocument): Promise<ScriptPlaces> {
  const { version } = document;
  const before = known.get(document);
  if (before?.version === version) return before.places;
  // The grammar is loaded at the first use: activation stays fast.
  const places = import('../../python/places/places').then(({ findPlaces }) =>
    findPlaces(document.getText()),
  );
  known.set(document, { version, places });
  return places;
}
