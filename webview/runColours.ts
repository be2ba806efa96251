/**
 * Colours of runs that are compared. Chosen by search so that any two differ by at least 20 (CIE76) to normal sight and
 * to sight without red, green or blue cones (Machado, Oliveira and Fernandes 2009), and each has a contrast of at least 3
 * to its background (WCAG 1.4.11). The first two of each are of the palette of Okabe and Ito.
 */
export const runColours = {
  onLight: ['#0072b2', '#d55e00', '#983aff', '#a28a5c', '#712549', '#3724a4', '#051000', '#460d5c'],
  onDark: ['#56b4e9', '#e69f00', '#d82aa0', '#00ff9f', '#beeffe', '#dd0300', '#5b5cef', '#647d59'],
} as const;

/**
 * A place in the list of colours for each run, by path: a run keeps the one it has, a new one gets the first that is
 * free, those that are gone give theirs back.
 */
export function assignColours(
  before: Readonly<Record<string, number>>,
  paths: readonly string[],
): Record<string, number> {
  const kept = paths.filter((path) => Object.hasOwn(before, path));
  const taken = new Set(kept.map((path) => before[path]!));
  const assigned = new Map(kept.map((path) => [path, before[path]!]));
  for (const path of paths) {
    if (assigned.has(path)) continue;
    let free = 0;
    while (taken.has(free)) free++;
    taken.add(free);
    assigned.set(path, free);
  }
  return Object.fromEntries(assigned);
}
