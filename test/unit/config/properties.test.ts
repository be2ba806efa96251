import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintConfig } from '../../../src/config/lint';
import type { LintFinding } from '../../../src/findings/finding';
import { applyEdits, type Range } from '../../../src/remedies/textEdit';
import { fixtures } from './fixtures';
import { clipping } from './rules/cases/clipping';
import { decay } from './rules/cases/decay';
import { dropout } from './rules/cases/dropout';
import { hygiene } from './rules/cases/hygiene';
import { loss } from './rules/cases/loss';
import { training } from './rules/cases/training';
import { validation } from './rules/cases/validation';

const tables = [clipping, decay, dropout, hygiene, loss, training, validation].flat();
const bad = tables.flatMap((rule) => rule.bad);
const configs = [...fixtures, ...bad].map(({ path, text }) => ({ path, text }));

const lint = ({ text, path }: { text: string; path: string }): Promise<LintFinding[]> =>
  lintConfig(text, path);

/** What stands at a place, in a text whose lines end in any way. */
function at(text: string, { start, end }: Range): string {
  const lines = text.split(/\r\n|\r|\n/);
  return start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : '(lines)';
}

/** What was found, without its place: the same in every rewriting that keeps the meaning. */
const found = (text: string, findings: readonly LintFinding[]): string[] =>
  findings.map(({ code, severity, range }) => `${code} ${severity} ${at(text, range)}`).sort();

const comment = (path: string): string => (path.endsWith('.json') ? '// ' : '# ');

describe('a config that is the same to its reader', () => {
  it.each<[string, (text: string, path: string) => string]>([
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['behind a byte order mark', (text) => `\uFEFF${text}`],
    ['behind a comment with emoji', (text, path) => `${comment(path)}🚀 ─┤\n${text}`],
    ['without a line end at its end', (text) => text.replace(/\n+$/, '')],
  ])('%s has the same findings at the same text, and fixes that do the same', async (_name, rewrite) => {
    for (const { path, text } of configs) {
      const rewritten = rewrite(text, path);
      const before = await lint({ text, path });
      const after = await lint({ text: rewritten, path });
      expect([path, text, found(rewritten, after)]).toEqual([path, text, found(text, before)]);
      for (const [i, { fix }] of before.entries()) {
        const other = after[i]!.fix;
        expect([text, other?.title]).toEqual([text, fix?.title]);
        if (fix && other)
          expect(applyEdits(rewritten, other.edits).trimEnd()).toBe(
            rewrite(applyEdits(text, fix.edits), path).trimEnd(),
          );
      }
    }
  });

  it('with emoji before a value on its line keeps columns as editors count them', async () => {
    const line = '{"🚀🚀": "─┤", "per_device_train_batch_size": 8, "weight_decay": 0.9}';
    for (const [text, path] of [
      [line, 'a.json'],
      [`${line} # c`, 'a.yaml'],
      [`a = {"🚀" = "x", lr = 1, weight_decay = 0.9, epochs = 3}\n`, 'a.toml'],
      ['NAME="🚀" python t.py --output_dir 🚀 --per_device_train_batch_size 8 --weight_decay 0.9\n', 'a.sh'],
      [
        "🚀 = 1\noptim_wrapper = dict(name='🚀', optimizer=dict(type='AdamW', lr=0.1, weight_decay=0.9))\n",
        'a.py',
      ],
    ] as const) {
      const found = await lint({ text, path });
      const one = found.find(({ code }) => code === 'FC206');
      expect([path, one && at(text, one.range)]).toEqual([path, '0.9']);
      expect(applyEdits(text, one!.fix!.edits)).toBe(text.replace('0.9', '0.1'));
    }
  });
});

describe('a fix', () => {
  it('takes its finding away and touches nothing outside of its ranges', async () => {
    let some = 0;
    for (const { path, text, ...more } of bad) {
      if ('beside' in more && more.beside) continue;
      const before = await lint({ path, text });
      for (const { code, fix } of before) {
        if (!fix) continue;
        some++;
        const result = applyEdits(text, fix.edits);
        const after = await lint({ path, text: result });
        const count = (findings: readonly LintFinding[]): number =>
          findings.filter((one) => one.code === code).length;
        expect([text, code, count(after) < count(before)]).toEqual([text, code, true]);
        // What is put in, taken out again, leaves the text as it was.
        const kept = fix.edits.reduce(
          (length, { newText, range }) => length + newText.length - at(text, range).length,
          0,
        );
        expect(result.length - text.length).toBe(kept);
        expect(fix.title).not.toMatch(/undefined|NaN|\n/);
      }
    }
    expect(some).toBeGreaterThan(40);
  });
});

describe('a config that is broken', () => {
  const whole = fc.constantFrom(...configs);

  it('gives findings within the text, or none, and never throws', async () => {
    const noise = fc.tuple(
      whole,
      fc.array(
        fc.record({
          at: fc.nat(4000),
          takes: fc.nat(12),
          puts: fc.oneof(
            fc.string({ maxLength: 6 }),
            fc.string({ unit: 'binary', maxLength: 4 }),
            fc.constantFrom(
              '\r',
              '\u0000',
              '\t',
              '"',
              "'",
              '{',
              '[',
              '&a ',
              '*a',
              '<<: *a\n',
              '$(',
              '<<E\n',
              '\\\n',
              '🚀',
            ),
          ),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(noise, async ([{ text, path }, changes]) => {
        let broken = text;
        for (const { at: place, takes, puts } of changes) {
          const from = place % (broken.length + 1);
          broken = broken.slice(0, from) + puts + broken.slice(from + takes);
        }
        const lines = broken.split(/\r\n|\r|\n/);
        for (const { range, fix } of await lint({ text: broken, path })) {
          for (const { start, end } of [range, ...(fix?.edits ?? []).map((edit) => edit.range)]) {
            expect(end.line).toBeLessThan(lines.length);
            expect(start.character).toBeLessThanOrEqual(lines[start.line]!.length);
            expect(end.character).toBeLessThanOrEqual(lines[end.line]!.length);
            expect(start.line < end.line || start.character <= end.character).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('is read as far as it goes, wherever it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(whole, fc.nat(4000), async ({ text, path }, place) => {
        await lint({ text: text.slice(0, place % (text.length + 1)), path });
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
