import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/analysis/detect';
import type { Finding } from '../../../src/analysis/diagnosis';
import { viewRun } from '../../../src/analysis/pairing';
import { decide } from '../../../src/analysis/verdict';
import { averageFromZero } from '../../../src/analysis/warmAverage';
import { curveOf, makeRun, makeSeries, type RunParts } from './makeRun';

const find = (parts: RunParts): Finding[] => detect(viewRun(makeRun(parts)));
const loud = (parts: RunParts) => find(parts).filter(({ severity }) => severity !== 'info');
const ids = (parts: RunParts) => find(parts).map(({ id, severity }) => `${id}:${severity}`);
const verdict = (parts: RunParts, underfitting = 0.05) => {
  const view = viewRun(makeRun(parts));
  const rest = (1 - underfitting) / 3;
  return decide(view, detect(view), { healthy: rest, overfitting: rest, unstable: rest, underfitting })
    .verdict;
};
const by = (count: number, f: (i: number) => number) => Array.from({ length: count }, (_, i) => f(i));
/** White noise of about one unit that is the same in every run. */
const noisy = (i: number) => 1.7 * Math.sin(i * i * 12.9898 + i);
const higher = { name: 'accuracy', direction: 'higher', unit: null } as const;
const unsplit = { name: 'loss', split: null, direction: 'lower', unit: null } as const;

describe('running averages that start at zero', () => {
  test.each([20, 30, 45, 60, 90, 120])('%i points raise no alarm', (count) => {
    for (let seed = 0; seed < 20; seed++) {
      const ema = (i: number) => (1 - 0.98 ** (i + 1)) * (1 + 1.5 * Math.exp(-i / 60));
      const loss = by(count, (i) => ema(i) + 0.005 * noisy(i + 1000 * seed));
      expect(loud({ loss, steps: by(count, (i) => i) }), `${seed}`).toEqual([]);
    }
  });

  test('a loss that jumps up or rises ever faster is none', () => {
    expect(averageFromZero(Float64Array.from(by(40, (i) => (i === 0 ? 0.05 : 2.3))))).toBe(0);
    expect(averageFromZero(Float64Array.from(by(40, (i) => 0.01 * Math.exp(i / 8))))).toBe(0);
  });

  test('divergence from one of the first points is no error', () => {
    expect(ids({ loss: by(40, (i) => 0.1 * Math.exp(i / 8)) })[0]).toBe('divergence:warning');
  });
});

describe('never-learned waits', () => {
  const flat = (count: number, level: number) => by(count, (i) => level * (1 + 0.002 * noisy(i)));

  test('for 300 steps, or 20 evaluations', () => {
    const at = (count: number, steps?: number[]) => loud({ loss: flat(count, 1.6), ...(steps && { steps }) });
    expect(at(19)).toEqual([]);
    expect(at(20)[0]?.id).toBe('never-learned');
    const steps = by(30, (i) => 10 * i);
    expect(at(30, steps)).toEqual([]);
    expect(
      at(
        40,
        by(40, (i) => 10 * i),
      )[0]?.id,
    ).toBe('never-learned');
  });

  test('for the peak of the learning rate', () => {
    const loss = flat(40, 1.6);
    expect(loud({ loss, learning_rate: by(40, (i) => 1e-6 * (i + 1)) })).toEqual([]);
    expect(loud({ loss, learning_rate: by(40, (i) => 1e-6 * Math.min(10, i + 1)) })[0]?.id).toBe(
      'never-learned',
    );
  });

  test('where no accuracy is logged, for a loss that did not move at all, in any unit', () => {
    for (const level of [0.41, 410, 4.1e-5]) {
      expect(ids({ loss: flat(40, level) })[0], `${level}`).toBe('never-learned:warning');
      // Fine-tuning gains its few per cent.
      const tuned = by(40, (i) => level * (1 - 0.03 * (1 - Math.exp(-i / 10)) + 0.002 * noisy(i)));
      expect(loud({ loss: tuned }), `${level}`).toEqual([]);
    }
  });

  test('for guessing: an accuracy at chance level, or a loss at ln(K)', () => {
    expect(ids({ loss: flat(40, 0.41), accuracy: by(40, () => 0.5) })[0]).toBe('never-learned:error');
    expect(ids({ loss: flat(40, Math.LN2) })[0]).toBe('never-learned:error');
    expect(ids({ loss: flat(40, 0.41), context: { num_classes: 7 } })[0]).toBe('never-learned:info');
  });
});

