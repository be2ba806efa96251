import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/python/parser';
import { planRemedy, planScript, plannable } from '../../../src/python/plan';
import { applyEdits, type TextEdit } from '../../../src/remedies/textEdit';
import { answered, before, expected, shapes } from './shapes';

const cases = shapes.flatMap((shape) => answered(shape).map((technique) => [technique, shape] as const));

/** The edits that take edits back: what was inserted goes, what was replaced returns. */
function undone(source: string, fixed: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: TextEdit['range']['start']): number => starts[line]! + character;
  let shift = 0;
  let result = fixed;
  const ordered = edits
    .map(({ range, newText }, i) => ({ from: offset(range.start), to: offset(range.end), newText, i }))
    .sort((a, b) => a.from - b.from || a.to - b.to || a.i - b.i);
  const places = ordered.map(({ from, to, newText }) => {
    const at = from + shift;
    shift += newText.length - (to - from);
    return { at, newText, old: source.slice(from, to) };
  });
  for (const { at, newText, old } of places.reverse()) {
    expect(result.slice(at, at + newText.length)).toBe(newText);
    result = result.slice(0, at) + old + result.slice(at + newText.length);
  }
  return result;
}

async function isWhole(source: string): Promise<boolean> {
  const tree = await parsePython(source);
  try {
    return !tree.rootNode.hasError;
  } finally {
    tree.delete();
  }
}

describe('each shape of a training script', () => {
  it.each(cases)('%s in %s', async (technique, shape) => {
    const source = before(shape);
    const plan = await planRemedy(source, technique);
    const wanted = expected(shape, technique);
    if ('reason' in wanted) {
      expect(plan).toEqual({ applicable: false, reason: wanted.reason });
      return;
    }
    if (!plan.applicable) throw new Error(plan.reason);
    const fixed = applyEdits(source, plan.edits);
    expect(fixed).toBe(wanted.script);
    expect(await isWhole(fixed)).toBe(true);
    expect(await planRemedy(fixed, technique)).toMatchObject({ applicable: false });
    expect(undone(source, fixed, plan.edits)).toBe(source);
    // Nothing but what the edits say, and no line end of another kind.
    if (source.includes('\r\n')) expect(fixed.replaceAll('\r\n', '')).not.toContain('\n');
    else expect(fixed).not.toContain('\r');
    expect(plan.title).not.toMatch(/undefined|null|\n/);
  });
});

describe('any shape, written otherwise, with any remedy', () => {
  const inDosLines = (text: string): string => text.replace(/\r?\n/g, '\r\n');
  const inTabs = (text: string): string =>
    text.replace(/^( {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
  const afterEmoji = (text: string): string => `# 🚀 ─┤\n${text.replace(/^\uFEFF/, '')}`;
  const insideFunction = (text: string): string =>
    `def main():\n${text.replace(/^\uFEFF/, '').replace(/^(?=[^\r\n])/gm, '    ')}`;

  it.each([
    ['as it is', (text: string): string => text],
    ['CRLF', inDosLines],
    ['tabs', inTabs],
    ['behind emoji', afterEmoji],
    ['in a function', insideFunction],
  ])(
    '%s: the edited file parses, is not edited again, and goes back to its bytes',
    async (_name, rewrite) => {
      for (const shape of shapes) {
        const source = rewrite(before(shape));
        const whole = await isWhole(source);
        const plans = await planScript(source, plannable);
        for (const technique of plannable) {
          const plan = plans.plan(technique);
          if (!plan.applicable) {
            expect([technique, shape, plan.reason.length > 10]).toEqual([technique, shape, true]);
            continue;
          }
          expect([technique, shape, plan.title]).toEqual([
            technique,
            shape,
            expect.stringMatching(/^[^\n]{10,}$/),
          ]);
          expect([technique, shape, plan.title]).not.toEqual([
            technique,
            shape,
            expect.stringMatching(/undefined|null/),
          ]);
          const fixed = applyEdits(source, plan.edits);
          expect([technique, shape, await isWhole(fixed)]).toEqual([technique, shape, whole]);
          const again = await planRemedy(fixed, technique);
          expect([technique, shape, again.applicable && again.title]).toEqual([technique, shape, false]);
          expect(undone(source, fixed, plan.edits)).toBe(source);
          const foreign = (text: string): number =>
            source.includes('\r\n')
              ? text.replaceAll('\r\n', '').split('\n').length
              : text.split('\r').length;
          expect([technique, shape, foreign(fixed)]).toEqual([technique, shape, foreign(source)]);
        }
      }
    },
  );

  it('cut off anywhere: nothing is thrown, and what is edited still parses as well as before', async () => {
    for (const shape of shapes) {
      const whole = before(shape);
      for (const part of [0.3, 0.55, 0.8, 0.95]) {
        const source = whole.slice(0, Math.floor(whole.length * part));
        const plans = await planScript(source, plannable);
        if (!(await isWhole(source))) continue;
        for (const technique of plannable) {
          const plan = plans.plan(technique);
          if (!plan.applicable) continue;
          const fixed = applyEdits(source, plan.edits);
          expect([technique, shape, part, await isWhole(fixed)]).toEqual([technique, shape, part, true]);
        }
      }
    }
  });
});
