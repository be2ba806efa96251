import { beforeEach, describe, expect, it } from 'vitest';
import { Starts } from '../../../src/editor/runs/starts';
import type { RunSummary } from '../../../src/protocol';
import { makeSummary } from './makeSummary';

const run = (path: string, loss?: number): RunSummary => {
  const beginning = loss === undefined ? null : { loss: [{ x: 0, what: String(loss) }] };
  return makeSummary({ path, state: 'running', beginning });
};
const output = run('/kept/1/output.log');
const log = run('/w/log.csv', 0.9);

describe('the start of a training', () => {
  let memory: Map<string, unknown>;
  let outputs: Record<string, string>;
  let starts: Starts;
  const started = (): Starts =>
    new Starts(
      {
        get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? otherwise!,
        update: (key, value) => Promise.resolve(void memory.set(key, value)),
      },
      (path) => outputs[path] ?? null,
    );
  const next = (...runs: RunSummary[]): string[] => starts.next(runs).map(({ path }) => path);
  beforeEach(() => {
    memory = new Map();
    outputs = { [log.path]: output.path };
    starts = started();
  });

  it('is told once, though it prints and writes a log', () => {
    expect(next(output)).toEqual([output.path]);
    expect(next(log, output)).toEqual([]);
  });

  it('is that of the log where that is heard of with the output', () => {
    expect(next(output, log)).toEqual([log.path]);
    expect(next(output, log)).toEqual([]);
  });

  it('is told once where its program is seen after its log', () => {
    outputs = {};
    expect(next(log)).toEqual([log.path]);
    outputs = { [log.path]: output.path };
    expect(next(output, log)).toEqual([]);
  });

  it('is told of each program that starts at once, and of each log that one writes', () => {
    const others = [run('/kept/2/output.log'), run('/w/second.csv'), run('/w/third.csv')];
    for (const { path } of others.slice(1)) outputs[path] = '/kept/3/output.log';
    expect(next(output, ...others)).toEqual([output.path, ...others.map(({ path }) => path)]);
  });

  it('is not told again after a reload, nor of what has ended', () => {
    next(output);
    starts = started();
    expect(next(output, log, makeSummary({ path: '/w/old.csv' }))).toEqual([]);
  });

  it('is told of the next training in the same log', () => {
    outputs = {};
    expect(next(log)).toEqual([log.path]);
    expect(next(run(log.path, 0.9))).toEqual([]);
    expect(next(run(log.path, 0.8))).toEqual([log.path]);
    const second = run('/kept/2/output.log');
    outputs = { [log.path]: second.path };
    expect(next(second, run(log.path, 0.7))).toEqual([log.path]);
  });
});
