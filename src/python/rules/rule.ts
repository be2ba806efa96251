import type { LintFinding, LintSeverity } from '../../findings/finding';
import type { Range, TextEdit } from '../../remedies/textEdit';
import { isInside } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import type { Edit, Proposal } from '../proposal';

/** One rule on training scripts: pure, on one model of a script at a time. */
export interface CodeRule {
  readonly code: string;
  readonly title: string;
  /** A text without any such word has nothing that the rule could find: that is seen without looking at the code. */
  readonly words: RegExp;
  check(script: Script): Found[];
}

/** What a rule saw, and where. */
export interface Found {
  at: Node;
  severity: LintSeverity;
  /** What stands there, with its value, and what to do. */
  message: string;
  fix?: Fix | undefined;
}

export interface Fix {
  title: string;
  edits: TextEdit[];
  /**
   * Whether it may be applied unseen. That is so only where the script can't run as it is, or where what it computes
   * stays the same: everything else is the user's choice, one at a time.
   */
  safe: boolean;
}

/** The finding of a rule in the contract of the lint. */
export function asFinding(code: string, { at, severity, message, fix }: Found): LintFinding {
  return { code, range: rangeOf(at), severity, message, ...(fix ? { fix } : {}) };
}

/** What a planner would do at one place, as the fix of a rule; nothing where it refuses. */
export function plannedFix(outcome: Proposal['outcome'] | undefined): Fix | undefined {
  if (!outcome || 'reason' in outcome) return undefined;
  const { title, edits }: Edit = outcome;
  return { title, edits: [...edits], safe: false };
}

/** What a planner would do about a node: at it, or in its statement; nothing where it refuses. */
export function plannedAt(proposals: readonly Proposal[], node: Node): Fix | undefined {
  const own = proposals.filter(({ anchor }) => isInside(node, anchor) || isInside(anchor, node));
  return own.map(({ outcome }) => plannedFix(outcome)).find((fix) => fix !== undefined);
}

export function rangeOf({ startPosition: from, endPosition: to }: Node): Range {
  return {
    start: { line: from.row, character: from.column },
    end: { line: to.row, character: to.column },
  };
}

/** The line of a node as people count. */
export function lineOf({ startPosition }: Node): number {
  return startPosition.row + 1;
}
