import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/python/parser';
import { planRemedy, planScript, plannable } from '../../../src/python/plan';
import { Reparser } from '../../../src/python/reparse';
import { applyEdits } from '../../../src/remedies/textEdit';
import { before, shapes } from './shapes';

/** The tree as text. */
async function printed(source: string): Promise<string> {
  const tree = await parsePython(source);
  try {
    return tree.rootNode.toString();
  } finally {
    tree.delete();
  }
}

describe('parsing a document again', () => {
  it.each(shapes)('%s: after each remedy the tree is the one of the text alone', async (shape) => {
    const source = before(shape);
    const parser = new Reparser();
    for (const technique of plannable) {
      const plan = await planRemedy(source, technique);
      for (const text of plan.applicable ? [applyEdits(source, plan.edits), source] : [source]) {
        const tree = await parser.parse(text);
        expect(tree.rootNode.toString()).toBe(await printed(text));
        tree.delete();
      }
    }
    parser.dispose();
  });

  it('goes on from texts with errors, emoji and other line ends, letter by letter', async () => {
    const parser = new Reparser();
    const end = 'name = "🚀 ü"\r\nif x:\r\n\topt.step()  # ─┤\r\n';
    for (let i = 0; i <= end.length; i++) {
      const text = `import torch\n${end.slice(0, i)}\nprint(1)\n`;
      const tree = await parser.parse(text);
      expect(tree.rootNode.toString()).toBe(await printed(text));
      tree.delete();
    }
    parser.dispose();
  });

  it('plans what it would plan without it, also for two texts at once', async () => {
    const parser = new Reparser();
    const texts = shapes.slice(0, 6).map(before);
    const plans = await Promise.all(texts.map((text) => planScript(text, plannable, { parser })));
    for (const [i, text] of texts.entries()) {
      for (const technique of plannable)
        expect(plans[i]!.plan(technique)).toEqual(await planRemedy(text, technique));
    }
    parser.dispose();
  });

  it('says so when the text has changed in the meantime', async () => {
    const outdated = new AbortController();
    const plans = planScript(before('main-guard-loop'), plannable, { signal: outdated.signal });
    outdated.abort();
    expect((await plans).plan('dropout')).toEqual({
      applicable: false,
      reason: 'the script has changed in the meantime',
    });
  });
});
