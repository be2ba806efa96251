import { expect, test } from 'vitest';
import { csvOf } from '../../../src/engine/csv';
import { RunBuilder } from '../../../src/runs/runBuilder';

function run(fill: (sink: ReturnType<RunBuilder['sink']>) => void): RunBuilder {
  const builder = new RunBuilder('/log.csv');
  fill(builder.sink());
  return builder;
}

const rows = (text: string): string[] => text.trimEnd().split('\r\n');

test('every point is a row, with its places, and values that are no numbers by name', () => {
  const one = run((sink) => {
    sink.at(10, 0.5, 1.7e12, 2);
    sink.value('val_loss', 0.25);
    sink.value('lr', 1);
    sink.at(20, 1, Number.NaN, 3);
    sink.value('val_loss', Number.NaN);
  });
  expect(rows(csvOf([{ title: 'a', run: one }], 'loss', 1e6))).toEqual([
    'run,metric,split,key,point,step,epoch,time,value,line',
    'a,loss,val,val_loss,1,10,0.5,2023-11-14T22:13:20.000Z,0.25,2',
    'a,loss,val,val_loss,2,20,1,,NaN,3',
  ]);
});

test('what counts epochs or nothing has no steps', () => {
  const epochs = run((sink) => {
    sink.at(Number.NaN, 3, Number.NaN, 1);
    sink.value('loss', 1);
  });
  const nothing = run((sink) => {
    sink.at(Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    sink.value('loss', Number.POSITIVE_INFINITY);
  });
  const text = csvOf(
    [
      { title: 'e', run: epochs },
      { title: 'n', run: nothing },
    ],
    'loss',
    1e6,
  );
  expect(
    rows(text)
      .slice(1)
      .map((row) => row.replace(/^(.),loss,[^,]*,loss,/, '$1:')),
  ).toEqual(['e:1,,3,,1,1', 'n:1,,,,Infinity,']);
});

test('a long run is written whole, and a name from a log is never a formula or a second cell', () => {
  const name = '=cmd|"x",1';
  const long = run((sink) => {
    for (let i = 0; i < 5_000; i++) {
      sink.at(i, Number.NaN, Number.NaN, i);
      sink.value(name, i);
    }
  });
  const [series] = long.series;
  const all = rows(csvOf([{ title: 'a', run: long }], series!.name, 1e6));
  expect(all).toHaveLength(5_001);
  expect(all[1]).toContain(`"'=cmd|""x"",1"`);
  expect(() => csvOf([{ title: 'a', run: long }], series!.name, 1e4)).toThrow(/too many points/);
});
