import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/python/parser';
import { planRemedy, planRemedyAt, planScript, plannable } from '../../../src/python/plan';
import { selectionOf } from '../../../src/remedies/selection';
import { applyEdits, type Range } from '../../../src/remedies/textEdit';
import { before, shapes } from './shapes';

/** What stands in a range of a text. */
function within(text: string, { start, end }: Range): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.character);
  return lines.join('\n').slice(start.character);
}

describe('one model for several plans', () => {
  it.each(shapes)('%s: the plans are the ones that are made alone', async (shape) => {
    const source = before(shape);
    const plans = await planScript(source, plannable);
    for (const technique of plannable) {
      expect(plans.plan(technique)).toEqual(await planRemedy(source, technique));
      const line = { line: 8, character: 0 };
      const at = { start: line, end: line };
      expect(plans.plan(technique, at)).toEqual(await planRemedyAt(source, technique, at));
    }
  });

  it.each(shapes)('%s: what is to be selected is a number that was inserted', async (shape) => {
    const source = before(shape);
    const plans = await planScript(source, plannable);
    for (const technique of plannable) {
      const plan = plans.plan(technique);
      if (!plan.applicable || !plan.selection) continue;
      const selected = within(applyEdits(source, plan.edits), plan.selection);
      expect(selected).toMatch(/^[\d.]+(e-\d+)?$/);
      expect(plan.edits.some(({ newText }) => newText.includes(selected))).toBe(true);
    }
  });

  it('parses texts that are asked for at once, each for itself', async () => {
    const one = 'x = f(1)\n'.repeat(20_000);
    const other = 'def g():\n    return [1, 2]\n'.repeat(10_000);
    const trees = await Promise.all([parsePython(one), parsePython(other), parsePython('y = 2\n')]);
    expect(trees.map(({ rootNode }) => [rootNode.hasError, rootNode.namedChildCount])).toEqual([
      [false, 20_000],
      [false, 10_000],
      [false, 1],
    ]);
    for (const tree of trees) tree.delete();
  });
});

describe('where an inserted value stands afterwards', () => {
  const at = (line: number, character: number): Range => ({
    start: { line, character },
    end: { line, character },
  });

  it('behind edits in earlier lines and in the same line', () => {
    const text = 'import a\nf(x); g(y)\n';
    const edits = [
      { range: at(1, 9), newText: ', p=1.0' },
      { range: at(0, 8), newText: '\nimport b' },
      { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } }, newText: 'long11.0' },
    ];
    const { selection } = selectionOf(edits, '1.0');
    expect(selection).toEqual({ start: { line: 2, character: 20 }, end: { line: 2, character: 23 } });
    expect(within(applyEdits(text, edits), selection!)).toBe('1.0');
  });

  it('is nothing without a value, or where no edit has it', () => {
    expect(selectionOf([{ range: at(0, 0), newText: '11.0 1.05' }], '1.0')).toEqual({});
    expect(selectionOf([{ range: at(0, 0), newText: '1.0' }], undefined)).toEqual({});
  });
});
