import { lintConfig } from '../config/lint';
import type { Surroundings } from '../config/surroundings';
import type { LintFinding } from '../findings/finding';
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
  // Some configs are written in Python.
  const ofConfig = await lintConfig(text, path, around);
  return asConfigured([...ofScript, ...ofConfig], settings);
}
