import type { Range, TextEdit } from '../remedies/textEdit';

/** How loud a finding is. Only `error` and `warning` say that something is wrong. */
export type LintSeverity = 'error' | 'warning' | 'info' | 'hint';

/** One finding in one file, as in the JSON contract of `lint`. */
export interface LintFinding {
  code: string;
  range: Range;
  severity: LintSeverity;
  /** What stands "in this file", the usual range in this context, and the source. */
  message: string;
  fix?: {
    title: string;
    edits: TextEdit[];
    /** Whether it may be applied unseen (`--fix`, "fix all"). */
    safe: boolean;
  };
}

/** A finding with the file that it is in. */
export type FileFinding = LintFinding & { file: string };
