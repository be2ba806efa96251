import { join } from 'node:path';
import { expect, it } from 'vitest';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from '../runs/fixtures';
import { describeWith, runPython } from './python';

const folder = temporaryFolder();

describeWith(['torch', 'tensorboard'], 'event files that TensorBoard itself wrote', () => {
  it('are read value by value, train/ and validation/ as one run', async () => {
    const root = await folder();
    runPython(
      `
import sys
from torch.utils.tensorboard import SummaryWriter
for split, offset in (("train", 0.0), ("validation", 0.25)):
    writer = SummaryWriter(sys.argv[1] + "/" + split)
    for step in range(20):
        writer.add_scalar("epoch_loss", 1 / (step + 1) + offset, step)
    writer.add_histogram("weights", __import__("torch").randn(10), 0)
    writer.close()
`,
      [root],
    );
    const sources = await discoverRuns(root);
    expect(sources.map(({ path, format }) => [path, format])).toEqual([[root, 'tfevents']]);
    const run = await new RunReader(sources[0]!).readAll();
    const series = run.series.filter(({ key }) => key === 'epoch_loss');
    expect(series.map(({ split, name, length }) => [split, name, length])).toEqual([
      ['train', 'loss', 20],
      ['val', 'loss', 20],
    ]);
    expect(series[1]!.values.at(3)).toBeCloseTo(0.5, 6);
    expect(run.skipped.lines).toBe(0);
  });

  it('are followed while they are written', async () => {
    const root = await folder();
    const write = (from: number): void => {
      const code = `
import sys
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter
with open(sys.argv[1], "ab") as file:
    writer = RecordWriter(file)
    for step in range(${from}, ${from} + 10):
        value = Summary.Value(tag="train/loss", simple_value=1 / (step + 1))
        writer.write(Event(wall_time=step, step=step, summary=Summary(value=[value])).SerializeToString())
    writer.flush()
`;
      runPython(code, [join(root, 'events.out.tfevents.1.host')]);
    };
    write(0);
    const [source] = await discoverRuns(root);
    const reader = new RunReader(source!);
    await reader.poll();
    write(10);
    expect(await reader.poll()).toBe('appended');
    expect(reader.run.series.map(({ key, length }) => [key, length])).toEqual([['train/loss', 20]]);
  });
});
