import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { Facts } from '../../../src/runs/facts';
import { RunReader } from '../../../src/runs/runReader';
import { STREAM_META, STREAM_TEXT, type StreamMeta } from '../../../src/streams/meta';
import { csvLog, temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const goesOn: StreamMeta = {
  ...{ version: 1, source: 'terminal', label: 'python train.py', cwd: null, script: null, configs: [] },
  ...{ start: 1_000, end: null, exitCode: null, how: null, confirmed: true },
};

test('a run that is over has its last lines, also where it ends while it is read', async () => {
  const path = join(await folder(), 'one', STREAM_TEXT);
  await mkdir(dirname(path));
  const remember = (meta: StreamMeta): Promise<void> =>
    writeFile(join(dirname(path), STREAM_META), JSON.stringify(meta));
  await remember(goesOn);
  await writeFile(path, csvLog(5));
  const [source] = await discoverRuns(path);
  const reader = new RunReader(source!);
  await reader.poll();
  vi.spyOn(Facts.prototype, 'refresh').mockImplementationOnce(async function (this: Facts) {
    await appendFile(path, csvLog(3, 5));
    await remember({ ...goesOn, end: 9_000, exitCode: 1, how: 'crashed' });
    return this.refresh();
  });
  expect(await reader.poll()).toBe('appended');
  const { run } = reader;
  expect([run.status, ...run.series.map(({ length }) => length)]).toEqual(['crashed', 8, 8]);
});
