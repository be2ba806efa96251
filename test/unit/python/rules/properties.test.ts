import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeEdits } from '../../../../src/findings/safeEdits';
import type { LintFinding } from '../../../../src/findings/finding';
import { lintScript } from '../../../../src/python/lint';
import { codeRules } from '../../../../src/python/rules/all';
import { applyEdits } from '../../../../src/remedies/textEdit';
import { scripts } from '../shapes';
import { isWhole } from './lint';

const lint = (source: string): Promise<LintFinding[]> => lintScript(source, 'train.py');

const inDosLines = (text: string): string => text.replace(/\r?\n/g, '\r\n');
const inTabs = (text: string): string =>
  text.replace(/^( {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
const afterEmoji = (text: string): string => `# 🚀 ─┤\n${text.replace(/^\uFEFF/, '')}`;
const insideFunction = (text: string): string =>
  `import torch\ndef main():\n${text.replace(/^\uFEFF/, '').replace(/^(?=[^\r\n])/gm, '    ')}`;
const behindBom = (text: string): string => `\uFEFF${text.replace(/^\uFEFF/, '')}`;

/** Where the text of two versions differs: from, and to in each of them. */
function changed(a: string, b: string): { from: number; to: number } {
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - from && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return { from, to: a.length - tail };
}

/** How often a rule finds the same thing. */
const count = (found: readonly LintFinding[], code: string): number =>
  found.filter((one) => one.code === code).length;

describe('the fixes of all rules', () => {
  it.each([
    ['as they are', (text: string) => text],
    ['CRLF', inDosLines],
    ['tabs', inTabs],
    ['behind emoji', afterEmoji],
    ['in a function', insideFunction],
    ['behind a byte order mark', behindBom],
  ])(
    '%s: parse, take their finding away, and touch only their ranges',
    { timeout: 120_000 },
    async (_name, rewrite) => {
      for (const script of scripts.map(rewrite)) {
        const found = await lint(script);
        for (const { code, fix } of found) {
          if (!fix) continue;
          const result = applyEdits(script, fix.edits);
          expect([code, script, await isWhole(result.replace(/^\uFEFF/, ''))]).toEqual([code, script, true]);
          const after = await lint(result);
          expect([code, script, count(after, code) < count(found, code)]).toEqual([code, script, true]);
          // Nothing outside of the lines that the edits name changes.
          const lines = fix.edits.flatMap(({ range }) => [range.start.line, range.end.line]);
          const { from, to } = changed(script, result);
          const first = script.slice(0, from).split('\n').length - 1;
          const last = script.slice(0, to).split('\n').length - 1;
          expect(first).toBeGreaterThanOrEqual(Math.min(...lines) - 1);
          expect(last).toBeLessThanOrEqual(Math.max(...lines) + 1);
          const dos = script.includes('\r\n') && !script.replaceAll('\r\n', '').includes('\n');
          if (dos) expect(result.replaceAll('\r\n', '')).not.toContain('\n');
          expect(fix.title).not.toMatch(/undefined|null|\n/);
        }
      }
    },
  );

  it('that are safe can be applied together, and leave nothing safe to do', { timeout: 60_000 }, async () => {
    let some = 0;
    for (const script of scripts) {
      let text = script;
      for (let round = 0; round < 5; round++) {
        const edits = safeEdits(await lint(text));
        some += edits.length;
        text = applyEdits(text, edits);
      }
      expect(safeEdits(await lint(text))).toEqual([]);
      expect(await isWhole(text.replace(/^\uFEFF/, ''))).toBe(await isWhole(script.replace(/^\uFEFF/, '')));
    }
    expect(some).toBeGreaterThan(4);
  });
});

describe('odd source', () => {
  it('cut off anywhere: nothing is thrown', { timeout: 120_000 }, async () => {
    for (const script of scripts)
      for (const part of [0.2, 0.4, 0.55, 0.7, 0.85, 0.97])
        await expect(lint(script.slice(0, Math.floor(script.length * part)))).resolves.toBeInstanceOf(Array);
  });

  it(
    'with any piece taken out, doubled or put elsewhere: nothing is thrown',
    { timeout: 120_000 },
    async () => {
      const piece = fc.tuple(
        fc.nat(scripts.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        fc.nat(2),
      );
      await fc.assert(
        fc.asyncProperty(piece, async ([index, where, length, how]) => {
          const script = scripts[index]!;
          const at = Math.floor(where * script.length);
          const taken = script.slice(at, at + length);
          const rest = script.slice(0, at) + script.slice(at + length);
          const odd =
            how === 0 ? rest : how === 1 ? script.slice(0, at) + taken + script.slice(at) : taken + rest;
          for (const { range, message } of await lint(odd)) {
            const lines = odd.split('\n');
            expect(range.end.line).toBeLessThan(lines.length);
            expect(message).not.toMatch(/undefined|\[object/);
          }
        }),
        { numRuns: 400 },
      );
    },
  );
});

describe('code with a syntax error', () => {
  const fine = 'from torch import nn\na = nn.GroupNorm(32, 48)\n';

  it.each([
    ['in the call', 'from torch import nn\na = nn.GroupNorm(32, 48,, )\n', 0],
    ['right behind it', `${fine}b = (\n`, 0],
    ['in another function', `${fine}def f():\n    x = = 2\n    return x\n`, 1],
  ])('%s', async (_name, source, count) => {
    expect(await lint(source)).toHaveLength(count);
  });
});

describe('what is passed over', () => {
  const bad = 'from torch import nn\nnorm = nn.GroupNorm(32, 48)\n';

  it.each([
    ['train.py', 1],
    ['src/models/net.py', 1],
    ['latest/train.py', 1],
    ['tests/train.py', 0],
    ['pkg/test/train.py', 0],
    ['test_train.py', 0],
    ['net_test.py', 0],
    ['conftest.py', 0],
    ['benchmarks/train.py', 0],
    ['lib/site-packages/x/net.py', 0],
    ['third_party/net.py', 0],
    ['megatron/model/net.py', 0],
    ['src/transformers/models/net.py', 0],
    ['C:\\work\\tests\\train.py', 0],
  ])('%s', async (path, count) => {
    expect(await lintScript(bad, path)).toHaveLength(count);
  });

  it.each([
    ['a file of no library that is known', 'norm = nn.GroupNorm(32, 48)\n'],
    ['a file of more than 1 MB', `${bad}#${' '.repeat(1_000_000)}`],
    ['line ends of old', bad.replaceAll('\n', '\r')],
    ['an empty file', ''],
  ])('%s', async (_name, source) => {
    expect(await lint(source)).toEqual([]);
  });

  it.each([
    [
      'at the end of the line',
      'import torch.nn as nn\nn = nn.GroupNorm(32, 48)  # fitcheck: ignore FC410\n',
      0,
    ],
    ['on the line before', 'import torch.nn as nn\n# fitcheck: ignore FC410\nn = nn.GroupNorm(32, 48)\n', 0],
    [
      'on the last line of the call',
      'import torch.nn as nn\nn = nn.GroupNorm(\n    32,\n    48,\n)  # fitcheck: ignore\n',
      0,
    ],
    ['for the file', '# fitcheck: ignore-file FC410\nimport torch.nn as nn\nn = nn.GroupNorm(32, 48)\n', 0],
    [
      'for the file, all rules',
      'import torch.nn as nn\nn = nn.GroupNorm(32, 48)\n# fitcheck: ignore-file\n',
      0,
    ],
    ['of another rule', 'import torch.nn as nn\nn = nn.GroupNorm(32, 48)  # fitcheck: ignore FC411\n', 1],
    [
      'of another rule for the file',
      '# fitcheck: ignore-file FC303\nimport torch.nn as nn\nn = nn.GroupNorm(32, 48)\n',
      1,
    ],
    [
      'of the file, behind code',
      'import torch.nn as nn  # fitcheck: ignore-file FC410\nn = nn.GroupNorm(32, 48)\n',
      1,
    ],
  ])('a comment %s', async (_name, source, count) => {
    expect(await lint(source)).toHaveLength(count);
  });
});

describe('the rules', () => {
  it('have a title each, and words that their own examples say', () => {
    for (const { code, title, words } of codeRules) {
      expect([code, title.length > 5, words.global]).toEqual([code, true, false]);
    }
  });
});
