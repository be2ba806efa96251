import { DOCS } from '../remedies/pages';

/** The address of a rule's page, where its code leads to. */
export function pageOf(code: string): string {
  return `${DOCS}/rules/${code}.md`;
}
