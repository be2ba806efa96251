import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createClassifier, type Classifier } from '../../../../src/analysis/classifier';
import { features } from '../../../../src/analysis/features';
import { answered, judge } from '../../../../src/analysis/model/evaluation/judge';
import { score } from '../../../../src/analysis/model/evaluation/score';
import { historiesOf, realExamples, type Example } from '../../../../src/analysis/model/examples';
import { readHistories, runOf, type History } from '../../../../src/analysis/model/history';
import { HISTORIES } from '../../../../src/analysis/model/paths';
import { programOf } from '../../../../src/analysis/model/programs';
import { viewRun } from '../../../../src/analysis/pairing';
import { diagnose } from '../../../../src/analysis/diagnose';

const root = join(import.meta.dirname, '../../../..');
let histories: History[];
let classifier: Classifier;

beforeAll(async () => {
  histories = await readHistories(join(root, HISTORIES));
  classifier = await createClassifier({ backend: 'cpu', modelDir: join(root, 'media/model') });
});

describe('the data set', () => {
  test('holds what it is meant to, in the size it may have', async () => {
    expect(histories.length).toBeGreaterThanOrEqual(1500);
    expect((await stat(join(root, HISTORIES))).size).toBeLessThan(8e6);
    const values = (key: (history: History) => string) => new Set(histories.map(key));
    expect([...values((h) => h.framework)].sort()).toEqual(['tfjs', 'torch']);
    for (const task of ['classification', 'regression', 'language', 'gan']) {
      expect([...values((h) => h.task)]).toContain(task);
    }
    const optimizers = values((h) => String(h.knobs.optimizer));
    for (const name of ['sgd', 'adam', 'adamw', 'rmsprop']) expect([...optimizers]).toContain(name);
    expect(Math.min(...histories.map((h) => h.evaluations))).toBeLessThanOrEqual(5);
    expect(Math.max(...histories.map((h) => h.evaluations))).toBeGreaterThan(500);
  });

  test('has each program in one part of the split', () => {
    const seen = new Map<string, string>();
    for (const part of ['training', 'calibration', 'test'] as const) {
      for (const history of historiesOf(histories, part)) {
        expect(seen.get(programOf(history)) ?? part).toBe(part);
        seen.set(programOf(history), part);
      }
    }
    expect(new Set(seen.values()).size).toBe(3);
  });
});

describe('the shipped model', () => {
  test('is small', async () => {
    const sizes = await Promise.all(
      ['model.json', 'weights.bin'].map(async (name) => (await stat(join(root, 'media/model', name))).size),
    );
    expect(sizes[0]! + sizes[1]!).toBeLessThan(300_000);
  });

  // Loose on purpose: docs/evaluation.md has the figures; this notices when something broke.
  test('judges programs that it has not seen', async () => {
    const whole = realExamples(historiesOf(histories, 'test'), 0);
    const result = score(answered(await judge(whole, classifier), ({ both }) => both));
    expect(result.falseAlarms.value).toBeLessThanOrEqual(0.03);
    expect(result.macroF1WhenDetermined).toBeGreaterThan(0.85);
    expect(result.undetermined.value).toBeLessThan(0.2);
    expect(result.families.overfitting.recallWhenDetermined.value).toBeGreaterThan(0.6);
  });

  test('says nothing of GANs', async () => {
    const gans = histories.filter(({ task }) => task === 'gan');
    expect(gans.length).toBeGreaterThan(10);
    for (const history of gans) {
      const { verdict } = await diagnose(runOf(history), classifier);
      expect(['undetermined', 'unstable']).toContain(verdict.label);
      // Not a number is a fault anywhere.
      if (verdict.label === 'unstable') expect(verdict.why).toMatch(/finite|number|NaN/);
    }
  });
});

describe('the unit of the loss', () => {
  const scaled = (history: History, factor: number): History => ({
    ...history,
    log: Object.fromEntries(
      Object.entries(history.log).map(([name, { x, y }]) => [
        name,
        { x, y: name === 'train' || name === 'val' ? y.map((value) => value * factor) : y },
      ]),
    ),
  });

  test.each([1000, 1 / Math.LN2, 1e-4])('times %d changes nothing', async (factor) => {
    const some = realExamples(historiesOf(histories, 'test'), 0).filter((_, i) => i % 4 === 0);
    for (const { real } of some as (Example & { real: { history: History } })[]) {
      const [a, b] = [runOf(real.history), runOf(scaled(real.history, factor))];
      const [fa, fb] = [features(viewRun(a)), features(viewRun(b))];
      // Of two values that are equal but for rounding either may be the best: that moves "since the best" by a point or two.
      const lengths = Object.values(real.history.log).map(({ x }) => x.length);
      const points = 2.1 / (Math.min(...lengths) - 1);
      fa.forEach((value, i) =>
        expect(Math.abs(value - fb[i]!), `${real.history.id} ${i}`).toBeLessThan(Math.max(0.02, points)),
      );
      const [da, db] = [await diagnose(a, classifier), await diagnose(b, classifier)];
      // At ln(K), and below ln(2), the unit is the evidence: bits are not nats.
      if ([...da.findings, ...db.findings].some(({ id }) => id === 'never-learned')) continue;
      expect(db.verdict.label, real.history.id).toBe(da.verdict.label);
      expect(db.findings.map(({ id, severity }) => id + severity)).toEqual(
        da.findings.map(({ id, severity }) => id + severity),
      );
    }
  });
});