describe('plateau', () => {
  const settled = (count: number) => by(count, (i) => 1.9 + 0.3 * Math.exp(-i / 3) + 0.004 * noisy(i));

  test('of a loss alone is information, and no verdict however sure the network is', () => {
    expect(ids({ loss: settled(40) })).toEqual(['plateau:info']);
    expect(verdict({ loss: settled(40) }, 0.8).label).not.toBe('underfitting');
    // A fine-tuning in good health comes to rest like that.
    expect(verdict({ loss: settled(40) }, 0.97).label).toBe('undetermined');
    const accuracy = by(40, (i) => 0.1 + 0.2 * (1 - Math.exp(-i / 3)));
    expect(verdict({ loss: settled(40), accuracy }, 0.97).label).toBe('underfitting');
    const learning_rate = by(40, () => 0.1);
    expect(ids({ loss: settled(40), learning_rate })).toEqual(['plateau:info']);
  });

  test('is a warning where the accuracy is poor and was worse, not where it is what it was', () => {
    const parts = { loss: settled(40), learning_rate: by(40, () => 0.1) };
    const rising = by(40, (i) => 0.4 * (1 - Math.exp(-i / 3)));
    expect(ids({ ...parts, accuracy: rising })).toContain('plateau:warning');
    expect(ids({ ...parts, accuracy: by(40, (i) => 0.4 + 0.0001 * (i % 3)) })).not.toContain(
      'plateau:warning',
    );
  });

  test('is none while validation still falls', () => {
    const falls = by(40, (i) => 2 - 0.005 * i);
    expect(ids({ loss: settled(40), val_loss: falls, learning_rate: by(40, () => 0.1) })).not.toContain(
      'plateau:info',
    );
  });

  test('needs 30 points of a loss alone, and the start of the run', () => {
    const learning_rate = by(40, () => 0.1);
    expect(find({ loss: settled(29), learning_rate })).toEqual([]);
    expect(find({ loss: settled(40), learning_rate, steps: by(40, (i) => 5000 + 100 * i) })).toEqual([]);
  });
});

describe('NaN as "not measured here"', () => {
  const loss = by(50, (i) => 0.2 + 2 * Math.exp(-i / 9));
  const every = (n: number) => loss.map((v, i) => (i % n === n - 1 ? 1.05 * v : Number.NaN));

  test('a validation loss every fifth epoch, at any moment of the run', () => {
    for (let count = 1; count <= 50; count++) {
      const found = ids({ loss: loss.slice(0, count), val_loss: every(5).slice(0, count) });
      expect(
        found.filter((id) => id.startsWith('non-finite')),
        `${count}`,
      ).toEqual([]);
    }
  });

  test('rows of training and rows of validation in one table', () => {
    const train = loss.map((v, i) => (i % 5 === 4 ? Number.NaN : v));
    expect(ids({ loss: train, val_loss: every(5) }).filter((id) => id.startsWith('non-finite'))).toEqual([]);
  });

  test('a validation loss that stays NaN, or is infinite, is a fault', () => {
    const lost = (value: number) => loss.map((v, i) => (i < 30 ? v : value));
    expect(ids({ loss, val_loss: lost(Number.NaN) })[0]).toBe('non-finite:error');
    expect(ids({ loss, val_loss: lost(Number.POSITIVE_INFINITY) })[0]).toBe('non-finite:error');
    expect(ids({ loss, val_loss: every(5).map((v, i) => (i < 30 ? v : Number.NaN)) })[0]).toBe(
      'non-finite:error',
    );
  });
});

