import { describe, expect, it } from 'vitest';
import { assessedAsEnded, ended, type ProgramEnd } from '../../../src/editor/programEnd';
import type { Assessment, RunSummary } from '../../../src/protocol';
import { makeSummary } from './makeSummary';

const crashed: ProgramEnd = { how: 'crashed', exitCode: 1 };
const finished: ProgramEnd = { how: 'finished', exitCode: 0 };
const stall = { id: 'stalled', severity: 'warning', step: null, line: null, evidence: {}, message: 'still' };
const slow = { id: 'throughput-drop', severity: 'info', step: 3, line: 4, evidence: {}, message: 'slow' };
const assessed = (...incidents: object[]): Assessment =>
  ({ diagnosis: { incidents } }) as unknown as Assessment;

describe('a log whose program is over', () => {
  it.each([
    ['running', finished, 'finished'],
    ['running', crashed, 'crashed'],
    ['unknown', { how: 'stopped', exitCode: 130 }, 'stopped'],
    ['running', { how: null, exitCode: null }, 'unknown'],
    // What the log says itself: the program may fail after its training.
    ['finished', crashed, 'finished'],
    ['crashed', finished, 'crashed'],
    ['running', null, 'running'],
  ] as const)('that was %s is by %j %s', (state, end, then) => {
    expect(ended(makeSummary({ state }), end).state).toBe(then);
  });

  it('does not stall, and crashed by its exit code', () => {
    const run: Pick<RunSummary, 'state'> = { state: 'unknown' };
    const incidents = (assessment: Assessment): unknown[] => assessment.diagnosis.incidents;
    expect(incidents(assessedAsEnded(assessed(stall, slow), run, finished))).toEqual([slow]);
    expect(incidents(assessedAsEnded(assessed(stall), run, crashed))).toEqual([
      expect.objectContaining({ id: 'crashed', message: 'The training ended with an error: exit code 1' }),
    ]);
    const own = assessed(stall);
    expect(assessedAsEnded(own, run, null)).toBe(own);
    expect(assessedAsEnded(own, { state: 'finished' }, crashed)).toBe(own);
  });
});
