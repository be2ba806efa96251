import { describe, expect, it } from 'vitest';
import { hfTrainerState } from '../../../src/formats/hfTrainerState';
import { sampleOf } from '../../../src/formats/registry';
import { record, recordText } from './recording';
import { samples } from './samples';

const state = samples['hf-trainer-state']![0]!;

describe('hf-trainer-state', () => {
  it('reads every entry with its line, without the noise and without the final mean', () => {
    expect(record(hfTrainerState, [state])).toEqual([
      'context framework = transformers',
      'at step=2 epoch=0.5 time=NaN line=5',
      'loss = 2.5 (train)',
      'learning_rate = 0.0001',
      'at step=4 epoch=1 time=NaN line=6',
      'eval_löss = NaN',
      'eval_loss = 1.5',
      'context total_steps = 4',
      'context total_epochs = 1',
      'ended finished at 11: "global_step": 4',
    ]);
  });

  it('gives all that is before the cut of a truncated document', () => {
    const calls = record(hfTrainerState, [state.subarray(0, 150)]);
    expect(calls).toContain('loss = 2.5 (train)');
    expect(calls.some((call) => call.startsWith('ended'))).toBe(false);
  });

  it('passes over an entry that is too long', () => {
    const text = `{"log_history": [{"step": 1, "x": "${'y'.repeat(3 << 20)}"}, {"step": 2, "loss": 1}]}`;
    expect(recordText(hfTrainerState, text).slice(1)).toEqual([
      'skip 1: the log_history entry is longer than 1 MiB',
      'at step=2 epoch=NaN time=NaN line=1',
      'loss = 1 (train)',
    ]);
  });

  it('is recognised by content, not by name', () => {
    expect(hfTrainerState.recognise(sampleOf('x.json', state)).confidence).toBe(1);
    expect(hfTrainerState.recognise(sampleOf('trainer_state.json', Buffer.from('{"a": 1}'))).confidence).toBe(
      0,
    );
  });
});
