import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { symptomNotes } from '../../../src/analysis/symptomNotes';
import { catalogue } from '../../../src/remedies/catalogue';

const folder = 'docs/remedies';
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const files = readdirSync(folder);
const symptoms = Object.keys(symptomNotes);

/** The text below a heading of a page, up to the next of its level. */
function below(page: string, heading: string): string {
  const found = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`no section "${heading}"`);
  return found.slice(heading.length);
}

describe('the pages of the remedies', () => {
  it('are one a technique, and all in the index', () => {
    const pages = files.filter((name) => name !== 'README.md').map((name) => name.replace('.md', ''));
    expect(pages.sort()).toEqual(Object.keys(catalogue).sort());
    const all = below(textOf('README.md'), 'All');
    for (const id of pages) expect(all).toContain(`(${id}.md)`);
  });

  it.each(Object.values(catalogue))(
    '$id: says what the catalogue says',
    ({ id, title, section, ...more }) => {
      const page = textOf(`${id}.md`);
      const [head, , line] = page.split('\n');
      expect(head).toBe(`# ${title}`);
      expect(line).toContain(`Id: \`${id}\`. From: Regularization Techniques, *${section}*.`);
      expect(line!.includes(`--remedy ${id}\``)).toBe(more.fixes.some((kind) => kind === 'python'));
      expect(line!.includes('into a config')).toBe(more.fixes.some((kind) => kind === 'config'));
      const told = [...below(page, 'When it helps').matchAll(/^- `([\w-]+)`/gm)].map(
        ([, symptom]) => symptom!,
      );
      expect(told.filter((symptom) => !symptoms.includes(symptom))).toEqual([]);
      expect(told.sort()).toEqual([...more.helps].sort());
      const values = below(page, 'Values');
      for (const { context, value } of more.typical) expect(values).toContain(`| ${context} | ${value} |`);
    },
  );

  it.each(Object.keys(catalogue))('%s: has what a practitioner looks for, and no more', (id) => {
    const page = textOf(`${id}.md`);
    for (const heading of ['What it does', 'When not', 'In code', 'Did it work?', 'Cautions'])
      expect(below(page, heading).trim().length, heading).toBeGreaterThan(20);
    const lines = page.split('\n').length - 1;
    expect(lines).toBeGreaterThanOrEqual(60);
    expect(lines).toBeLessThanOrEqual(120);
  });

  it.each(files)('%s: has no dead link', (name) => {
    const links = [...textOf(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    expect(links.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});
