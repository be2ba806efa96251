import { expect, test, vi } from 'vitest';
import { Comparison } from '../../../src/editor/comparison';

vi.mock('vscode', () => ({}));

/** A comparison whose runs the engine gives when the test says so, with how often each is followed. */
function setUp() {
  const counts = new Map<string, number>();
  const missing = new Set<string>();
  const held = new Map<string, () => void>();
  const add = (id: string, by: number): void => void counts.set(id, (counts.get(id) ?? 0) + by);
  const engine = {
    runs: [],
    onEvent: () => ({ dispose: () => undefined }),
    follow: async (path: string) => {
      if (path.startsWith('slow')) await new Promise<void>((done) => held.set(path, done));
      if (missing.has(path)) throw new Error('no such file');
      add(path, 1);
      return path;
    },
    unfollow: (id: string) => Promise.resolve(add(id, -1)),
  };
  const comparison = new Comparison(
    {
      engine: engine as never,
      maxPoints: 10,
      maxAppended: 10,
      listening: () => false,
      tell: () => undefined,
    },
    () => ({ path: 'main', id: 'main' }),
  );
  const followed = (): Record<string, number> => Object.fromEntries(counts);
  return { comparison, followed, missing, go: (path: string) => held.get(path)!() };
}

test('a choice that came too late leaves each run as often as it followed it', async () => {
  const { comparison, followed, go } = setUp();
  await comparison.set(['a']);
  const late = comparison.set(['a', 'slow']);
  await comparison.set(['b']);
  go('slow');
  await late;
  expect(followed()).toEqual({ a: 0, b: 1, slow: 0 });
});

test('a panel that is closed while runs are read leaves each as often as it followed it', async () => {
  const { comparison, followed, go } = setUp();
  await comparison.set(['a']);
  const late = comparison.set(['a', 'slow']);
  comparison.dispose();
  go('slow');
  await late;
  expect(followed()).toEqual({ a: 0, slow: 0 });
});

test('a panel that was closed while the user chose runs follows none of them', async () => {
  const { comparison, followed } = setUp();
  await comparison.set(['a']);
  comparison.dispose();
  await comparison.set(['a', 'b']);
  expect(followed()).toEqual({ a: 0 });
});

test('a log that could not be read is tried again when it is chosen again', async () => {
  const { comparison, followed, missing } = setUp();
  missing.add('a');
  await comparison.set(['a', 'b']);
  expect(comparison.ids).toEqual(['b']);
  missing.clear();
  await comparison.set(['a', 'b']);
  expect(comparison.ids).toEqual(['a', 'b']);
  expect(followed()).toEqual({ a: 1, b: 1 });
});