describe('a loss that jumps and stays up', () => {
  test('falls back to the level before: a spike that lingers', () => {
    const loss = by(1100, (i) => {
      const spike = i < 600 ? 0 : 2.2 * Math.exp(-(i - 600) / 400);
      return 2.8 + 7.2 * Math.exp(-i / 100) + spike + 0.03 * noisy(i);
    });
    const steps = by(1100, (i) => 10 * i);
    expect(ids({ loss, steps })[0]).toBe('loss-spike:warning');
  });

  test('falls along its own curve: new data', () => {
    const loss = by(900, (i) => {
      const level = i < 400 ? 1.5 + 2.5 * Math.exp(-i / 80) : 1.8 + 0.8 * Math.exp(-(i - 400) / 80);
      return level + 0.04 * noisy(i);
    });
    for (let count = 450; count <= 900; count += 50) {
      const start = loss.slice(0, count);
      expect(loud({ loss: start, steps: by(count, (i) => i) }), `${count}`).toEqual([]);
    }
  });
});

describe('training that is made harder', () => {
  /** Learned within a few epochs; then augmentation is turned up, epoch by epoch. */
  const harder = (i: number) =>
    (0.04 + 2 * Math.exp(-i / 2) + 0.02 * Math.max(0, i - 10)) * (1 + 0.03 * noisy(i));
  const loss = by(40, harder);
  const learned = (i: number) => 0.03 + 1.6 * Math.exp(-i / 2) + 0.002 * noisy(i);
  /** Validation that drifts, too, by less than a tenth of what it gained. */
  const drifts = by(40, (i) => learned(i) + 0.006 * Math.max(0, i - 15));
  const network = { healthy: 0.01, overfitting: 0.01, underfitting: 0.01, unstable: 0.97 };
  const label = (parts: RunParts) => {
    const view = viewRun(makeRun(parts));
    return decide(view, detect(view), network).verdict.label;
  };

  test('is no alarm while validation keeps what it learned, however sure the network is', () => {
    for (let count = 12; count <= 40; count++) {
      const parts = { loss: loss.slice(0, count), val_loss: drifts.slice(0, count) };
      expect(loud(parts), `${count}`).toEqual([]);
      expect(label(parts), `${count}`).not.toBe('unstable');
    }
  });

  test('is not told from a training that diverges without validation, or where that follows', () => {
    expect(ids({ loss })[0]).toBe('divergence:error');
    expect(ids({ loss, val_loss: loss.map((v) => 0.9 * v) })[0]).toBe('divergence:error');
    // Evaluations of the model as it was before say nothing of it now.
    const valSteps = by(14, (i) => i);
    const early = valSteps.map((i) => learned(i) + 0.05 * Math.max(0, i - 7));
    expect(ids({ loss, steps: by(40, (i) => i), valSteps, val_loss: early })[0]).toBe('divergence:error');
  });

  test('lost its footing where validation was lost for a while', () => {
    const shaken = drifts.map((v, i) => v + (i > 20 && i < 24 ? 1 : 0));
    expect(ids({ loss, val_loss: shaken })[0]).toBe('divergence:error');
  });
});

