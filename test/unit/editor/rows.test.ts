import { describe, expect, it } from 'vitest';
import {
  descriptionOf,
  iconOf,
  isUnhealthy,
  labelsOf,
  matches,
  sorted,
  withoutTwins,
  tooltipRows,
} from '../../../src/editor/runs/rows';
import { headline } from '../../../src/editor/words';
import { makeLost, makeSummary } from './makeSummary';

describe('the order of the runs', () => {
  const healthy = makeSummary({ id: 'healthy', modified: 3 });
  const warned = makeSummary({ id: 'warned', modified: 2, label: 'overfitting', severity: 'warning' });
  const old = makeLost({ id: 'old', modified: 1 });
  const lost = makeLost({ id: 'lost', modified: 4 });
  const hint = makeSummary({ id: 'hint', modified: 0, severity: 'info' });
  const order = (by: 'newest' | 'worst'): string[] =>
    sorted([old, healthy, hint, lost, warned], by).map(({ id }) => id);

  it('is by age, or by how bad they are and then by age', () => {
    expect(order('newest')).toEqual(['lost', 'healthy', 'warned', 'old', 'hint']);
    expect(order('worst')).toEqual(['lost', 'old', 'warned', 'hint', 'healthy']);
  });

  it('leaves the list that it is given as it is', () => {
    const given = [healthy, lost];
    sorted(given, 'worst');
    expect(given).toEqual([healthy, lost]);
  });
});

describe('the names in the list', () => {
  const names = (...titles: string[]): (string | undefined)[] => {
    const runs = titles.map((title) => makeSummary({ title, path: `/w/${title}` }));
    const labels = labelsOf(runs, () => undefined, 0, 'en');
    return titles.map((title) => labels.get(`/w/${title}`));
  };

  it('are folders where every run has a file of that name', () => {
    expect(names('digits/a/metrics.csv', 'digits/b/metrics.csv', 'bert/trainer_state.json')).toEqual([
      'digits/a',
      'digits/b',
      'bert',
    ]);
    expect(names('runs/resnet.csv', 'metrics.csv')).toEqual(['runs/resnet.csv', 'metrics.csv']);
  });

  it('are whole where the folder alone would not tell', () => {
    expect(names('a/metrics.csv', 'a/train.log')).toEqual(['a/metrics.csv', 'a/train.log']);
    expect(names('a/metrics.csv', 'a')).toEqual(['a/metrics.csv', 'a']);
  });
});

describe('the names of outputs', () => {
  it('are their commands, with the time where one command was started twice', () => {
    const now = new Date(2026, 10, 26, 18, 0).getTime();
    const runs = [10, 14].map((hour) => {
      const started = new Date(2026, 10, 26, hour, 32).getTime();
      return makeSummary({ path: `/kept/${hour}/output.log`, title: 'python train.py · terminal', started });
    });
    const labels = labelsOf(runs, () => ({ label: 'python train.py' }), now, 'en');
    expect([...labels.values()]).toEqual(['python train.py · 10:32', 'python train.py · 14:32']);
    const [alone] = labelsOf(runs.slice(1), () => ({ label: 'python train.py' }), now, 'en').values();
    expect(alone).toBe('python train.py');
  });
});

describe('the filter', () => {
  const run = makeLost({ title: 'runs/ResNet-50.csv' });
  it.each([
    ['resnet', true],
    ['UNSTABLE', true],
    ['resnet running', true],
    ['csv unstable resnet', true],
    ['resnet finished', false],
    ['overfitting', false],
    ['.*', false],
  ])('%j fits: %s', (filter, fits) => {
    expect(matches(run, filter)).toBe(fits);
  });
});

describe('a run with a problem', () => {
  it.each([
    ['unstable', 'error', true],
    ['overfitting', 'warning', true],
    ['underfitting', 'info', false],
    ['healthy', 'warning', false],
    ['undetermined', 'error', false],
    [null, null, false],
  ] as const)('%s with %s: %s', (label, severity, ill) => {
    expect(isUnhealthy({ label, severity })).toBe(ill);
  });

  it('has an icon that tells more than its colour', () => {
    const icons = [
      makeLost(),
      makeSummary({ label: 'overfitting', severity: 'warning' }),
      makeSummary({ state: 'running' }),
      makeSummary({ state: 'crashed' }),
      makeSummary(),
      makeSummary({ label: null }),
    ].map((run) => iconOf(run).icon);
    expect(icons).toEqual(['error', 'warning', 'pulse', 'circle-slash', 'pass', 'graph-line']);
  });
});

describe('what is said of a run', () => {
  it('has the verdict, the last value and the age in its line', () => {
    const run = makeLost({ last: { name: 'val loss', value: 0.41237 } });
    expect(descriptionOf(run, false, 5 * 60_000)).toBe('unstable · val loss 0.412 · 5 min');
    expect(descriptionOf(makeSummary({ label: null }), true, 0)).toBe('muted · now');
    expect(descriptionOf(makeSummary(), false, 0, 'terminal')).toBe('healthy · now · terminal');
  });

  it('begins with a crash, and does not call what crashed healthy', () => {
    expect(descriptionOf(makeSummary({ state: 'crashed' }), false, 0)).toBe('crashed · now');
    const lost = makeLost({ state: 'crashed' });
    expect(descriptionOf(lost, true, 0)).toBe('crashed, unstable · muted · now');
    expect(headline(lost, '')).toBe('crashed, unstable since step 40');
    expect(headline(makeSummary({ label: null }), 'reading')).toBe('reading');
  });

  it('has all in its tooltip, and leaves out what is not known', () => {
    expect(Object.fromEntries(tooltipRows(makeLost()))).toEqual({
      Verdict: 'unstable, since step 40',
      Findings: 'Training diverges (error)',
      State: 'running',
      Points: '10',
      'Read as': 'csv',
      File: '/project/run.csv',
    });
    expect(Object.fromEntries(tooltipRows(makeSummary({ label: null })))).toMatchObject({
      Verdict: 'not analysed yet',
    });
  });
});

describe('a training that prints and writes a log', () => {
  const curves = ['train loss', 'val loss'];
  const output = makeSummary({ path: '/kept/output.log', curves, points: 40 });
  const log = makeSummary({ path: '/a/log.csv', curves: [...curves, 'lr'], points: 60 });
  const outputOf = (path: string): string | null => (path === '/a/log.csv' ? '/kept/output.log' : null);
  const pathsOf = (...runs: (typeof output)[]): string[] =>
    withoutTwins(runs, outputOf).map(({ path }) => path);

  it('stands there once, as its log', () => {
    expect(pathsOf(output, log)).toEqual(['/a/log.csv']);
  });

  it.each([
    ['its output has a curve of its own', { ...output, curves: [...curves, 'val accuracy'] }, log],
    ['its output has more points', { ...output, points: 400 }, log],
    ['its output was not read yet', makeSummary({ path: output.path }), log],
    ['its log was not read yet', output, makeSummary({ path: log.path, points: 0 })],
    ['another program wrote the log', output, { ...log, path: '/a/other.csv' }],
  ])('stands there twice where %s', (_name, one, other) => {
    expect(pathsOf(one, other)).toHaveLength(2);
  });
});
