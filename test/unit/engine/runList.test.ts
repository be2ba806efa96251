import { writeFileSync } from 'node:fs';
import { appendFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RunList } from '../../../src/engine/runList';
import type { Assessment, RunSummary } from '../../../src/protocol';
import type { Run } from '../../../src/runs/run';
import { overfitting } from '../cli/run';
import { byDetectors } from './byDetectors';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
const lists: RunList[] = [];
afterEach(() => {
  for (const list of lists.splice(0)) list.stop();
});

/** A list by the detectors alone, with all that it told, and what the test decides of its runs. */
function listOf(...roots: string[]) {
  return listAs({}, ...roots);
}

/** @param readAs formats by path */
function listAs(readAs: Record<string, string>, ...roots: string[]) {
  const told: RunSummary[][] = [];
  const desk = {
    followed: new Set<string>(),
    reading: Promise.resolve(),
    reads: [] as string[],
    onWarning: (): void => undefined,
  };
  const assess = async (run: Run): Promise<Assessment> => {
    desk.reads.push(run.path);
    await desk.reading;
    return byDetectors(run);
  };
  const list = new RunList(roots, {
    readAs,
    assess,
    isFollowed: (path) => desk.followed.has(path),
    onChange: (runs) => told.push(runs),
    warn: () => desk.onWarning(),
  });
  lists.push(list);
  return { list, told, desk, last: () => told.at(-1)?.[0] };
}

describe('the list of runs', () => {
  it('reads a log that nobody follows as what the user says it is, recognised or not', async () => {
    const root = await folder();
    const [csv, odd] = [join(root, 'a.csv'), join(root, 'odd.log')];
    await writeFile(csv, overfitting(8));
    await writeFile(odd, 'lr, 1\nnothing that anybody would take for a log\n');
    const { list, told } = listAs({ [csv]: 'text', [odd]: 'csv', [join(root, 'gone.csv')]: 'csv' }, root);
    await list.refresh();
    expect(list.summaries.map(({ path, format }) => [path, format]).toSorted()).toEqual([
      [csv, 'text'],
      [odd, 'csv'],
    ]);
    await expect
      .poll(() => told.at(-1)?.some(({ path, label }) => path === csv && label !== null))
      .toBe(true);
    expect(told.at(-1)!.find(({ path }) => path === csv)!.format).toBe('text');
  });

  it('reads on what goes on and nobody follows, until its end', async () => {
    const path = join(await folder(), 'log.csv');
    await writeFile(path, overfitting(8));
    const { list, last, desk } = listOf(path);
    await list.refresh();
    await expect.poll(() => last()?.label).toBeTruthy();
    expect(last()).toMatchObject({ state: 'running', points: 16 });
    expect(last()!.label).not.toBe('overfitting');
    await list.look();
    expect(desk.reads).toHaveLength(1);
    await appendFile(path, overfitting(32, 8));
    await list.look();
    expect(last()).toMatchObject({ state: 'running', label: 'overfitting', points: 80 });
    // It fell silent a day ago.
    const then = new Date(Date.now() - 86_400_000);
    await utimes(path, then, then);
    await list.look();
    expect(last()).toMatchObject({ state: 'unknown', points: 80 });
    await appendFile(path, overfitting(2, 40));
    await list.look();
    expect(last()!.points).toBe(80);
  });

  it('leaves a run to those who follow it, and what they said to them', async () => {
    const path = join(await folder(), 'log.csv');
    await writeFile(path, overfitting(40));
    const { list, last, desk } = listOf(path);
    let read = (): void => undefined;
    desk.reading = new Promise((done) => (read = done));
    await list.refresh();
    await expect.poll(() => desk.reads).toHaveLength(1);
    const newer: RunSummary = { ...last()!, label: 'healthy', state: 'running', points: 99 };
    desk.followed.add(path);
    list.update(newer);
    read();
    await list.look();
    await list.refresh();
    await list.look();
    expect(last()).toEqual(newer);
    expect(desk.reads).toHaveLength(1);
    desk.followed.clear();
    await list.look();
    expect(last()).toMatchObject({ label: 'overfitting', points: 80 });
  });

  it('names a run once where a folder of the workspace lies in another one', async () => {
    const root = await folder();
    const inner = join(root, 'project');
    await mkdir(inner);
    await writeFile(join(inner, 'log.csv'), overfitting(10));
    const { list, told } = listOf(root, inner);
    await list.refresh();
    expect(told[0]!.map(({ title }) => title)).toEqual([join('project', 'log.csv')]);
  });

  it('finds what comes while it searches', async () => {
    const root = await folder();
    const missing = join(root, 'missing');
    const { list, told, desk } = listOf(root, missing);
    await list.refresh();
    expect(told.at(-1)).toEqual([]);
    const more: Promise<void>[] = [];
    // The first folder was looked through, and the second one is not there.
    desk.onWarning = () => {
      if (more.length > 0) return;
      writeFileSync(join(root, 'log.csv'), overfitting(10));
      more.push(list.refresh());
    };
    await list.refresh();
    await Promise.all(more);
    expect(told.at(-1)!.map(({ title }) => title)).toEqual(['log.csv']);
  });

  it('keeps what is listed while it searches, where the search had looked before', async () => {
    const [root, elsewhere] = [await folder(), await folder()];
    const path = join(elsewhere, 'log.csv');
    await writeFile(path, overfitting(40));
    const { list } = listOf(root);
    const searching = list.refresh();
    list.adopt({ path, format: 'csv', files: [path], modified: 1 } as never);
    await searching;
    expect(list.summaries.map((run) => run.path)).toEqual([path]);
    // The next search looks anew.
    await list.refresh();
    expect(list.summaries).toEqual([]);
  });

  it('says nothing more once others took its place', async () => {
    const path = join(await folder(), 'log.csv');
    await writeFile(path, overfitting(10));
    const { list, told, desk } = listOf(path);
    let read = (): void => undefined;
    desk.reading = new Promise((done) => (read = done));
    await list.refresh();
    await expect.poll(() => desk.reads).toHaveLength(1);
    const before = told.length;
    list.stop();
    read();
    await list.look();
    expect(told).toHaveLength(before);
  });
});
