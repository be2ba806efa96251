import type { Finding } from '../src/analysis/diagnosis';
import type { Assessment } from '../src/protocol';
import type { Split } from './split';

/** A finding with what a person calls it. */
export interface NamedFinding extends Finding {
  title: string;
  /** Split of the curve that decided it. */
  decidedBy?: Split | null;
  /** The user looks at it: its span is the one that is shaded. */
  chosen?: boolean;
}

/** What a person calls a symptom that was found, as the analyzer says it in the user's language. */
export function findingTitle(id: Finding['id'], assessment: Pick<Assessment, 'notes'> | null): string {
  return assessment?.notes[id]?.title ?? id;
}
