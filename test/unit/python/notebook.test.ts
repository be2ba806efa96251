import { describe, expect, it } from 'vitest';
import { inCells, inScript, joinCells } from '../../../src/python/notebook';
import { planScript, plannable } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { applyEdits, type Position, type Range } from '../../../src/remedies/textEdit';
import { before, shapes } from './shapes';

const endOf = (cell: string): Position => {
  const lines = cell.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
};

/** The cells as a technique makes them. */
async function fixed(cells: readonly string[], technique: TechniqueId, at?: Range): Promise<string[]> {
  const text = joinCells(cells);
  const plan = (await planScript(text.source, plannable)).plan(technique, at);
  if (!plan.applicable) throw new Error(plan.reason);
  const split = inCells(plan.edits, text, cells.map(endOf));
  if (!split) throw new Error('over the end of a cell');
  return cells.map((cell, i) => applyEdits(cell, split.get(i) ?? []));
}

const notebook = [
  '%matplotlib inline\n!pip install torch\nimport torch\nfrom torch import nn',
  '%%bash\nls *.py',
  'model = nn.Linear(4, 2)\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)',
  'for x, y in loader:\n    loss = nn.functional.cross_entropy(model(x), y)\n    loss.backward()\n    optimizer.step()',
  'model?',
];

describe('the cells of a notebook', () => {
  it('are one script: a name of an earlier cell is known in a later one', async () => {
    const [imports, shell, build, loop, help] = await fixed(notebook, 'gradient-clipping');
    expect([imports, shell, build, help]).toEqual([notebook[0], notebook[1], notebook[2], notebook[4]]);
    expect(loop).toContain(
      '    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n    optimizer.step()',
    );
  });

  it('get each edit where its place is, also below the last line of a cell', async () => {
    const [imports, , build, loop] = await fixed(notebook, 'ema');
    expect(imports).toBe(
      `${notebook[0]}\nfrom torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn`,
    );
    expect(build).toBe(notebook[2]);
    expect(loop).toMatch(/^ema_model = AveragedModel\(model, .*\)\nfor x, y/);
    expect(loop).toMatch(
      /optimizer\.step\(\)\n {4}ema_model\.update_parameters\(model\)\nmodel\.load_state_dict\(.*\)$/,
    );
  });

  it('keep every line where it is', () => {
    const text = joinCells(notebook);
    const lines = text.source.split('\n');
    for (const [i, { first, count }] of text.cells.entries()) {
      const own = lines.slice(first, first + count);
      expect(own.map(({ length }) => length)).toEqual(notebook[i]!.split('\n').map(({ length }) => length));
    }
    const at = { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } };
    expect(lines[inScript(at, 3, text).start.line]).toBe('    optimizer.step()');
  });

  it.each(shapes)('%s in cells: what the cells become is what the script becomes', async (shape) => {
    const source = before(shape)
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
    const cells = source.split(/\n{2,}(?=\S)/);
    const text = joinCells(cells);
    const plans = await planScript(text.source, plannable);
    for (const technique of plannable) {
      const plan = plans.plan(technique);
      if (!plan.applicable) continue;
      const split = inCells(plan.edits, text, cells.map(endOf));
      if (!split) continue;
      const edited = cells.map((cell, i) => applyEdits(cell, split.get(i) ?? []));
      expect([technique, joinCells(edited).source]).toEqual([technique, applyEdits(text.source, plan.edits)]);
    }
  });

  it('hold no edit that goes over the end of one', () => {
    const text = joinCells(['a\nb', 'c']);
    const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } };
    expect(inCells([{ range, newText: '' }], text, [endOf('a\nb'), endOf('c')])).toBeNull();
  });
});
