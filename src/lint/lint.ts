import { lintConfig } from '../config/lint';
import type { Surroundings } from '../config/surroundings';
import type { LintFinding } from '../findings/finding';
import { compare } from '../findings/safeEdits';
import { asConfigured, type RuleSettings } from '../findings/severity';
import { lintScript } from '../python/lint';
import { isScriptName } from '../python/names';

/**
 * Findings in a training script or config, in the order of the file; none in any other file.
 * @param path as seen from the folder that is worked in; its ending decides what the text is
 * @param settings how loud each rule is to be
 * @param around the files that a config may inherit from
 */
export async function lintText(
  text: string,
  path: string,
  settings: RuleSettings = {},
  around?: Surroundings,
): Promise<LintFinding[]> {
  const ofScript = isScriptName(path) ? await lintScript(text, path) : [];
  // Some configs are written in Python, and some scripts hold their settings: what both lints see is told once.
  const ofConfig = (await lintConfig(text, path, around)).filter(
    (one) => !ofScript.some((other) => isSame(one, other)),
  );
  const found = [...ofScript, ...ofConfig].sort((a, b) => compare(a.range.start, b.range.start));
  return asConfigured(found, settings);
}

function isSame(a: LintFinding, b: LintFinding): boolean {
  if (a.code !== b.code) return false;
  return compare(a.range.start, b.range.end) <= 0 && compare(b.range.start, a.range.end) <= 0;
}
