import { describe, expect, it } from 'vitest';
import { lintConfig } from '../../../../src/config/lint';
import type { Surroundings } from '../../../../src/config/surroundings';
import type { LintFinding } from '../../../../src/findings/finding';
import { applyEdits } from '../../../../src/remedies/textEdit';
import type { Case, RuleCases } from './cases/ruleCases';

function around(files: Readonly<Record<string, string>> = {}): Surroundings {
  return {
    read: (path) => Promise.resolve(files[path] ?? null),
    list: () => Promise.resolve(Object.keys(files)),
  };
}

/** What one rule finds in a config. */
export async function findingsOf(code: string, { path, text, beside }: Case): Promise<LintFinding[]> {
  return (await lintConfig(text, path, around(beside))).filter((one) => one.code === code);
}

/** What each rule finds with which severity, what its fix leaves, and what it lets be. */
export function table(rules: readonly RuleCases[]): void {
  describe.each(rules)('$code', ({ code, bad, good, guards }) => {
    it.each(bad)('$path: $text', async ({ severity, fixed, ...config }) => {
      const found = await findingsOf(code, config);
      expect(found.map((one) => one.severity)).toEqual([severity]);
      const [{ fix, message }] = found as [LintFinding];
      expect(message).toContain('this file');
      expect(fix ? applyEdits(config.text, fix.edits) : null).toBe(fixed);
      if (fixed !== null) expect(await findingsOf(code, { ...config, text: fixed })).toEqual([]);
    });
    it.each(good)('lets be what is right: $path: $text', async (config) => {
      expect(await findingsOf(code, config)).toEqual([]);
    });
    it.each(guards)('lets be, $why: $path: $text', async (config) => {
      expect(await findingsOf(code, config)).toEqual([]);
    });
  });
}
