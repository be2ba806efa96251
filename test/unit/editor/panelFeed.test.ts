import { expect, test } from 'vitest';
import { PanelFeed, type FeedHost } from '../../../src/editor/panelFeed';
import type { RunSnapshot, ToWebview } from '../../../src/protocol';
import { makeSummary } from './makeSummary';

type Append = Extract<ToWebview, { type: 'append' }>;

const summary = makeSummary({ path: '/a/log.csv' });
const known = { summary, assessment: null, problem: null, files: ['/a/log.csv', '/a/val.csv'] };

/** A feed of a panel, and what its page is told. */
function setUp(snapshot: () => Promise<unknown> = () => Promise.resolve(known)) {
  const told: ToWebview[] = [];
  const warned: string[] = [];
  const host = {
    ...{ path: '/a/log.csv', runPath: '/a', runId: 'a' as string | null, turn: 0, listening: true },
    tell: (message: ToWebview) => void told.push(message),
  };
  const feed = new PanelFeed(
    {
      engine: {
        snapshot: snapshot as () => Promise<RunSnapshot>,
        detail: () => Promise.reject(new Error('gone')),
      },
      dismissals: { of: () => [] },
      experiments: { since: () => Promise.resolve(null) },
      output: { warn: (text) => void warned.push(text) },
    },
    host satisfies FeedHost,
    { atOnce: () => null, fixes: [] } as never,
  );
  const append = (points: number): void =>
    feed.append({
      ...{ type: 'append', id: 'a', generation: 1, summary },
      series: [{ points: { steps: new Float64Array(points) } }],
    } as unknown as Append);
  const types = (): string[] => told.splice(0).map(({ type }) => type);
  return { feed, host, append, types, warned, told };
}

/** Lets what is under way come to its end. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

test('a run is told as a whole, with what is dismissed and what changed since the one before', async () => {
  const { feed, types } = setUp();
  await feed.snapshot();
  await settled();
  expect(types()).toEqual(['snapshot', 'dismissed', 'since']);
  expect([feed.fileOf(null), feed.fileOf(1), feed.fileOf(2)]).toEqual(['/a/log.csv', '/a/val.csv', null]);
});

test('additions are passed on until the picture is to be thinned out again', async () => {
  const { append, types } = setUp();
  append(19_999);
  append(1);
  expect(types()).toEqual(['append', 'append']);
  append(1);
  await settled();
  expect(types()).toEqual(['snapshot', 'dismissed', 'since']);
  append(1);
  expect(types()).toEqual(['append']);
});

test('a page that nobody sees is told nothing', async () => {
  const { feed, host, append, types } = setUp();
  host.listening = false;
  await feed.snapshot();
  append(1);
  await feed.since();
  expect(types()).toEqual([]);
});

test('an answer that comes when another run is shown is dropped', async () => {
  let answer: (run: unknown) => void = () => undefined;
  const { feed, host, types } = setUp(() => new Promise((resolve) => (answer = resolve)));
  const asked = feed.snapshot();
  host.turn++;
  answer(known);
  await asked;
  expect(types()).toEqual([]);
});

test('what can not be read is told; without a closer look the page goes on', async () => {
  const { feed, told, warned } = setUp(() => Promise.reject(new Error('no permission')));
  await feed.snapshot();
  expect(told).toEqual([{ type: 'problem', message: 'no permission' }]);
  await feed.detail({ type: 'detail', id: 'a', request: 1, part: {} as never });
  expect(told).toHaveLength(1);
  expect(warned).toEqual(['gone']);
});
