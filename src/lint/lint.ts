import { isConfigName, lintConfig } from '../config/lint';
import type { LintFinding } from '../findings/finding';
import { asConfigured, type RuleSettings } from '../findings/severity';
import { isScriptName, lintScript } from '../python/lint';

/** Whether a file's name makes it a candidate: a training script or a training config. */
export function isLintable(path: string): boolean {
  return isScriptName(path) || isConfigName(path);
}

/**
 * Findings in a training script or config, in the order of the file; none in any other file.
 * @param path as seen from the folder that is worked in; its ending decides what the text is
 * @param settings how loud each rule is to be
 */
export async function lintText(
  text: string,
  path: string,
  settings: RuleSettings = {},
): Promise<LintFinding[]> {
  const found = isScriptName(path) ? await lintScript(text, path) : lintConfig(text, path);
  return asConfigured(found, settings);
}
