import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/analysis/detect';
import { viewRun } from '../../../src/analysis/pairing';
import { suspect } from '../../../src/analysis/suspicions/suspect';
import { areRegular } from '../../../src/analysis/symptoms/scheduled';
import { curveOf, makeRun, makeSeries, type RunParts } from './makeRun';

const by = (count: number, f: (i: number) => number) => curveOf(count, (_, i) => f(i));
const noisy = (i: number) => 1 + 0.05 * Math.sin(i * i * 12.9898 + i);
const view = (parts: RunParts) => viewRun(makeRun(parts));
const loud = (parts: RunParts) => detect(view(parts)).filter(({ severity }) => severity !== 'info');
/** Learned anew from each of the jumps on. */
const anew = (count: number, jumps: readonly number[]) =>
  by(
    count,
    (i) => (0.02 + 2.4 * Math.exp(-(i - Math.max(0, ...jumps.filter((at) => at <= i))) / 2)) * noisy(i),
  );

describe('jumps at equal distances', () => {
  test('are stages or tasks, and no alarm; others are', () => {
    const tasks = { loss: anew(240, [60, 120, 180]) };
    expect(loud(tasks)).toEqual([]);
    expect(suspect(view(tasks), 'unstable')).toBeNull();
    expect(loud({ loss: anew(240, [50, 132, 180]) })[0]?.id).toBe('loss-spike');
  });

  test('are stages of a curriculum where each is soon learned, too', () => {
    /** Peak and rest of each stage: all data at last, of which much is too hard. */
    const levels = [
      [2.2, 0.03],
      [2, 0.03],
      [0.8, 0.15],
      [1.4, 0.6],
    ] as const;
    const stages = (starts: readonly number[]) =>
      by(60, (i) => {
        const stage = starts.filter((start) => start <= i).length;
        const [peak, rest] = levels[stage]!;
        return (rest + (peak - rest) * Math.exp(-(i - [0, ...starts][stage]!) / 2)) * noisy(i);
      });
    const curriculum = { loss: stages([12, 24, 36]) };
    expect(loud(curriculum)).toEqual([]);
    expect(suspect(view(curriculum), 'unstable')).toBeNull();
    expect(loud({ loss: stages([14, 24, 36]) })[0]?.id).toBe('loss-spike');
    // Of so short stages chance makes equal ones.
    expect(suspect(view({ loss: stages([4, 8, 12]) }), 'unstable')).not.toBeNull();
  });

  test('are counted from the start, and two need a long log', () => {
    expect(areRegular([100, 200])).toBe(true);
    expect(areRegular([101, 200, 300])).toBe(true);
    expect(areRegular([50, 62, 74, 86])).toBe(true);
    expect(areRegular([12, 24])).toBe(false);
    expect(areRegular([100, 230])).toBe(false);
    expect(areRegular([50, 62, 74])).toBe(false);
    expect(areRegular([300])).toBe(false);
    expect(areRegular([])).toBe(false);
  });
});

describe('a total whose parts do not jump', () => {
  const parts = (a: number, b: (i: number) => number): RunParts => {
    const recon = by(60, (i) => (0.2 + 0.3 * Math.exp(-i / 30)) * noisy(i));
    const ce = by(60, (i) => b(i) * (0.02 + 2 * Math.exp(-i / 4)) * noisy(i));
    const identity = { name: '', split: null, direction: 'lower', unit: null } as const;
    return {
      loss: ce.map((v, i) => v + (i < 30 ? 0.1 : a) * recon[i]!),
      extra: [makeSeries('ce_loss', identity, ce), makeSeries('recon_loss', identity, recon)],
    };
  };

  test('has other weights, and is no alarm', () => {
    const changed = parts(3, () => 1);
    expect(loud(changed)).toEqual([]);
    expect(suspect(view(changed), 'unstable')).toBeNull();
    expect(loud({ loss: changed.loss! })).not.toEqual([]);
    const broken = parts(0.1, (i) => (i < 30 ? 1 : 40));
    expect(loud(broken)).not.toEqual([]);
  });

  const identity = { name: '', split: null, direction: 'lower', unit: null } as const;
  const spiking = by(600, (i) => {
    const since = i - Math.max(...[0, 200, 330, 410].filter((start) => start <= i));
    return (2 + 3 * Math.exp(-i / 60) + (i >= 200 ? 4 * Math.exp(-since / 12) : 0)) * noisy(i);
  });

  test('is not told by averages of it, nor by auxiliary losses alone', () => {
    const flat = by(600, (i) => 0.01 * noisy(i + 0.5));
    let mean = 5;
    const average = spiking.map((v) => (mean = 0.995 * mean + 0.005 * v));
    for (const extra of [
      [makeSeries('aux_loss', identity, flat), makeSeries('z_loss', identity, flat)],
      [makeSeries('ema_loss', identity, average), makeSeries('avg_loss', identity, average)],
    ])
      expect(loud({ loss: spiking, extra })[0]?.id).toBe('loss-spike');
  });

  test('may leave as slowly as one of its parts', () => {
    const away = (i: number) => 0.5 + 2 * Math.exp(-i / 40) + 0.02 * Math.max(0, i - 200);
    const ce = by(400, (i) => away(i) * noisy(i));
    const recon = by(400, (i) => 0.1 * noisy(i + 0.5));
    const extra = [makeSeries('ce_loss', identity, ce), makeSeries('recon_loss', identity, recon)];
    const loss = ce.map((v, i) => v + recon[i]!);
    expect(loud({ loss, extra })[0]?.id).toBe('divergence');
    const back = ce.map((v, i) => v * (i < 300 ? 1 : 0.3));
    const returned = {
      loss: back.map((v, i) => v + recon[i]!),
      extra: [makeSeries('ce_loss', identity, back), extra[1]!],
    };
    expect(suspect(view(returned), 'unstable')).not.toBeNull();
  });
});
