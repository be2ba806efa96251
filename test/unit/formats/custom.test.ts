import { afterEach, describe, expect, it } from 'vitest';
import { customFormat } from '../../../src/formats/custom';
import { checkedFormats, problemOf } from '../../../src/formats/customCheck';
import { formatById, recogniseFormat, sampleOf, useOwnFormats } from '../../../src/formats/registry';
import { points } from './recording';

const own = {
  name: 'ours',
  pattern: '^\\[(?<step>\\d+)\\] (?<split>\\w+) L=(?<loss>\\S+)( A=(?<accuracy>\\S+))?$',
};
const log = '[10] train L=0.5 A=0.9\nsomething else\n[20] valid L=nan\n[30] train L=0.4\n';

afterEach(() => useOwnFormats([]));

describe('a format of the user', () => {
  it('reads the groups of its expression', () => {
    expect(points(customFormat(own), log)).toEqual([
      '10/- loss=0.5 train',
      '10/- accuracy=0.9 train',
      '20/- loss=NaN val',
      '30/- loss=0.4 train',
    ]);
  });

  it('keeps the epoch of a line above', () => {
    const epochs = { name: 'e', pattern: '^(E(?<epoch>\\d+) )?l(?<loss>[\\d.]+)' };
    expect(points(customFormat(epochs), 'E3 l1\nl0.5\n')).toEqual(['-/3 loss=1', '-/3 loss=0.5']);
  });

  it('comes before all others where two lines match, and is gone when it is taken back', () => {
    const sample = sampleOf('/a/train.log', Buffer.from(log));
    expect(recogniseFormat(sample).format?.id).not.toBe('custom:ours');
    useOwnFormats([own]);
    expect(recogniseFormat(sample).format?.id).toBe('custom:ours');
    expect(formatById('custom:ours')?.title).toContain('your own');
    expect(recogniseFormat(sampleOf('/a/x.csv', Buffer.from('epoch,loss\n1,2\n2,1\n'))).format?.id).toBe(
      'csv',
    );
    useOwnFormats([]);
    expect(recogniseFormat(sample).format?.id).not.toBe('custom:ours');
  });
});

describe('what is wrong with an expression', () => {
  it.each(['(?:a|b) (?<loss>\\d+)', '(?<loss>[(|)]+)', '\\(a\\|b\\)+(?<loss>\\d)', '(a|b)?(?<loss>\\d)'])(
    'nothing: %s',
    async (pattern) => {
      expect(await problemOf(pattern)).toBeNull();
    },
  );

  it.each([
    ['(?<loss>\\d+', /no regular expression/],
    ['loss=(\\d+)', /no named group for a metric/],
    ['(?<step>\\d+)', /no named group for a metric/],
    ['(?<loss>(a+)+)$', /for ever/],
    ['^(?<loss>(?:\\d|\\d)*)$', /alternatives/],
    ['^(?<loss>((a|b)c)+)$', /alternatives/],
    [`(?<loss>${'a'.repeat(3000)})`, /longer than/],
  ])('%s', async (pattern, problem) => {
    expect(await problemOf(pattern)).toMatch(problem);
  });

  it('is told by name, and the others are used', async () => {
    const { formats, problems } = await checkedFormats({ good: own.pattern, bad: '(', worse: 3 });
    expect(formats.map(({ name }) => name)).toEqual(['good']);
    expect(problems).toHaveLength(2);
    expect(await checkedFormats('nonsense')).toEqual({ formats: [], problems: [] });
  });
});
