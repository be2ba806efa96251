import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { detectors } from '../../../src/analysis/detect';
import { symptomNotes } from '../../../src/analysis/symptomNotes';

test('every symptom says when it is told, by whom, and what else looks like it', () => {
  expect(Object.keys(symptomNotes).sort()).toEqual(Object.keys(detectors).sort());
  for (const note of Object.values(symptomNotes)) {
    expect(note.threshold).toMatch(/\d|val-loss-rising/);
    expect(note.falseAlarm).toMatch(/\.$/);
    expect(note.title).toMatch(/^[A-Z].+[^.]$/);
    expect(note.source).not.toBe('');
  }
});

describe('the page of the symptoms', () => {
  const page = readFileSync('docs/symptoms.md', 'utf8');
  it.each(Object.entries(symptomNotes))('says of %s what the panel says', (id, note) => {
    const [section] = page.split(`## ${id}\n`).slice(1);
    const text = section!.split('\n## ')[0]!.replaceAll(/\s+/g, ' ');
    for (const part of [`**${note.title}.**`, note.threshold, note.source, note.falseAlarm])
      expect(text).toContain(part);
  });
});
