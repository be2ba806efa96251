import { equal, match, ok, rejects } from 'node:assert';
import { appendFile, chmod, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Assessment, FromEngine } from '../../src/protocol';
import { abortsAtPredict, fakeTfjsNode, working } from '../unit/engine/fakeTfjsNode';
import { afterwards, api, overfittingLog, set, temporaryFile, until } from './support';

export function define(): void {
  describe('the engine', () => {
    it('follows a growing log: new points and a changed verdict come by themselves', async () => {
      const { engine } = (await api())._private;
      const path = await temporaryFile('grows.csv', overfittingLog(8));
      const id = await engine.follow(path);
      const events: FromEngine[] = [];
      const listener = engine.onEvent((event) => events.push(event));
      await appendFile(path, overfittingLog(40, 8));
      const added = await until('new points', () => events.find((e) => e.type === 'append' && e.id === id));
      ok(added.type === 'append' && added.series.every(({ total }) => total === 48));
      equal(added.series[0]!.points.values.length, 40);
      await until('the verdict', () => events.some((e) => isVerdict(e, id, 'overfitting')));
      listener.dispose();
      await engine.unfollow(id);
    });

    it('is restarted when it is killed, and what was followed is followed on', async () => {
      const { engine } = (await api())._private;
      const path = await temporaryFile('survives.csv', overfittingLog(30));
      const id = await engine.follow(path);
      const first = engine.pid;
      ok(first);
      const back = new Promise<void>((resolve) => {
        const once = engine.onRestart(() => {
          once.dispose();
          resolve();
        });
      });
      process.kill(first, 'SIGKILL');
      await back;
      ok(engine.pid !== null && engine.pid !== first);
      const { series } = await engine.snapshot(id, 1000);
      equal(series[0]!.total, 30, 'nothing is lost');
      const events: FromEngine[] = [];
      const listener = engine.onEvent((event) => events.push(event));
      await appendFile(path, overfittingLog(5, 30));
      await until('points after the restart', () => events.some((e) => e.type === 'append' && e.id === id));
      listener.dispose();
      await engine.unfollow(id);
    });

    it('leaves native code that crashes it for wasm, and tries it again when the setting changes', async () => {
      const { engine } = (await api())._private;
      const use = (folder?: string): Promise<void> => set('analyzer.tfjsNodePath', folder);
      const fake = async (source: string): Promise<string> =>
        fakeTfjsNode(dirname(await temporaryFile('log.csv', '')), source);
      const id = await engine.follow(await temporaryFile('crashes.csv', overfittingLog(30)));
      await until('a backend', () => engine.backendInfo.startsWith('wasm'));
      const first = engine.pid;
      try {
        await use(await fake(abortsAtPredict));
        const second = await engine.follow(await temporaryFile('native.csv', overfittingLog(30)));
        await until(
          'the embedded backend in a new process',
          () => engine.backendInfo.startsWith('wasm') && engine.pid !== first,
        );
        await engine.unfollow(second);
        await use(await fake(working));
        const third = await engine.follow(await temporaryFile('mended.csv', overfittingLog(30)));
        await until('the native backend', () => engine.backendInfo.startsWith('tfjs-node'));
        await engine.unfollow(third);
      } finally {
        await use(undefined);
        await engine.unfollow(id);
        engine.restart();
      }
    });

    it('answers a request that was under way when it died', async () => {
      const { engine } = (await api())._private;
      const path = await temporaryFile('under-way.csv', overfittingLog(20));
      const id = await engine.follow(path);
      const pending = engine.snapshot(id, 1000);
      process.kill(engine.pid!, 'SIGKILL');
      equal((await pending).series[0]!.total, 20);
      await engine.unfollow(id);
    });

    it('says what is wrong with a path, and goes on', async () => {
      const { engine } = (await api())._private;
      const notes = await temporaryFile('notes.txt', 'nothing to see\nhere\n');
      const id = await engine.follow(notes);
      match((await engine.snapshot(id, 10)).problem ?? '', /not a training log; tried/);
      await writeFile(notes, overfittingLog(12));
      const read = async (): Promise<boolean> => (await engine.snapshot(id, 10)).series.length === 2;
      let becameOne = false;
      await until('it became one', () => (void read().then((yes) => (becameOne ||= yes)), becameOne));
      await engine.unfollow(id);
      await rejects(engine.follow(join(notes, '..', 'gone.csv')), /no such file/);
      const locked = await temporaryFile('locked.csv', overfittingLog(5));
      await chmod(locked, 0);
      // Root reads everything: there is no unreadable file to test with then.
      if (process.getuid?.() !== 0) await rejects(engine.follow(locked), /permission denied/);
    });

    it('keeps what it has of a file that is deleted, tells it once, and goes on when it is back', async () => {
      const { engine } = (await api())._private;
      const path = await temporaryFile('deleted.csv', overfittingLog(10));
      const id = await engine.follow(path);
      const events: FromEngine[] = [];
      const listener = engine.onEvent((event) => events.push(event));
      afterwards(() => listener.dispose());
      await rm(path);
      await until('the failure', () => events.some((e) => e.type === 'failed' && e.id === id));
      equal((await engine.snapshot(id, 100)).series[0]!.total, 10);
      await writeFile(path, overfittingLog(20));
      const readAgain = (e: FromEngine): boolean =>
        (e.type === 'reset' || e.type === 'append') && e.id === id;
      await until('the file is read again', () => events.some(readAgain));
      // It may be read while it is written, in which case that is told twice.
      await until('all of it', async () => (await engine.snapshot(id, 100)).series[0]!.total === 20);
      equal(events.filter((e) => e.type === 'failed' && e.id === id).length, 1);
      await engine.unfollow(id);
    });
  });
}

function isVerdict(
  event: FromEngine,
  id: string,
  label: Assessment['diagnosis']['verdict']['label'],
): boolean {
  return event.type === 'assessed' && event.id === id && event.assessment.diagnosis.verdict.label === label;
}
