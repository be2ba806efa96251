import { deepEqual, equal, match } from 'node:assert';
import * as vscode from 'vscode';
import { Notifier } from '../../src/editor/notifier';
import { Mutes } from '../../src/editor/runs/mutes';
import type { RunSummary } from '../../src/protocol';
import { makeLost, makeSummary } from '../unit/editor/makeSummary';
import { set, until } from './support';

/** A memory that forgets when the test ends. */
function memory(): vscode.Memento {
  const held = new Map<string, unknown>();
  return {
    keys: () => [...held.keys()],
    get: <T>(key: string, fallback?: T) => (held.has(key) ? held.get(key) : fallback) as T,
    update: (key, value) => Promise.resolve(void held.set(key, value)),
  };
}

/** A notifier whose runs, panels and answers the test holds. */
function setUp(shared = memory()) {
  const runs = new vscode.EventEmitter<readonly RunSummary[]>();
  const events = new vscode.EventEmitter<never>();
  const mutes = new Mutes(shared);
  const said: { text: string; answers: string[] }[] = [];
  const shown: string[] = [];
  const desk = { answer: undefined as string | undefined, inSight: false };
  const notifier = new Notifier({
    engine: { onRunsChange: runs.event, onEvent: events.event },
    panels: { shows: () => desk.inSight, show: (path) => shown.push(path) as never },
    mutes,
    memory: shared,
    warn: (text, ...answers) => {
      said.push({ text, answers });
      return Promise.resolve(desk.answer as never);
    },
  });
  return { said, shown, mutes, desk, tell: (...list: RunSummary[]) => runs.fire(list), notifier, shared };
}

/** Longer than runs are waited for that turn bad together. */
const settle = () => new Promise((done) => setTimeout(done, 2_000));

export function define(): void {
  describe('notifications', () => {
    it('tell once of a run that turns bad, and show it', async () => {
      const { said, shown, desk, tell, notifier, shared } = setUp();
      desk.answer = 'Show';
      tell(makeSummary({ state: 'running' }));
      tell(makeLost());
      await until('it is told', () => said.length === 1);
      match(said[0]!.text, /^run\.csv: unstable since step 40$/);
      deepEqual(said[0]!.answers, ['Show', 'Mute This Run', 'Never']);
      deepEqual(shown, ['/project/run.csv']);
      tell(makeLost({ points: 11 }));
      await settle();
      equal(said.length, 1);
      notifier.dispose();
      const again = setUp(shared);
      again.tell(makeLost());
      await settle();
      equal(again.said.length, 0, 'nor after a reload');
      again.tell(makeLost({ points: 60 }), makeSummary({ state: 'running', points: 3 }));
      again.tell(makeLost({ points: 12 }));
      await until('a log that was written anew is another run', () => again.said.length === 1);
      again.notifier.dispose();
    });

    it('are one for several runs, which can be muted together', async () => {
      const { said, mutes, desk, tell, notifier } = setUp();
      desk.answer = 'Mute These Runs';
      tell(makeSummary({ path: '/a' }), makeSummary({ path: '/b' }));
      tell(makeLost({ path: '/a', title: 'a' }), makeLost({ path: '/b', title: 'b' }));
      await until('it is told', () => said.length === 1);
      match(said[0]!.text, /^2 runs have turned bad: a .*, b /);
      await until('both are muted', () => mutes.has('/a') && mutes.has('/b'));
      const other = { id: 'oscillation', family: 'unstable', severity: 'error' } as const;
      tell(makeLost({ path: '/a', symptoms: [other] }));
      await settle();
      equal(said.length, 1, 'nothing more of a muted run');
      await mutes.unmute(['/a']);
      equal(mutes.has('/a'), false);
      notifier.dispose();
    });

    it('do not tell what is in sight, what was bad when it was found, or of a healthy run', async () => {
      const { said, desk, tell, notifier } = setUp();
      tell(makeLost({ path: '/found' }));
      desk.inSight = true;
      tell(makeSummary(), makeSummary({ path: '/ended' }));
      tell(makeLost());
      desk.inSight = false;
      tell(makeSummary({ state: 'running' }), makeLost({ path: '/ended', state: 'finished' }));
      await settle();
      equal(said.length, 0);
      notifier.dispose();
    });

    it('stop for good where the user says never', async () => {
      const { said, desk, tell, notifier } = setUp();
      const read = () => vscode.workspace.getConfiguration('fitcheck').get('notifications');
      desk.answer = 'Never';
      await set('notifications', undefined);
      tell(makeSummary(), makeSummary({ path: '/other' }));
      tell(makeLost());
      await until('the setting', () => read() === 'never');
      tell(makeLost({ path: '/other' }));
      await settle();
      equal(said.length, 1);
      notifier.dispose();
    });
  });
}
