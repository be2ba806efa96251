import { describe, expect, it } from 'vitest';
import { lintScript } from '../../../src/python/lint';
import { plannable, planScript } from '../../../src/python/plan';
import { applyEdits } from '../../../src/remedies/textEdit';
import { scripts } from './shapes';

/**
 * What may be said of a script after an edit, a remark that is no fault: the decay of SGD is put on all parameters, as the
 * usual recipes for images do, and norms that a model gets are under the decay of its optimizer like its weights.
 */
const remarks = new Set(['FC201 info']);

async function findings(source: string): Promise<string[]> {
  return (await lintScript(source, 'train.py')).map(({ code, severity }) => `${code} ${severity}`);
}

describe('the rules on a script that a remedy was written into', () => {
  it.each(plannable)('%s: find nothing that they did not find before', async (technique) => {
    let edited = 0;
    for (const script of scripts) {
      const plan = (await planScript(script, [technique])).plan(technique);
      if (!plan.applicable) continue;
      edited++;
      const old = await findings(script);
      const added = (await findings(applyEdits(script, plan.edits))).filter((one) => {
        const at = old.indexOf(one);
        if (at >= 0) old.splice(at, 1);
        return at < 0 && !remarks.has(one);
      });
      expect([script, added]).toEqual([script, []]);
    }
    expect(edited).toBeGreaterThan(0);
  });
});
