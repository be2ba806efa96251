import { DOCS } from '../remedies/pages';

/** The address of a rule's page, where its code leads to. */
export function pageOf(code: string): string {
  return `${DOCS}/rules/${code}.md`;
}

/** The address of what is known of a symptom. */
export function symptomPage(id: string): string {
  return `https://github.com/fitcheck/fitcheck/blob/main/docs/symptoms.md#${id}`;
}
