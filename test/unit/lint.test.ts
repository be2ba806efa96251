import { describe, expect, it } from 'vitest';
import type { LintFinding } from '../../src/findings/finding';
import { withoutIgnored } from '../../src/findings/ignore';
import { safeEdits } from '../../src/findings/safeEdits';
import { asConfigured, isProblem } from '../../src/findings/severity';
import { lintText } from '../../src/lint/lint';
import { isLintable } from '../../src/lint/names';
import { allRules } from '../../src/lint/rules';

const finding = (code: string, line: number, more: Partial<LintFinding> = {}): LintFinding => ({
  code,
  range: { start: { line, character: 0 }, end: { line, character: 5 } },
  severity: 'warning',
  message: 'm',
  ...more,
});

describe('the settings of rules', () => {
  it.each([
    [{}, ['warning']],
    [{ FC101: 'off' }, []],
    [{ FC101: 'error' }, ['error']],
    [{ FC101: 'default' }, ['warning']],
    [{ FC102: 'off' }, ['warning']],
    [{ FC101: 'loud' }, ['warning']],
    [{ FC101: 3 }, ['warning']],
  ])('%j', (settings, expected) => {
    expect(asConfigured([finding('FC101', 0)], settings).map(({ severity }) => severity)).toEqual(expected);
  });

  it('say what is a problem', () => {
    const loud = (['error', 'warning', 'info', 'hint'] as const).map((severity) =>
      isProblem(finding('FC101', 0, { severity })),
    );
    expect(loud).toEqual([true, true, false, false]);
  });
});

describe('a script that holds its settings', () => {
  const script = [
    'import torch',
    'from dataclasses import dataclass',
    '@dataclass',
    'class TrainConfig:',
    '    lr: float = 1e-3',
    '    dropout: float = 1.5',
    'optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.9)',
    '',
  ].join('\n');

  it('is told of each thing once, in the order of the file', async () => {
    const found = await lintText(script, 'train.py');
    expect(found.filter(({ code }) => code === 'FC206').map(({ severity }) => severity)).toEqual(['warning']);
    const lines = found.map(({ range }) => range.start.line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(found.map(({ code }) => code)).toContain('FC303');
  });
});

describe('safe edits', () => {
  const fix = (line: number, from: number, to: number, safe = true): LintFinding['fix'] => ({
    title: 't',
    safe,
    edits: [{ range: { start: { line, character: from }, end: { line, character: to } }, newText: 'x' }],
  });

  it('leave out what is unsafe, and what touches another', () => {
    const found = [
      finding('FC101', 0, { fix: fix(0, 0, 3)! }),
      finding('FC102', 0, { fix: fix(0, 3, 5)! }),
      finding('FC103', 0, { fix: fix(0, 7, 8, false)! }),
      finding('FC104', 0, { fix: fix(1, 0, 3)! }),
    ];
    expect(safeEdits(found).map(({ range }) => [range.start.line, range.start.character])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('ignore comments', () => {
  it.each([
    ['x  # fitcheck: ignore FC101', 0],
    ['x  # fitcheck: ignore FC101, FC102', 0],
    ['x  # fitcheck: ignore', 0],
    ['x  # noqa # fitcheck: ignore FC101', 0],
    ['x  # fitcheck: ignore FC1011', 1],
    ['x  # fitcheck: ignored FC101', 1],
    ['x  # fitcheck: ignore-file FC101', 1],
    ['x  // fitcheck: ignore FC101', 0],
  ])('%j', (text, left) => {
    expect(withoutIgnored([finding('FC101', 0)], text)).toHaveLength(left);
  });

  it('for a file stand on a line of their own, anywhere', () => {
    expect(withoutIgnored([finding('FC101', 0)], 'x\n  # fitcheck: ignore-file FC101\n')).toEqual([]);
    expect(withoutIgnored([finding('FC101', 0)], 'x\n  # fitcheck: ignore-file FC102\n')).toHaveLength(1);
    expect(withoutIgnored([finding('FC101', 0)], 'x\n# fitcheck: ignore-file\n')).toEqual([]);
  });
});

describe('what is linted', () => {
  it.each([
    ['train.py', true],
    ['train.pyw', true],
    ['train.yaml', true],
    ['ds.json', true],
    ['package.json', false],
    ['train.ipynb', false],
    ['notes.txt', false],
  ])('%s', (path, is) => {
    expect(isLintable(path)).toBe(is);
  });

  it('by the ending of the path, with the settings', async () => {
    const config = 'output_dir: o\nnum_train_epochs: 3\nlearning_rate: 1e-4\nweight_decay: 0.9\n';
    expect((await lintText(config, 'a.yaml')).map(({ code }) => code)).toEqual(['FC206']);
    expect(await lintText(config, 'a.yaml', { FC206: 'off' })).toEqual([]);
    expect(await lintText(config, 'a.py')).toEqual([]);
  });

  it('by rules with a code and a title each, in order', () => {
    const codes = allRules.map(({ code }) => code);
    expect(codes).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(codes.length);
  });
});
