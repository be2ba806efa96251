import { describe, expect, it } from 'vitest';
import { lintCells } from '../../../src/lint/cells';
import { applyEdits } from '../../../src/remedies/textEdit';

const cells = [
  '%matplotlib inline\nimport torch\nfrom torch import nn',
  '%%bash\nls',
  'rnn = nn.LSTM(\n    8,\n    16,\n    dropout=0.5,\n)',
  '# fitcheck: ignore FC410\nnorm = nn.GroupNorm(32, 48)\n',
];

describe('the rules on a notebook', () => {
  it('find in one cell what it takes the names of another to see, in its own lines', async () => {
    const found = await lintCells(cells, 'work/train.ipynb');
    expect(found.map(({ cell, finding }) => [cell, finding.code])).toEqual([[2, 'FC306']]);
    const { range } = found[0]!.finding;
    expect([range.start.line <= 3, range.end.line <= 4]).toEqual([true, true]);
  });

  it('mend the cell where it is', async () => {
    const [found] = await lintCells(cells, 'train.ipynb');
    expect([...found!.edits.keys()]).toEqual([2]);
    const mended = applyEdits(cells[2]!, found!.edits.get(2)!);
    expect(await lintCells([cells[0]!, cells[1]!, mended], 'train.ipynb')).toEqual([]);
  });

  it('are as loud as the settings say, and silent on the notebooks of tests', async () => {
    expect(await lintCells(cells, 'train.ipynb', { FC306: 'off' })).toEqual([]);
    expect(await lintCells(cells, 'tests/train.ipynb')).toEqual([]);
  });

  it('mend several cells where an import is in another one', async () => {
    const split = [
      'from torch.optim import Adam\nfrom torch import nn',
      'net = nn.Linear(2, 2)\nopt = Adam(net.parameters(), lr=1e-3, weight_decay=0.01)',
    ];
    const [found] = await lintCells(split, 'train.ipynb');
    expect([found!.cell, found!.finding.code, [...found!.edits.keys()].sort()]).toEqual([1, 'FC202', [0, 1]]);
    const mended = split.map((cell, i) => applyEdits(cell, found!.edits.get(i)!));
    expect(mended[0]).toContain('AdamW');
    expect(mended[1]).toContain('opt = AdamW(');
  });
});
