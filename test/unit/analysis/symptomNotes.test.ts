import { expect, test } from 'vitest';
import { detectors } from '../../../src/analysis/detect';
import { symptomNotes } from '../../../src/analysis/symptomNotes';

test('every symptom says when it is told, by whom, and what else looks like it', () => {
  expect(Object.keys(symptomNotes).sort()).toEqual(Object.keys(detectors).sort());
  for (const note of Object.values(symptomNotes)) {
    expect(note.threshold).toMatch(/\d|val-loss-rising/);
    expect(note.falseAlarm).toMatch(/\.$/);
    expect(note.source).not.toBe('');
  }
});
