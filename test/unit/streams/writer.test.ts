import { describe, expect, it } from 'vitest';
import { LAST_WORDS, writerOf, type Started } from '../../../src/streams/writer';

const program = (more: Partial<Started> = {}): Started => ({
  ...{ source: 'file:///a/train.py', folders: ['/a'], start: 1_000, end: null, busy: new Set() },
  ...more,
});
const log = (modified: number, path = '/a/runs/log.csv'): { path: string; modified: number } => ({
  path,
  modified,
});

describe('who wrote a log', () => {
  it('is the program that went on when it was last written', () => {
    const [first, over, later] = [program(), program({ end: 1_500 }), program({ start: 1_200 })];
    expect(writerOf(log(2_000), [first])).toBe(first);
    expect(writerOf(log(2_000), [over])).toBe(over);
    expect(writerOf(log(2_000), [first, later])).toBe(later);
  });

  it('is the one before where the next start of the same script has not written it yet', () => {
    const [over, next] = [program({ end: 2_100 }), program({ start: 2_500 })];
    expect(writerOf(log(2_000), [over, next])).toBe(over);
    expect(writerOf(log(2_600), [over, next])).toBe(next);
  });

  it('is the one that began after another was over, which may have had last words', () => {
    const before = program({ source: 'file:///a/other.py', end: 1_500 });
    const after = program({ start: 1_600 });
    expect(writerOf(log(2_000), [before, after])).toBe(after);
    expect(writerOf(log(1_550), [before, after])).toBe(before);
    expect(writerOf(log(2_000), [before, program({ start: 1_400 })])).toBeNull();
  });

  it.each([
    ['it was written before the program started', log(900), [program()]],
    ['it was written long after the program ended', log(1_501 + LAST_WORDS), [program({ end: 1_500 })]],
    [
      'somebody wrote it when the program started',
      log(2_000),
      [program({ busy: new Set(['/a/runs/log.csv']) })],
    ],
    ['it lies elsewhere', log(2_000, '/b/log.csv'), [program()]],
    ['it lies in a folder whose name only begins so', log(2_000, '/abc/log.csv'), [program()]],
    ['the script is not known', log(2_000), [program({ source: null })]],
    ['two scripts go on', log(2_000), [program(), program({ source: 'file:///a/other.py' })]],
    ['another goes on whose script is not known', log(2_000), [program(), program({ source: null })]],
    ['nothing goes on', log(2_000), []],
  ])('is not told where %s', (_, written, programs) => {
    expect(writerOf(written, programs)).toBeNull();
  });

  it('may have been started in the root of a drive, and on Windows', () => {
    expect(writerOf(log(2_000, '/log.csv'), [program({ folders: ['/'] })])).not.toBeNull();
    expect(writerOf(log(2_000, 'C:\\a\\log.csv'), [program({ folders: ['C:\\a'] })])).not.toBeNull();
    expect(writerOf(log(2_000, 'C:\\log.csv'), [program({ folders: ['C:\\'] })])).not.toBeNull();
  });
});
