/** CSI and OSC sequences, and the single-character ones. The classes are disjoint, so matching is linear. */
const ESCAPES =
  /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78cDEHMNOZ])/g;

/** Colour codes whose ESC byte some tool has dropped: `[1m185/185[0m`. */
const BARE = /\[\d{1,3}(?:;\d{1,3})*m/g;

/** The text without terminal control sequences. Bare codes go only where the line also resets (`[0m`). */
export function stripAnsi(text: string): string {
  let clean = text.includes('\u001b') ? text.replace(ESCAPES, '') : text;
  if (clean.includes('[0m')) clean = clean.replace(BARE, '');
  return clean;
}
