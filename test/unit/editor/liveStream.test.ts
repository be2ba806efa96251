import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { LiveStream } from '../../../src/editor/streams/liveStream';
import { parseMeta, STREAM_META, type StreamMeta } from '../../../src/streams/meta';
import { StreamStore } from '../../../src/streams/streamStore';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();

test('a stream that another window took for abandoned is open again when more of it comes', async () => {
  const [here, there] = [await folder()].flatMap((root) => [new StreamStore(root), new StreamStore(root)]);
  const engine = {
    follow: () => Promise.resolve('id'),
    unfollow: () => Promise.resolve(),
    snapshot: () => Promise.resolve({ series: [], context: { duration: 1 } }),
  };
  const services = {
    store: here!,
    engine: engine as never,
    changed: () => undefined,
    over: () => undefined,
    warn: (text: string) => expect.fail(text),
  };
  const origin = {
    source: 'terminal',
    label: 'python train.py',
    cwd: null,
    script: null,
    configs: [],
  } as const;
  const stream = new LiveStream(origin, services);
  stream.confirm();
  await stream.flush();
  const onDisk = async (): Promise<StreamMeta> =>
    parseMeta(await readFile(join(dirname(stream.path), STREAM_META), 'utf8'))!;
  await there!.cut(stream.path, await onDisk());
  expect((await onDisk()).end).not.toBeNull();
  stream.push('epoch 1 loss: 2\n');
  await stream.flush();
  expect(await onDisk()).toMatchObject({ end: null, confirmed: true });
});
