import { describe, expect, it } from 'vitest';
import { newTroubles, noticeOf } from '../../../src/editor/notices';
import { makeLost, makeSummary } from './makeSummary';

const never = (): boolean => false;

describe('what is worth a notification', () => {
  it('is a serious finding of a run that goes on, once', () => {
    expect(newTroubles(makeLost(), never)).toEqual(['divergence']);
    expect(newTroubles(makeLost(), (id) => id === 'divergence')).toEqual([]);
  });

  it('is a second symptom of the same run, too', () => {
    const run = makeLost({
      symptoms: [
        { id: 'divergence', family: 'unstable', severity: 'error' },
        { id: 'non-finite', family: 'unstable', severity: 'error' },
      ],
    });
    expect(newTroubles(run, (id) => id === 'divergence')).toEqual(['non-finite']);
  });

  it.each([
    ['a healthy run', makeSummary({ state: 'running' })],
    ['a run that has ended', makeLost({ state: 'finished' })],
    ['a warning', makeLost({ symptoms: [{ id: 'oscillation', family: 'unstable', severity: 'warning' }] })],
    ['a dismissed finding', makeLost({ symptoms: [], dismissed: 1, label: null, severity: null })],
  ])('is not %s', (_, run) => {
    expect(newTroubles(run, never)).toEqual([]);
  });
});

describe('the notification', () => {
  it('has the sentence of the finding, or the verdict where there is none', () => {
    const message = 'The loss is at 12, twice its best.';
    expect(noticeOf([{ run: makeLost(), message }])).toBe(`run.csv: ${message}`);
    expect(noticeOf([{ run: makeLost(), message: undefined }])).toBe('run.csv: unstable since step 40');
  });

  it('is one for several runs, and names the first of them', () => {
    const turns = ['a', 'b', 'c', 'd', 'e'].map((title) => ({
      run: makeLost({ title }),
      message: undefined,
    }));
    expect(noticeOf(turns)).toBe(
      '5 runs have turned bad: a (unstable since step 40), b (unstable since step 40), c (unstable since step 40) and 2 more',
    );
  });
});
