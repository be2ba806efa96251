import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/formats/csv';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { points, recordText } from './recording';

const confidence = (path: string, text: string): number =>
  csv.recognise(sampleOf(path, Buffer.from(text))).confidence;

describe('csv parser', () => {
  it('reads sparse Lightning rows with step in the middle', () => {
    const text = 'epoch,lr-AdamW,step,train_loss,val_loss\n0,,49,0.5,\n,0.001,49,,\n0,,66,,0.6\n';
    expect(points(csv, text)).toEqual(['49/0 train_loss=0.5', '49/- lr-AdamW=0.001', '66/0 val_loss=0.6']);
  });

  it('says in words how little stands under a header', () => {
    const why = (text: string) => csv.recognise(sampleOf('a.csv', Buffer.from(text))).why;
    expect(why('epoch,loss\n')).toBe('no row under the header');
    expect(why('epoch,loss\n1,2.3\n')).toBe('only one row under the header');
  });

  it('reads Keras: CRLF, NA, a run that starts again under the same header, a half row at the end', () => {
    const text = 'epoch,loss,val_loss\r\n0,0.9,NA\r\n1,0.8,nan\r\n0,0.7,0.6\r\n1,0.5';
    expect(recordText(csv, text)).toEqual([
      'at step=NaN epoch=0 time=NaN line=2',
      'loss = 0.9',
      'at step=NaN epoch=1 time=NaN line=3',
      'loss = 0.8',
      'val_loss = NaN',
      'at step=NaN epoch=0 time=NaN line=4',
      'loss = 0.7',
      'val_loss = 0.6',
      'skip 5: 2 cells under a header of 3',
    ]);
  });

  it('reads the last row without its line end when it is whole', () => {
    expect(points(csv, 'epoch;loss\n0;0.5\n1;0.4')).toEqual(['-/0 loss=0.5', '-/1 loss=0.4']);
  });

  it('gives three rows at once when the header names the position', () => {
    const calls: string[] = [];
    const parser = csv.createParser({
      at: () => undefined,
      value: (key, value) => void calls.push(`${key}=${value}`),
      skip: () => undefined,
      context: () => undefined,
      ended: () => undefined,
    });
    const text = 'epoch,loss\n0,5\n1,4\n2,3\n';
    parser.push(Buffer.from(text.padEnd(64, '\n')));
    expect(calls).toEqual(['loss=5', 'loss=4', 'loss=3']);
    expect(parser.pending).toBe(false);
    expect(recogniseFormat(sampleOf('x.csv', Buffer.from(text))).format?.id).toBe('csv');
  });

  it('reads numbers of every length exactly, and cells that are none as text', () => {
    expect(
      points(
        csv,
        'step,loss,acc\n1, 0.1000000000000000055511151231257827 ,1.7976931348623157e308\n2,-.5,x\n3,nan,"4"\n',
      ),
    ).toEqual([
      '1/- loss=0.1',
      '1/- acc=1.7976931348623157e+308',
      '2/- loss=-0.5',
      '3/- loss=NaN',
      '3/- acc=4',
    ]);
  });

  it('takes the first rising whole-number column as step when no name tells one', () => {
    expect(points(csv, 'n,k,loss\n5,1,0.5\n5,2,0.4\n5,3,0.3\n')[2]).toBe('2/- n=5');
  });

  it('trims padded cells and reads blanks and tabs as delimiters', () => {
    expect(points(csv, '  epoch,      train/box_loss\n      0,             0.127 \n')).toEqual([
      '-/0 train/box_loss=0.127',
    ]);
    expect(points(csv, 'iter\tTotalF1\n0\t0.99\n1\t1\n')).toEqual(['0/- TotalF1=0.99', '1/- TotalF1=1']);
    expect(points(csv, 'epoch  train_loss  valid_loss\n0  2.5  2.6\n')).toEqual([
      '-/0 train_loss=2.5',
      '-/0 valid_loss=2.6',
    ]);
  });

  it('takes the metric of a W&B export and drops its envelope', () => {
    expect(points(csv, '"Step","a, run - loss","a, run - loss__MIN"\n"4","1.5","1.4"\n')).toEqual([
      '4/- loss=1.5',
    ]);
  });

  it('follows a second header', () => {
    expect(points(csv, 'epoch,loss\n0,1\nepoch,loss\n0,2\nepoch,acc\n1,3\n')).toEqual([
      '-/0 loss=1',
      '-/0 loss=2',
      '-/1 acc=3',
    ]);
  });

  it('knows wall time from elapsed time', () => {
    expect(recordText(csv, 'step,time,loss\n1,1600000000.5,2\n')).toEqual([
      'at step=1 epoch=NaN time=1600000000500 line=2',
      'loss = 2',
    ]);
    expect(points(csv, 'step,time,loss\n1,12.5,2\n')).toEqual(['1/- time=12.5', '1/- loss=2']);
  });

  it('passes hostile names through as text', () => {
    expect(points(csv, 'step,<img src=x onerror=alert(1)>\n1,2\n')).toEqual([
      '1/- <img src=x onerror=alert(1)>=2',
    ]);
  });
});

describe('csv recognition', () => {
  it.each([
    ['metrics.csv', 'epoch,step,loss\n0,1,0.5\n0,2,0.4\n'],
    ['log.csv', 'val_loss,val_accuracy,loss,accuracy\n0.9,0.3,0.8,0.4\n0.8,0.4,0.7,0.5\n'],
    ['pose.csv', 'epoch,train_mpjpe,val_mpjpe\n1,80,90\n2,70,85\n'],
    ['learn_error.tsv', 'iter\tMultiClass\n0\t0.69\n1\t0.60\n'],
  ])('recognises %s', (path, text) => expect(confidence(path, text)).toBeGreaterThan(0.8));

  it.each([
    ['run/metrics.csv', 'epoch,step,train_loss\n1,49,0.68\n'],
    ['results.csv', 'epoch,train/box_loss\n1,0.5\n'],
  ])('recognises the first row of %s', (path, text) => expect(confidence(path, text)).toBeGreaterThan(0.5));

  it.each([
    ['a data set', 'mpg,weight,acceleration,year\n18,3504,12,70\n15,3693,11.5,71\n'],
    ['a table of students', 'id,name,score\n1,Ann,50\n2,Bob,61\n3,Cy,70\n'],
    ['final results', 'model,accuracy,f1\nbert,0.9,0.8\ngpt,0.91,0.82\n'],
    ['a speed benchmark', 'step,train_samples_per_sec\n1,100\n2,101\n'],
    ['how a data set was split', 'id,train_x,val_x,label\n1,2,3,4\n2,3,4,5\n'],
    ['time left', 'iter\tPassed\tRemaining\n0\t1\t20\n1\t2\t19\n'],
    ['requirements', 'torch==2.1\nnumpy==1.26\n'],
    ['one row', 'step,loss\n1,0.5\n'],
    ['one row of results', 'model,epoch,accuracy\nbert,3,0.5\n'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => expect(confidence('results.csv', text)).toBe(0));
});
