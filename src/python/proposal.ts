import * as l10n from '@vscode/l10n';
import type { Range, TextEdit } from '../remedies/textEdit';
import type { Script } from './model/script';
import type { Node } from './parser';

/** What a remedy would do at one place of a script. */
export interface Edit {
  edits: readonly TextEdit[];
  /** The exact edit, as the title of a code action. */
  title: string;
  /** The title for several of this kind together. */
  many?: (count: number) => string;
  /** It sets anew what is switched off now, and adds nothing. */
  switchesOn?: true;
  /** What the user should know before or after. */
  notes?: readonly string[];
  /** The number in the new text that the user may want to change: the norm, the decay, the probability. */
  value?: string;
}

/** One place where a remedy could be written, and what it takes, or why not. */
export interface Proposal {
  /** What the cursor must be on for the light bulb: an update point, an optimizer, a class. */
  anchor: Node;
  outcome: Edit | { reason: string };
}

/** A technique's planner: every place of a script that is one for it. */
export interface Planner {
  propose(script: Script): Proposal[];
  /** Why there is no place at all, as far as the whole script tells. */
  nothing(script: Script): string;
}

/** What a technique would do to a script, free of its nodes. */
export interface Settled {
  places: readonly { firstLine: number; lastLine: number; outcome: Proposal['outcome'] }[];
  nothing: string;
}

/** A plan, with the value in it that may be changed. */
export type Planned =
  | { applicable: true; title: string; edits: TextEdit[]; notes: string[]; value: string | undefined }
  | { applicable: false; reason: string };

export function refuse(anchor: Node, reason: string): Proposal {
  return { anchor, outcome: { reason } };
}

/** Asks a planner for everything. */
export function settle(planner: Planner, script: Script): Settled {
  const places = planner.propose(script).map(({ anchor, outcome }) => ({
    firstLine: anchor.startPosition.row,
    lastLine: anchor.endPosition.row,
    outcome,
  }));
  return { places, nothing: planner.nothing(script) };
}

/** The plan for the places that a selection touches, or for all: what can be edited in one go, or the first reason why nothing can. */
export function planFrom({ places, nothing }: Settled, selection?: Range): Planned {
  const wanted = places.filter(
    ({ firstLine, lastLine }) =>
      !selection || (firstLine <= selection.end.line && lastLine >= selection.start.line),
  );
  const open = wanted.flatMap(({ outcome }) => ('reason' in outcome ? [] : [outcome]));
  const [first] = open;
  if (!first) {
    const refused = wanted.find(({ outcome }) => 'reason' in outcome)?.outcome as { reason: string };
    return { applicable: false, reason: refused?.reason ?? nothing };
  }
  return {
    applicable: true,
    title: titleOf(open),
    edits: unique(open.flatMap(({ edits }) => edits)),
    notes: [...new Set([...open.flatMap(({ notes }) => notes ?? []), ...leftAlone(wanted)])],
    value: first.value,
  };
}

/** How many reasons are told beside an edit. */
const REASONS = 3;

/** What a plan does not edit beside what it does: nobody should think that all is done. */
function leftAlone(wanted: Settled['places']): string[] {
  const reasons = new Set(wanted.flatMap(({ outcome }) => ('reason' in outcome ? [outcome.reason] : [])));
  const told = [...reasons].slice(0, REASONS).map((reason) => l10n.t('Left as it is: {0}.', reason));
  return reasons.size > REASONS
    ? [...told, l10n.t('Left as they are: {0} more places.', reasons.size - REASONS)]
    : told;
}

function titleOf(open: readonly Edit[]): string {
  const [first] = open;
  if (open.length === 1) return first!.title;
  const same = open.every(({ many }) => many?.(2) === first!.many?.(2));
  if (same && first!.many) return first!.many(open.length);
  return l10n.t('{0}, and {1} more', first!.title, open.length - 1);
}

/** The same import is asked for once by each place that needs it. */
function unique(edits: readonly TextEdit[]): TextEdit[] {
  const seen = new Set<string>();
  return edits.filter((edit) => {
    const key = JSON.stringify(edit);
    return seen.has(key) ? false : seen.add(key);
  });
}
