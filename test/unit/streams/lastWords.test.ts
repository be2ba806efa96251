import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lastWords } from '../../../src/streams/lastWords';

/** How long the last words of a command are waited for (ms), which still says something at each of these times after its end. */
async function waited(times: readonly number[], read: Promise<unknown> = new Promise(() => undefined)) {
  const end = Date.now();
  let heard = 0;
  for (const time of times) setTimeout(() => (heard = Date.now()), time);
  let over = Number.NaN;
  void lastWords(read, () => heard).then(() => (over = Date.now() - end));
  await vi.advanceTimersByTimeAsync(120_000);
  return over;
}

describe('the last words of a command', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are over when nothing came for a second', async () => {
    expect(await waited([])).toBe(1_000);
  });

  it('are waited for as long as they come, a minute at most', async () => {
    const last = 5_300;
    const over = await waited([200, 900, 1_800, 2_700, 3_600, 4_500, last]);
    expect(over).toBeGreaterThanOrEqual(last + 1_000);
    expect(over).toBeLessThan(last + 2_000);
    expect(await waited(Array.from({ length: 200 }, (_, i) => i * 500))).toBe(60_000);
  });

  it('are over at once where all has come, or can not be read', async () => {
    expect(await waited([], Promise.resolve())).toBe(0);
    expect(await waited([], Promise.reject(new Error('gone')))).toBe(0);
  });
});
