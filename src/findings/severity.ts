import type { LintFinding, LintSeverity } from './finding';

/** How loud a rule may be made: as a severity, not at all, or as it is by itself. */
export const loudness = ['off', 'hint', 'info', 'warning', 'error', 'default'] as const;
export type Loudness = (typeof loudness)[number];

/** By code of a rule, as in the setting `fitcheck.lint.rules`; it comes from a settings file and may be anything. */
export type RuleSettings = Readonly<Record<string, unknown>>;

/** The findings as the settings want them: some rules are off, some have another severity. */
export function asConfigured(findings: readonly LintFinding[], settings: RuleSettings): LintFinding[] {
  return findings.flatMap((finding) => {
    const wanted = Object.hasOwn(settings, finding.code) ? settings[finding.code] : 'default';
    if (wanted === 'off') return [];
    return isSeverity(wanted) ? [{ ...finding, severity: wanted }] : [finding];
  });
}

/** Whether a finding says that something is wrong, and is not just a thing to consider. */
export function isProblem({ severity }: LintFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

function isSeverity(value: unknown): value is LintSeverity {
  return value === 'error' || value === 'warning' || value === 'info' || value === 'hint';
}
