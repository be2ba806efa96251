import type { TechniqueId } from './remedy';

/** Where the pages of the documentation are for those who have no copy of them. */
export const DOCS = 'https://github.com/fitcheck/fitcheck/blob/main/docs';

/** The page of a technique in the folder of the extension. */
export function remedyFile(technique: TechniqueId): string {
  return `docs/remedies/${technique}.md`;
}

/** The address of a technique's page. */
export function remedyAddress(technique: TechniqueId): string {
  return `${DOCS}/remedies/${technique}.md`;
}
