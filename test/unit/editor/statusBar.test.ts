import { expect, test, vi } from 'vitest';
import { StatusBar } from '../../../src/editor/statusBar';
import type { FromEngine, RunSummary } from '../../../src/protocol';
import { EventEmitter, statusBar } from './fakeVscode';
import { makeLost, makeSummary } from './makeSummary';

vi.mock('vscode', () => import('./fakeVscode'));

/** A status bar, the runs that are followed, and a way to tell of one. */
function setUp() {
  const events = new EventEmitter<FromEngine>();
  const followed = new Set<string>();
  const sight: { run: string | null } = { run: null };
  const bar = new StatusBar(
    { onEvent: events.event as never },
    ({ id }) => followed.has(id),
    () => sight.run,
  );
  const tell = (summary: RunSummary): void =>
    events.fire({ type: 'append', id: summary.id, generation: 0, summary, series: [] });
  const shown = (): string | null => (statusBar.isShown ? statusBar.text : null);
  return { bar, followed, tell, shown, sight };
}

const ill = makeLost({ id: 'ill', modified: 2 });
const well = makeSummary({ id: 'well', modified: 1 });

test('the newest run that is followed is shown, and nothing when none is', () => {
  const { bar, followed, tell, shown } = setUp();
  followed.add('ill').add('well');
  tell(ill);
  tell(well);
  expect(shown()).toBe('$(error) unstable since step 40');
  followed.delete('ill');
  bar.update();
  expect(shown()).toBe('$(pass) healthy');
  followed.delete('well');
  bar.update();
  expect(shown()).toBeNull();
});

test('a run that is looked at in passing, or told of once more after its panel was closed, is not shown', () => {
  const { bar, followed, tell, shown } = setUp();
  tell(ill);
  expect(shown()).toBeNull();
  followed.add('ill');
  tell(ill);
  followed.clear();
  bar.update();
  tell(ill);
  expect(shown()).toBeNull();
});

test('a run that others looked at before its panel was opened is shown', () => {
  const { bar, followed, tell, shown } = setUp();
  tell(ill);
  followed.add('ill');
  bar.update();
  expect(shown()).toBe('$(error) unstable since step 40');
});

test('the run whose panel one looks at is shown before a newer one', () => {
  const { bar, followed, tell, shown, sight } = setUp();
  followed.add('ill').add('well');
  tell(ill);
  tell(well);
  sight.run = 'well';
  bar.update();
  expect(shown()).toBe('$(pass) healthy');
  tell(ill);
  expect(shown()).toBe('$(pass) healthy');
  sight.run = 'unheard';
  bar.update();
  expect(shown()).toBe('$(error) unstable since step 40');
});
