import { describe, expect, it } from 'vitest';
import { text as textFormat } from '../../../src/formats/text';
import { blocksOf, grown, readError, type CellOutput } from '../../../src/streams/cellText';
import { readHtmlTable } from '../../../src/streams/htmlTable';
import { points } from '../formats/recording';

const stdout = (text: string): CellOutput => [{ mime: 'application/vnd.code.notebook.stdout', text }];
const html = (text: string): CellOutput => [
  { mime: 'text/plain', text: '<IPython.core.display.HTML object>' },
  { mime: 'text/html', text },
];

/** The log that looking at a cell in these states makes. */
const followed = (...states: CellOutput[][]): string => {
  const blocks = [[], ...states.map(blocksOf)];
  return blocks
    .slice(1)
    .map((after, i) => grown(blocks[i]!, after))
    .join('');
};

/** What the notebook callback of the Hugging Face Trainer draws. */
const trainer = (names: string[], rows: string[][]): string => `
    <div>
      <progress value='${rows.length * 10}' max='100' style='width:300px; height:20px; vertical-align: middle;'></progress>
      [ ${rows.length * 10}/100 00:01 &lt; 00:10, 9.1 it/s, Epoch ${rows.length}/10]
    </div>
    <table border="1" class="dataframe">
  <thead>
 <tr style="text-align: left;">
      ${names.map((name) => `<th>${name}</th>`).join('\n      ')}
    </tr>
  </thead>
  <tbody>
${rows.map((row) => `    <tr>\n      ${row.map((cell) => `<td>${cell}</td>`).join('\n      ')}\n    </tr>`).join('\n')}
  </tbody>
</table><p>`;

describe('the tables of trainers in a notebook', () => {
  const names = ['Epoch', 'Training Loss', 'Validation Loss', 'Accuracy'];
  const rows = [
    ['1', 'No log', '0.651200', '0.612'],
    ['2', '0.523400', '0.480100', '0.804'],
    ['3', '0.401200', '0.455500', '0.829'],
  ];

  it('are read row by row as they grow', () => {
    const states = [0, 1, 2, 3].map((n) => [html(trainer(names, rows.slice(0, n)))]);
    const log = followed(...states, states.at(-1)!);
    expect(points(textFormat, log)).toEqual([
      '-/1 Validation Loss=0.6512',
      '-/1 Accuracy=0.612',
      '-/2 Training Loss=0.5234',
      '-/2 Validation Loss=0.4801',
      '-/2 Accuracy=0.804',
      '-/3 Training Loss=0.4012',
      '-/3 Validation Loss=0.4555',
      '-/3 Accuracy=0.829',
    ]);
  });

  it('with the training loss alone, too', () => {
    const states = [1, 2, 3].map((n) => [
      html(
        trainer(
          ['Step', 'Training Loss'],
          [
            ['500', '0.69'],
            ['1000', '0.51'],
            ['1500', '0.4'],
          ].slice(0, n),
        ),
      ),
    ]);
    const read = points(textFormat, followed(...states)).map((point) => point.replace(/ key=| /g, ' '));
    expect(read).toEqual([
      '500/- Training Loss=0.69',
      '1000/- Training Loss=0.51',
      '1500/- Training Loss=0.4',
    ]);
  });

  it('of fastai, whose text comes between', () => {
    const table = (n: number): CellOutput =>
      html(
        trainer(
          ['epoch', 'train_loss', 'valid_loss', 'time'],
          [
            ['0', '0.5', '0.6', '00:03'],
            ['1', '0.4', '0.5', '00:03'],
          ].slice(0, n),
        ),
      );
    const log = followed(
      [table(1)],
      [table(1), stdout('Better model found at epoch 0\n')],
      [table(2), stdout('Better model found at epoch 0\n')],
    );
    expect(points(textFormat, log)).toEqual(
      expect.arrayContaining([
        '-/0 train_loss=0.5',
        '-/0 valid_loss=0.6',
        '-/1 train_loss=0.4',
        '-/1 valid_loss=0.5',
      ]),
    );
    expect(points(textFormat, log)).toHaveLength(4);
  });

  it('are no more than text', () => {
    const bold =
      '<table><tr><th>a</th><th>b|c</th></tr><tr><td><b>1 &lt; 2</b></td><td>x&nbsp;y &#60;</td></tr><tr><td>short</td></tr></table>';
    expect(readHtmlTable(`<table><tr><th>first</th><th>x</th></tr></table>${bold}`)).toEqual({
      header: ['a', 'b/c'],
      rows: [['1 < 2', 'x y &#60;']],
    });
    for (const none of ['', '<p>table</p>', '<table>', '<table><tr><td>one</td></tr></table>'])
      expect(readHtmlTable(none)).toBeNull();
    // Made to be slow to look through.
    for (const unit of ['<table ', '<tr>', '<td', '<', '&', '<table><tr><td>'])
      expect(readHtmlTable(unit.repeat(Math.floor(1_000_000 / unit.length)))?.rows ?? []).toEqual([]);
  });
});

describe('the text of a cell', () => {
  it('is appended as it grows', () => {
    const log = followed(
      [stdout('epoch 1 ')],
      [stdout('epoch 1 loss 1.0\nepo')],
      [stdout('epoch 1 loss 1.0\nepoch 2 loss 0.5\n')],
    );
    expect(log).toBe('epoch 1 loss 1.0\nepoch 2 loss 0.5\n');
  });

  it('is drawn over where its last line is', () => {
    const log = followed([stdout('a\n 10%')], [stdout('a\n 20%')], [stdout('a\n100%\nb\n')]);
    expect(log).toBe('a\n 10%\r 20%\r100%\nb\n');
  });

  it('goes on after it was cleared', () => {
    const states = [1, 2, 3].map((n) => [stdout(`epoch ${n}\nloss ${1 / n}\n`)]);
    expect(followed(...states)).toBe(states.map(([one]) => one![0]!.text).join(''));
    expect(followed([stdout('a\n'), stdout('b\n')], [stdout('c\n')])).toBe('a\nb\nc\n');
  });

  it('ends with its error', () => {
    const error = JSON.stringify({
      name: 'ValueError',
      message: 'bad',
      stack: 'Traceback (most recent call last)\nValueError: bad',
    });
    const log = followed(
      [stdout('x\n')],
      [stdout('x\n'), [{ mime: 'application/vnd.code.notebook.error', text: error }]],
    );
    expect(log).toBe('x\n\nTraceback (most recent call last)\nValueError: bad\n');
    expect(readError(error).name).toBe('ValueError');
    expect(readError('{"name":"E","message":"m"}').stack).toContain('E: m');
    expect(readError('half')).toEqual({ name: '', stack: 'half' });
  });

  it('is nothing of pictures and widgets', () => {
    expect(blocksOf([[{ mime: 'image/png', text: '' }], []])).toEqual([]);
  });
});
