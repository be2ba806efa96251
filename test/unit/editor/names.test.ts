import { describe, expect, it } from 'vitest';
import { toldApart } from '../../../src/editor/runs/names';

const now = new Date(2026, 10, 26, 18, 0).getTime();
const at = (day: number, hour: number, minute: number, second = 0, ms = 0): number =>
  new Date(2026, 10, day, hour, minute, second, ms).getTime();

describe('logs with equal names', () => {
  const logs = (name: string, ...paths: string[]): string[] =>
    toldApart(
      paths.map((path) => ({ name, path })),
      now,
      'en',
    );

  it('get the shortest folder that tells them apart', () => {
    expect(logs('log.csv', '/w/a/log.csv', '/w/b/log.csv')).toEqual(['log.csv · a', 'log.csv · b']);
    expect(logs('log.csv', '/w/a/x/log.csv', '/w/b/x/log.csv')).toEqual(['log.csv · a/…', 'log.csv · b/…']);
    expect(logs('log.csv', '/w/a/x/log.csv', '/w/a/y/log.csv', '/w/b/x/log.csv')).toEqual([
      'log.csv · a/x',
      'log.csv · y',
      'log.csv · b/…',
    ]);
  });

  it('of a folder and one in it get what each lies in', () => {
    expect(logs('log.csv', '/w/log.csv', '/w/a/log.csv')).toEqual(['log.csv · w', 'log.csv · a']);
    expect(logs('x', '/w/x', '/w/x/x', '/w/x/x/x')).toEqual(['x · w', 'x · x', 'x · x/x']);
  });

  it('of two folders of a workspace get what lies before their common path', () => {
    const names = logs('runs/log.csv', '/home/one/runs/log.csv', '/home/two/runs/log.csv');
    expect(names).toEqual(['runs/log.csv · one', 'runs/log.csv · two']);
    const same = logs('runs/log.csv', '/one/net/runs/log.csv', '/two/net/runs/log.csv');
    expect(same).toEqual(['runs/log.csv · one/…', 'runs/log.csv · two/…']);
  });

  it('are told apart on Windows, too', () => {
    expect(logs('log.csv', 'C:\\w\\a\\log.csv', 'D:\\w\\a\\log.csv')).toEqual([
      'log.csv · C:/…',
      'log.csv · D:/…',
    ]);
  });
});

describe('starts of one command', () => {
  const starts = (...times: number[]): string[] =>
    toldApart(
      times.map((start) => ({ name: 'python train.py', path: '/kept/output.log', start })),
      now,
      'en',
    ).map((name) => name.replace('python train.py', '').replace(' · ', ''));

  it.each([
    ['one alone', [at(26, 14, 32)], ['']],
    ['today', [at(26, 14, 32), at(26, 9, 5)], ['14:32', '09:05']],
    ['today and before', [at(26, 14, 32), at(25, 14, 32)], ['14:32', 'Nov 25']],
    ['twice on a day before', [at(25, 9, 5), at(25, 14, 32)], ['Nov 25, 09:05', 'Nov 25, 14:32']],
    ['within a minute', [at(26, 14, 32, 5), at(26, 14, 32, 9)], ['14:32:05', '14:32:09']],
    [
      'some of them',
      [at(26, 14, 32, 5), at(26, 14, 32, 9), at(26, 15, 0)],
      ['14:32:05', '14:32:09', '15:00'],
    ],
  ])('%s', (_name, times, names) => {
    expect(starts(...times)).toEqual(names);
  });

  it('at once are told apart still', () => {
    expect(new Set(starts(at(26, 14, 32, 5, 10), at(26, 14, 32, 5, 20))).size).toBe(2);
    expect(new Set(starts(at(26, 14, 32), at(26, 14, 32))).size).toBe(2);
  });
});

it('leaves names alone that are not equal', () => {
  const all = [
    { name: 'python train.py · terminal', path: '/kept/1/output.log', start: 1 },
    { name: 'python train.py · debug', path: '/kept/2/output.log', start: 2 },
    { name: 'a/log.csv', path: '/w/a/log.csv' },
  ];
  expect(toldApart(all, now, 'en')).toEqual(all.map(({ name }) => name));
});
