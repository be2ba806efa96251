import { describe, expect, it } from 'vitest';
import {
  curvesOf,
  escaped,
  rangeOf,
  reportMarkdown,
  summaryText,
  type Reported,
} from '../../../src/engine/markdown';
import type { Assessment } from '../../../src/protocol';

const assessment = (label: string, why: string): Assessment =>
  ({
    diagnosis: {
      verdict: { label, confidence: 0.93, probabilities: {}, why },
      findings: [{ id: 'val-loss-rising', severity: 'error', message: why, family: 'overfitting' }],
      incidents: [],
      stopping: { message: 'Keep the checkpoint at epoch 11.' },
    },
    remedies: [
      {
        title: 'Early stopping',
        why: 'It got worse.',
        typical: [{ context: 'any', value: 'patience 5' }],
        cost: 'None.',
        check: 'Look.',
      },
    ],
    backend: null,
  }) as unknown as Assessment;

const reported = (why: string, name = 'loss', label = 'overfitting'): Reported => ({
  summary: { title: 'runs/a.csv', path: '/runs/`a`.csv', format: 'csv', state: 'running', since: 'epoch 13' },
  assessment: assessment(label, why),
  curves: [{ name, split: 'val', points: 3, first: 1, last: NaN, min: 0.5, max: 1 }],
  context: { total_epochs: 90, '<b>x</b>': 1 },
  dismissed: [],
});

describe('the summary for a chat', () => {
  it('says what, since when, why and what to try, in one line', () => {
    expect(summaryText(reported('"val_loss" rose\n41 %.'))).toBe(
      'runs/a.csv: overfitting (93 %) since epoch 13. "val_loss" rose 41 %. Keep the checkpoint at epoch 11. First to try: Early stopping.',
    );
    expect(summaryText(reported('Fine.', 'loss', 'healthy'))).not.toContain('First to try');
    expect(summaryText(reported('Too short.', 'loss', 'undetermined'))).toContain('undetermined since');
  });

  it('says of a run that was well what became of it', () => {
    const of = reported('It fell.', 'loss', 'healthy');
    of.assessment.diagnosis.incidents = [
      { id: 'crashed', severity: 'error', message: 'The training ended with an error: CUDA out of memory' },
      { id: 'throughput-drop', severity: 'info', message: 'Slower.' },
    ] as never;
    const text = summaryText(of);
    expect(text).toContain('It fell. The training ended with an error: CUDA out of memory. Keep');
    expect(text).not.toContain('Slower');
  });

  it('says what the user says of the finding that the verdict rests on', () => {
    const of = (id: 'val-loss-rising' | 'val-jitter') =>
      summaryText({ ...reported('It rose.'), dismissed: [{ id, reason: 'design' }] });
    expect(of('val-loss-rising')).toContain(
      'It rose. The user says that "Validation gets worse" is not so (expected by design). Keep',
    );
    expect(of('val-jitter')).not.toContain('The user says');
  });
});

describe('the report', () => {
  it('shows what a log says as text, never as markup', () => {
    const text = reportMarkdown(reported('<img src=x> [a](b) | `c`\n# d', '**x**|\n# y'));
    expect(text).toContain('\\<img src=x\\> \\[a\\](b) \\| \\`c\\` \\# d');
    expect(text).toContain('| \\*\\*x\\*\\*\\| \\# y | val | 3 | 1 | NaN | 0.5 | 1 |');
    expect(text).toContain("Log: `/runs/'a'.csv`");
    expect(text).toContain('\\<b\\>x\\</b\\> 1');
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  });

  it('leaves the underscores of names as they are, where they mean nothing', () => {
    expect(escaped('val_loss of train__x')).toBe('val_loss of train__x');
    expect(escaped('_a_ __b__ c_')).toBe('\\_a\\_ \\_\\_b\\_\\_ c\\_');
  });

  it('says which of the trainings in the log it is about', () => {
    const of = reported('It rose.');
    const diagnosis = { ...of.assessment.diagnosis, scope: 'It is about the last of 3.' };
    expect(reportMarkdown({ ...of, assessment: { ...of.assessment, diagnosis } })).toContain(
      '\n- It is about the last of 3.\n',
    );
  });

  it('says of a log that nobody writes that it does not grow, as the panel does', () => {
    const of = reported('It rose.');
    expect(reportMarkdown({ ...of, summary: { ...of.summary, state: 'unknown' } })).toContain(
      'read as csv, not growing\n',
    );
  });

  it('says since when the run is ill beside the verdict, not since when the log stands as it does', () => {
    expect(reportMarkdown(reported('It rose.'))).toMatch(
      /^# runs\/a\.csv: overfitting \(93 %\) since epoch 13\n/,
    );
  });

  it('calls a finding by its title, and names its id', () => {
    const { assessment: of, ...rest } = reported('It rose.');
    of.diagnosis.incidents = [{ id: 'stalled', severity: 'warning', message: 'Quiet.' } as never];
    const text = reportMarkdown({ ...rest, assessment: of });
    expect(text).toContain('- **Training stands still** (stalled, warning): Quiet.');
    expect(text).toContain('- **Validation gets worse** (val-loss-rising, error): It rose.');
  });

  it('keeps apart what the user says is not so', () => {
    const text = reportMarkdown({
      ...reported('It rose.'),
      dismissed: [{ id: 'val-loss-rising', reason: 'noise' }],
    });
    expect(text).not.toContain('## Findings');
    expect(text).toContain(
      '## Not so, as the user says\n\n- **Validation gets worse** (val-loss-rising, error): It rose. The user says that "Validation gets worse" is not so (it is noise).\n',
    );
  });

  it('leaves out what there is not', () => {
    const bare = { ...reported('Fine.', 'loss', 'healthy'), curves: [], context: {} };
    bare.assessment.remedies = [];
    bare.assessment.diagnosis.findings = [];
    expect(reportMarkdown(bare)).not.toMatch(/## (Findings|What|Curves)|The log says/);
  });
});

it('takes extremes of what is finite', () => {
  expect(rangeOf(Float64Array.from([NaN, 2, -1, Infinity]))).toEqual({ min: -1, max: 2 });
  expect(rangeOf(new Float64Array(0))).toEqual({ min: NaN, max: NaN });
  const points = { values: Float64Array.from([3, 1]) };
  expect(curvesOf({ series: [{ name: 'loss', split: null, total: 9, points }] } as never)[0]).toMatchObject({
    points: 9,
    first: 3,
    last: 1,
    min: 1,
    max: 3,
  });
});
