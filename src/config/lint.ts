import type { ConfigDocument } from './entry';
import type { LintFinding } from '../findings/finding';
import { withoutIgnored } from '../findings/ignore';
import { compare } from '../findings/safeEdits';
import { readJson } from './readJson';
import { readYaml } from './readYaml';
import { configRules } from './rules/all';
import { asTraining } from './training';

/** A config larger than this is data (1 MiB). */
const MAX_SIZE = 1 << 20;

/**
 * Findings in a training config, in the order of the file. Any other YAML or JSON gives none, and so does a file that
 * can't be read as either: a syntax error is for the language's own tools to report.
 * @param path decides between YAML and JSON by its ending
 */
export function lintConfig(text: string, path: string): LintFinding[] {
  if (text.length > MAX_SIZE) return [];
  const document = read(text, path);
  const config = document && asTraining(document);
  if (!config) return [];
  const found = configRules
    .flatMap((rule) => rule.check(config))
    .map((finding) =>
      config.dialect.id === 'generic' ? { ...finding, severity: quieter(finding.severity) } : finding,
    );
  return withoutIgnored(found, text).sort((a, b) => compare(a.range.start, b.range.start));
}

/** In a file of no known dialect a key may mean something else: nothing is claimed there. */
function quieter(severity: LintFinding['severity']): LintFinding['severity'] {
  return severity === 'error' || severity === 'warning' ? 'info' : 'hint';
}

/** Whether a file's name makes it a candidate at all. */
export function isConfigName(path: string): boolean {
  return (
    /\.(ya?ml|jsonc?)$/i.test(path) &&
    !/(^|[\\/])(package(-lock)?|tsconfig[^\\/]*|composer)\.json$/i.test(path)
  );
}

function read(text: string, path: string): ConfigDocument | null {
  if (!isConfigName(path)) return null;
  try {
    return /\.jsonc?$/i.test(path) ? readJson(text) : readYaml(text);
  } catch {
    // The YAML library throws on a few malformed documents instead of listing errors.
    return null;
  }
}
