import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Applied } from '../../../src/ledger/entry';

vi.mock('vscode', () => ({}));

const { AppliedRemedies } = await import('../../../src/editor/ledger/appliedRemedies');

const day = 24 * 60 * 60_000;
const now = Date.now();
const applied = (more: Partial<Applied> = {}): Applied => ({
  ...{ technique: 'weight-decay', title: 'Add weight decay', script: '/a/train.py', at: now - 1_000 },
  ...more,
});
const config = applied({ script: '/a/config.yaml', alone: true });

describe('remedies that nothing has measured yet', () => {
  let remedies: InstanceType<typeof AppliedRemedies>;
  let asked: number;
  beforeEach(() => {
    const memory = new Map<string, unknown>();
    asked = 0;
    remedies = new AppliedRemedies(
      {
        get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? otherwise!,
        update: (key, value) => Promise.resolve(void memory.set(key, value)),
      },
      () => (asked++, Promise.resolve(undefined)),
    );
  });

  it('are measured by the next run of their script', async () => {
    await remedies.mark(applied());
    expect(await remedies.take('/a/train.py', now - 2_000)).toEqual([]);
    expect(await remedies.take('/a/other.py', now)).toEqual([]);
    expect(await remedies.take('/a/train.py', now)).toEqual([applied()]);
    expect(remedies.of('/a/train.py')).toEqual([]);
  });

  it('count at once where their document was saved meanwhile, and not at all where they were undone or it is closed', async () => {
    const written = { technique: 'weight-decay', title: 'Add weight decay', script: '/a/train.py' } as const;
    const file = 'file:///a/train.py';
    await remedies.written(written, file, 'before', { text: 'before', isSaved: false });
    await remedies.written(written, file, 'before', null);
    await remedies.saved(file, () => 'after');
    expect([remedies.of('/a/train.py'), remedies.unsaved.of('/a/train.py')]).toEqual([[], []]);
    await remedies.written(written, file, 'before', { text: 'after', isSaved: false });
    expect([remedies.of('/a/train.py').length, remedies.unsaved.of('/a/train.py').length]).toEqual([0, 1]);
    await remedies.saved(file, () => 'after');
    await remedies.written(written, file, 'after', { text: 'more', isSaved: true });
    expect([remedies.of('/a/train.py').length, remedies.unsaved.of('/a/train.py').length]).toEqual([2, 0]);
  });

  it('are measured in a config by a run that is started with it', async () => {
    await remedies.mark(config);
    expect(await remedies.take('/a/train.py', now, ['/a/else.yaml'])).toEqual([]);
    expect(await remedies.take('/a/train.py', now, ['/a/config.yaml'])).toEqual([config]);
    expect(await remedies.mayAdd('/a/config.yaml')).toBe(true);
    expect(asked).toBe(0);
  });

  it('are passed over in a config whose script is not known by a run of which nobody knows the script', async () => {
    await remedies.mark(config);
    await remedies.mark(applied());
    const near = (path: string): boolean => path.startsWith('/a/');
    await remedies.passOver(now - 2_000, near);
    await remedies.passOver(now, () => false);
    expect(await remedies.mayAdd('/a/config.yaml')).toBe(false);
    await remedies.passOver(now, near);
    expect(await remedies.mayAdd('/a/config.yaml')).toBe(true);
    expect(await remedies.mayAdd('/a/train.py'), 'a script is measured by its own runs').toBe(false);
  });

  it('count no more where they are undone after their file was saved, nor does what was written after them', async () => {
    const file = 'file:///a/train.py';
    const { technique, script } = applied();
    const write = (title: string, before: string, after: string): Promise<void> =>
      remedies.written({ technique, title, script }, file, before, { text: after, isSaved: true });
    const titles = (): string[] => remedies.of(script).map(({ title }) => title);
    await write('one', 'as it was', 'with one');
    await write('two', 'with one', 'with both');
    await write('three', 'with both', 'with all');
    await remedies.saved(file, () => 'with all and more');
    expect(titles()).toEqual(['one', 'two', 'three']);
    await remedies.saved(file, () => 'with one');
    expect(titles()).toEqual(['one']);
    await remedies.saved('file:///a/other.py', () => 'as it was');
    expect(titles()).toEqual(['one']);
    await remedies.saved(file, () => 'as it was');
    expect(titles()).toEqual([]);
    expect(await remedies.mayAdd(script)).toBe(true);
  });

  describe('and stand in an editor', () => {
    const { technique, title, script } = applied();
    const remedy = { technique, title, script };
    const file = 'file:///a/train.py';
    beforeEach(() => remedies.unsaved.add(file, 'before', remedy));

    it('are measured by no run before they are saved, and warned of all the same', async () => {
      expect(await remedies.take('/a/train.py', Date.now())).toEqual([]);
      expect(await remedies.mayAdd('/a/train.py')).toBe(false);
      await remedies.saved('file:///a/other.py', () => 'after');
      expect(remedies.of('/a/train.py')).toEqual([]);
      await remedies.saved(file, () => 'after');
      expect(await remedies.take('/a/train.py', Date.now())).toMatchObject([remedy]);
      await remedies.saved(file, () => 'after');
      expect(remedies.of('/a/train.py')).toEqual([]);
    });

    it('never count where they are undone, or closed unsaved', async () => {
      const second = { ...remedy, title: 'Add dropout' };
      remedies.unsaved.add(file, 'with weight decay', second);
      remedies.unsaved.changed(file, () => 'with both and more');
      remedies.unsaved.changed('file:///a/other.py', () => 'before');
      expect(remedies.unsaved.of('/a/train.py')).toEqual([remedy, second]);
      remedies.unsaved.changed(file, () => 'with weight decay');
      expect(remedies.unsaved.of('/a/train.py')).toEqual([remedy]);
      remedies.unsaved.changed(file, () => 'before');
      expect(await remedies.mayAdd('/a/train.py')).toBe(true);
      remedies.unsaved.add(file, 'before', remedy);
      remedies.unsaved.take(file);
      await remedies.saved(file, () => 'after');
      expect(remedies.of('/a/train.py')).toEqual([]);
    });
  });

  it('are no change under way after a week', async () => {
    await remedies.mark(applied({ at: now - 6 * day }));
    expect(await remedies.mayAdd('/a/train.py')).toBe(false);
    await remedies.mark(applied({ script: '/a/old.yaml', at: now - 8 * day }));
    expect(await remedies.mayAdd('/a/old.yaml')).toBe(true);
    expect(await remedies.take('/a/old.yaml', now)).toEqual([]);
  });
});
