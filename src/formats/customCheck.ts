import * as l10n from '@vscode/l10n';
import { metricGroups, type CustomFormat } from './custom';

/** Longer patterns are an accident. */
const LONGEST = 2000;

/**
 * The formats of a setting that can be used, and what is wrong with the others, in words. A pattern that could take for
 * ever on a line (groups repeated within repeated groups: exponential backtracking) is not used: a log is anybody's text.
 * @param given name -> regular expression, as it comes from a settings file: it may be anything
 */
export async function checkedFormats(
  given: unknown,
): Promise<{ formats: CustomFormat[]; problems: string[] }> {
  const formats: CustomFormat[] = [];
  const problems: string[] = [];
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  for (const [name, pattern] of entries as [string, unknown][]) {
    const problem =
      typeof pattern === 'string' ? await problemOf(pattern) : l10n.t('is no text with a regular expression');
    if (problem) problems.push(l10n.t('The format {0} {1}.', JSON.stringify(name), problem));
    else formats.push({ name, pattern: pattern as string });
  }
  return { formats, problems };
}

/** What is wrong with a pattern, as the rest of a sentence; null if nothing is. */
export async function problemOf(pattern: string): Promise<string | null> {
  if (pattern.length > LONGEST) return l10n.t('is longer than {0} characters', LONGEST);
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return l10n.t('is no regular expression ({0})', reason);
  }
  if (metricGroups(pattern).length === 0)
    return l10n.t('has no named group for a metric, such as {0}', '(?<loss>[\\d.]+)');
  if (repeatsAlternatives(pattern))
    return l10n.t('repeats a group with alternatives, as in (a|b)+, which could take for ever on some lines');
  // Large, and needed by few: loaded when there is an expression to look at.
  const { analyse } = await import('scslre');
  const { reports } = analyse(expression);
  return reports.some(({ exponential }) => exponential)
    ? l10n.t('could take for ever on some lines: a repeated group holds another repetition, as in (a+)+')
    : null;
}

/**
 * Whether a group that is repeated holds alternatives, at any depth: where two of them match the same text, the number of
 * ways doubles with each repetition, and not every checker sees that.
 */
function repeatsAlternatives(pattern: string): boolean {
  const groups: boolean[] = [false];
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '\\') i++;
    else if (inClass) inClass = c !== ']';
    else if (c === '[') inClass = true;
    else if (c === '(') groups.push(false);
    else if (c === '|') groups[groups.length - 1] = true;
    else if (c === ')' && groups.length > 1) {
      const holds = groups.pop()!;
      if (holds && /^([*+]|\{\d+,)/.test(pattern.slice(i + 1))) return true;
      groups[groups.length - 1] ||= holds;
    }
  }
  return false;
}
