import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintConfig } from '../../../src/config/lint';
import { configRules } from '../../../src/config/rules/all';
import { nowhere, type Surroundings } from '../../../src/config/surroundings';
import type { LintFinding } from '../../../src/findings/finding';
import { codeRules } from '../../../src/python/rules/all';
import { applyEdits } from '../../../src/remedies/textEdit';

const endings: Readonly<Record<string, string>> = {
  ...{ yaml: '.yaml', json: '.json', toml: '.toml', sh: '.sh', py: '.py' },
};

interface Example {
  text: string;
  path: string;
}

/** The configs under a heading of a page; Python is a config where no rule on scripts has the page. */
function examples(heading: string, page: string, code: string): Example[] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const isScript = codeRules.some((rule) => rule.code === code) || section.includes('```yaml');
  return [...section.matchAll(/```(\w+)\n([^]*?)```/g)].flatMap(([, language, text]) => {
    const ending = language === 'python' && !isScript ? '.py' : endings[language!];
    return ending ? [{ text: text!, path: `train${ending}` }] : [];
  });
}

/** What the page shows "beside" its bad config. */
function beside(page: string): Surroundings {
  const script = /Beside it:\n\n```python\n([^]*?)```/.exec(page)?.[1];
  if (script === undefined) return nowhere;
  return {
    list: () => Promise.resolve(['run.py']),
    read: (path) => Promise.resolve(path === 'run.py' ? script : null),
  };
}

const pageOf = (code: string): string => readFileSync(`docs/rules/${code}.md`, 'utf8');
const find = async (code: string, { text, path }: Example): Promise<LintFinding[]> =>
  (await lintConfig(text, path, beside(pageOf(code)))).filter((one) => one.code === code);

describe('the pages of the config rules', () => {
  it.each(configRules.map(({ code }) => code))(
    '%s: what is bad is found, and what is good is not',
    async (code) => {
      const page = pageOf(code);
      const [bad, good] = [examples('Bad', page, code), examples('Good', page, code)];
      expect(bad.length).toBeGreaterThan(0);
      expect(good.length).toBeGreaterThan(0);
      for (const example of bad) {
        const [finding] = await find(code, example);
        expect([code, finding !== undefined]).toEqual([code, true]);
        // In a file of no known framework it is told more softly than the page says.
        const soft = finding!.severity === 'info' ? '|warning' : '';
        expect(page).toMatch(new RegExp(`Severity: .*(${finding!.severity}${soft})`));
        expect(finding!.message).toMatch(/this file/);
        const isShared = codeRules.some((rule) => rule.code === code);
        if (!finding!.fix && isShared) continue;
        if (!finding!.fix) expect(page).not.toMatch(/## Good[^]*```\n\nThe quick fix/);
        else
          expect(
            await find(code, { ...example, text: applyEdits(example.text, finding!.fix.edits) }),
          ).toEqual([]);
      }
      for (const example of good) {
        const found = await lintConfig(example.text, example.path, beside(page));
        expect(found.filter((one) => one.code === code)).toEqual([]);
        expect(found.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
      }
    },
  );
});
