import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allRules } from '../../../../src/lint/rules';
import { codeRules } from '../../../../src/python/rules/all';
import { findings, isWhole } from './lint';

const pageOf = (code: string): string => readFileSync(`docs/rules/${code}.md`, 'utf8');

/** The Python under a heading of a page. */
function pythonUnder(heading: string, page: string): string {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return /```python\n([^]*?)```/.exec(section)![1]!;
}

describe('the pages of the rules', () => {
  it('are one for each rule, and none is left over', () => {
    const pages = readdirSync('docs/rules').map((name) => name.replace('.md', ''));
    expect(pages.sort()).toEqual(allRules.map(({ code }) => code));
    expect(new Set(codeRules.map(({ code }) => code)).size).toBe(codeRules.length);
  });

  it.each(allRules.map(({ code, title }) => [code, title]))('%s %s', (code, title) => {
    const page = pageOf(code);
    expect(page.startsWith(`# ${code} ${title}\n`)).toBe(true);
    for (const part of ['## Why', '## Bad', '## Good', '## Source', '## Switch it off'])
      expect(page).toContain(part);
    for (const way of [`ignore ${code}`, `ignore-file ${code}`, `"${code}": "off"`, `--rule ${code}=off`])
      expect(page).toContain(way);
  });

  it.each(codeRules.map(({ code }) => code))(
    '%s: what is bad is found, and what is good is not',
    async (code) => {
      const page = pageOf(code);
      const [bad, good] = [pythonUnder('Bad', page), pythonUnder('Good', page)];
      const found = await findings(code, bad);
      expect(found.length).toBeGreaterThan(0);
      // The page tells the severity.
      expect(page).toContain(found[0]!.severity);
      expect(await findings(code, good)).toEqual([]);
      expect([await isWhole(bad), await isWhole(good)]).toEqual([true, true]);
      expect(found[0]!.fix === undefined && page.includes('The quick fix')).toBe(false);
    },
  );

  it.each(codeRules.map(({ code }) => code))('%s: what is good has no problem of any rule', async (code) => {
    const good = pythonUnder('Good', pageOf(code));
    for (const other of codeRules) {
      const found = await findings(other.code, good);
      expect(found.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
    }
  });
});