describe('what is not said', () => {
  const falling = curveOf(60, (t) => 0.2 + 1.8 * Math.exp(-6 * t));

  test.each(['act_loss', 'cri_loss', 'value_loss', 'average reward score'])('%s is reinforcement', (key) => {
    const extra = [makeSeries(key, { ...unsplit, name: key }, falling)];
    expect(viewRun(makeRun({ loss: falling, extra })).kind).toBe('reinforcement');
  });

  test('healthy, beside a second loss without a split', () => {
    const extra = [makeSeries('holdout loss', { ...unsplit, name: 'holdout_loss' }, falling)];
    expect(verdict({ loss: falling, extra })).toMatchObject({ label: 'undetermined' });
    expect(verdict({ loss: falling, extra }).why).toMatch(/^"holdout loss" has no split; /);
    expect(verdict({ loss: falling, val_loss: falling, extra }).why).not.toContain('split');
    const parts = [0.7, 0.3].map((share, i) =>
      makeSeries(
        `loss ${i}`,
        { ...unsplit, name: `loss ${i}` },
        falling.map((v) => share * v),
      ),
    );
    expect(verdict({ loss: falling, extra: parts }).why).not.toContain('split');
  });
});

describe('accuracies without any loss', () => {
  const train = curveOf(60, (t) => 1 - 0.9 * Math.exp(-7 * t));
  const pair = (val: number[]) => ({
    extra: [
      makeSeries('train_acc', { ...higher, split: 'train' }, train),
      makeSeries('val_acc', { ...higher, split: 'val' }, val),
    ],
  });

  test('clear overfitting is found', () => {
    const val = by(60, (i) => 0.78 - 0.6 * Math.exp(-i / 6) - Math.max(0, i - 15) * 0.003);
    expect(verdict(pair(val)).label).toBe('overfitting');
    expect(find(pair(val))[0]?.message).toContain('"train_acc" rose from 0.');
  });

  test('all else stays open', () => {
    expect(verdict(pair(train.map((v) => 0.9 * v)))).toMatchObject({ label: 'undetermined' });
  });
});

describe('a network that only guesses', () => {
  const chance = by(10, (i) => Math.log(10) + 0.002 * noisy(i));
  const tenth = by(10, (i) => 0.1 + 0.004 * noisy(i));

  test('is found after ten epochs where loss and accuracy both say so', () => {
    expect(ids({ loss: chance, accuracy: tenth })).toContain('never-learned:error');
  });

  test('is not claimed that early from the loss alone', () => {
    expect(loud({ loss: chance })).toEqual([]);
  });
});

describe('tasks that take turns in one column', () => {
  test('are no spikes, where rare ones of the same height are', () => {
    const at = (turn: (i: number) => boolean) =>
      loud({ loss: by(600, (i) => 0.6 + Math.exp(-i / 60) + (turn(i) ? 2.5 : 0) + 0.02 * noisy(i)) });
    expect(at((i) => i > 100 && Math.floor(i / 12) % 3 === 0)).toEqual([]);
    // Not at equal distances: those are scheduled.
    expect(at((i) => [130, 290, 520].some((from) => i >= from && i < from + 12))[0]?.id).toBe('loss-spike');
  });
});

describe('a loss below zero', () => {
  const loss = by(40, (i) => -3 + 2 * Math.exp(-i / 8));
  test('has no ratios, so the network is not asked', () => {
    expect(verdict({ loss, val_loss: loss.map((v) => v + 0.02) }, 0.97).label).toBe('healthy');
  });
});

describe('a sentence of health', () => {
  test('tells levels, not single noisy values, and names remarks', () => {
    const loss = by(200, (i) => 1 + Math.exp(-i / 20) + (i === 199 ? 1.5 : 0.02 * noisy(i)));
    const why = (parts: RunParts): string => {
      const view = viewRun(makeRun(parts));
      const model = { healthy: 0.97, overfitting: 0.01, unstable: 0.01, underfitting: 0.01 };
      return decide(view, detect(view), model).verdict.why;
    };
    expect(why({ loss })).toMatch(
      /^Training loss went from 1\.9\d* to (1|0\.99)\d* \(.*, and the detectors find no fault\.$/,
    );
    const val_loss = by(200, (i) => 0.5 + Math.exp(-i / 20));
    expect(why({ loss: loss.map((v) => v + 0.3), val_loss })).toMatch(
      /the detectors find no more than a remark \(Training loss above validation loss/,
    );
  });
});
