import { describe, expect, test } from 'vitest';
import { combine, type Combination } from '../../../../src/analysis/combine';
import { score, share, type Answered } from '../../../../src/analysis/model/evaluation/score';
import { fitCombination, type Opinion } from '../../../../src/analysis/model/fitCombination';
import { hash, partsOf } from '../../../../src/analysis/model/programs';

const answer = (
  truth: Answered['truth'],
  label: Answered['label'],
  confidence = 0.9,
  program = 'p',
): Answered => ({
  truth,
  label,
  confidence,
  program,
});
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('scoring', () => {
  const answers = [
    ...times(8, answer('healthy', 'healthy')),
    answer('healthy', 'overfitting', 0.6),
    answer('healthy', 'undetermined', 0),
    ...times(3, answer('overfitting', 'overfitting')),
    answer('overfitting', 'healthy', 0.55),
  ];
  const result = score(answers);

  test('counts, shares and F1 are those worked out by hand', () => {
    expect(result.confusion.healthy).toEqual({
      healthy: 8,
      overfitting: 1,
      underfitting: 0,
      unstable: 0,
      undetermined: 1,
    });
    expect(result.falseAlarms.value).toBeCloseTo(1 / 10);
    expect(result.undetermined.value).toBeCloseTo(1 / 14);
    expect(result.families.overfitting.precision.value).toBeCloseTo(3 / 4);
    expect(result.families.overfitting.recall.value).toBeCloseTo(3 / 4);
    expect(result.families.healthy.recallWhenDetermined.value).toBeCloseTo(8 / 9);
    // Only families that occur are averaged: healthy 16/19, overfitting 6/8.
    expect(result.macroF1.value).toBeCloseTo((16 / 19 + 6 / 8) / 2);
  });

  test('the calibration error weighs the bins by their runs', () => {
    // 0.9: 11 runs, all right. 0.6 and 0.55: wrong.
    const expected = (11 * 0.1 + 1 * 0.6 + 1 * 0.55) / 13;
    expect(result.calibrationError).toBeCloseTo(expected);
  });

  test('intervals hold their value, and Wilson is what the books say', () => {
    expect(share(5, 10).low).toBeCloseTo(0.2366, 3);
    expect(share(5, 10).high).toBeCloseTo(0.7634, 3);
    expect(share(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
    const spread = score(answers.map((one, i) => ({ ...one, program: `p${i % 4}` })));
    expect(spread.macroF1.low).toBeLessThanOrEqual(spread.macroF1.value);
    expect(spread.macroF1.high).toBeGreaterThanOrEqual(spread.macroF1.value);
  });
});

describe('the split', () => {
  test('deals each program to one part, whatever the order', () => {
    const names = Array.from({ length: 60 }, (_, i) => `data${i % 12}/net${Math.floor(i / 12)}`);
    const parts = partsOf(names);
    expect(partsOf([...names].reverse())).toEqual(new Map([...parts]));
    const count = (part: string) => [...parts.values()].filter((one) => one === part).length;
    expect([count('training'), count('calibration'), count('test')]).toEqual([48, 12, 0]);
  });

  test('holds whole data sets out, whatever learned them', () => {
    const parts = partsOf(['digits/mlp', 'shapes/mlp', 'shapes/cnn', 'digits/cnn']);
    expect(
      [...parts]
        .filter(([, part]) => part === 'test')
        .map(([name]) => name)
        .sort(),
    ).toEqual(['shapes/cnn', 'shapes/mlp']);
  });

  test('names that resemble each other do not lie side by side', () => {
    const low = Array.from({ length: 100 }, (_, i) => hash(`digits/mlp${i}`)).filter(
      (h) => h < 2 ** 31,
    ).length;
    expect(low).toBeGreaterThan(30);
    expect(low).toBeLessThan(70);
  });
});

describe('combining the layers', () => {
  const flat: Combination = {
    network: { none: 0.5, info: 0.5, promoted: 0.5, warning: 0.5, error: 0.5 },
    finding: { none: 1, info: 1, promoted: 1, warning: 1, error: 1 },
    alone: { none: 1, info: 1, promoted: 1, warning: 1, error: 1 },
  };
  const model = { healthy: 0.1, overfitting: 0.7, underfitting: 0.1, unstable: 0.1 };

  test('probabilities sum to one, and agreement makes surer', () => {
    const agreed = combine('overfitting', 'warning', model, flat);
    expect(Object.values(agreed).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(agreed.overfitting).toBeGreaterThan(combine('healthy', 'none', model, flat).overfitting);
    expect(combine('unstable', 'error', null, flat).unstable).toBeCloseTo(Math.E / (Math.E + 3));
    expect(combine('healthy', 'none', { ...model, healthy: 0 }, flat).healthy).toBeGreaterThan(0);
  });

  test('the fit trusts the layer that is right', () => {
    const opinion = (truth: Opinion['truth'], label: Opinion['label']): Opinion => ({
      truth,
      label,
      strength: 'warning',
      model,
      weight: 1,
    });
    const detectorsRight = fitCombination(times(200, opinion('unstable', 'unstable')), flat);
    const networkRight = fitCombination(times(200, opinion('overfitting', 'unstable')), flat);
    expect(detectorsRight.finding.warning).toBeGreaterThan(networkRight.finding.warning);
    expect(detectorsRight.network.warning).toBeLessThan(networkRight.network.warning);
    // What no run speaks for stays as it was.
    expect(detectorsRight.finding.error).toBe(1);
  });
});
