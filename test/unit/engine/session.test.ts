import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Session } from '../../../src/engine/session';
import type { Assessment, FromEngine } from '../../../src/protocol';
import type { Run } from '../../../src/runs/run';
import { overfitting } from '../cli/run';
import { byDetectors } from './byDetectors';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.stop();
});

/** A followed log and what is told of it; `assess` may be held back. */
async function following(held: Promise<void> = Promise.resolve()) {
  const path = join(await folder(), 'log.csv');
  await writeFile(path, overfitting(20));
  const told: FromEngine[] = [];
  const assess = async (run: Run): Promise<Assessment> => {
    await held;
    return byDetectors(run);
  };
  const source = { path, files: [{ path, split: null }], modified: 0, format: 'csv' };
  const session = new Session(source, { assess, emit: (event) => told.push(event), roots: () => [] });
  sessions.push(session);
  await session.start();
  const types = (): string[] => told.map(({ type }) => type);
  return { path, session, types };
}

describe('a followed run', () => {
  it('is told of no more when nobody follows it, though an analysis was under way', async () => {
    let done = (): void => undefined;
    const { session, types, path } = await following(new Promise((resolve) => (done = resolve)));
    session.stop();
    done();
    const other = await following();
    await expect.poll(other.types).toContain('assessed');
    await appendFile(path, overfitting(5, 20));
    expect(types()).toEqual([]);
  });

  it('is shown anew when its log is back as it was', async () => {
    const { path, session, types } = await following();
    await rename(path, `${path}.away`);
    await expect.poll(types).toContain('failed');
    expect((await session.snapshot(10)).problem).not.toBeNull();
    await rename(`${path}.away`, path);
    await expect.poll(types).toContain('reset');
    expect((await session.snapshot(10)).problem).toBeNull();
    expect((await session.snapshot(10)).series[0]!.total).toBe(20);
  });
});
