import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/analysis/diagnosis';
import { argumentSettings, configSettings } from '../../../src/ledger/configSettings';
import { changesBetween } from '../../../src/ledger/changes';
import type { CodeState, Entry } from '../../../src/ledger/entry';
import { effectsOf } from '../../../src/ledger/effect';
import { byScript, isConfounded } from '../../../src/ledger/ledger';
import { ledgerCsv, ledgerMarkdown } from '../../../src/ledger/report';
import { scriptSettings } from '../../../src/ledger/scriptSettings';
import { techniqueOf } from '../../../src/ledger/techniqueOf';
import { changesText, confounded, effectText, remarks } from '../../../src/ledger/words';

const script = `
import argparse, torch
from torch import nn
EPOCHS = 20
lr, width = 1e-3, 64
parser = argparse.ArgumentParser()
parser.add_argument('--dropout', type=float, default=0.1)
model = nn.Sequential(nn.Linear(4, width), nn.Dropout(0.3), nn.Dropout(0.5), nn.Linear(width, 2))
opt = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.01)
for epoch in range(EPOCHS):
    seen = 0
    print('epoch', epoch, flush=True)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    opt.step()
`;

const outcome = (best: number, epoch = 12, metric = 'val loss'): Outcome => ({
  ...{ metric, better: metric === 'val loss' ? 'lower' : 'higher' },
  ...{ best, step: 100 * epoch, epoch, last: best + 0.1, points: 20 },
});

const code = (hash: string, settings: Record<string, string>): CodeState => ({
  files: [{ path: 'train.py', hash, settings }],
  arguments: {},
  commit: null,
});

function entry(start: number, state: CodeState | null, best: number, more: Partial<Entry> = {}): Entry {
  return {
    ...{ run: `/runs/${start}`, title: `run ${start}`, script: 'train.py', start, end: start + 1 },
    ...{ state: 'finished', code: state, outcomes: [outcome(best)], label: 'healthy' },
    ...{ symptoms: [], applied: [], ...more },
  };
}

const first = (entries: readonly Entry[]) => byScript(entries).get('train.py')![0]!;

describe('the settings of a training', () => {
  it('are read from a script as they are written, without counters and prints', async () => {
    const settings = await scriptSettings(script);
    expect(settings).toMatchObject({
      EPOCHS: '20',
      '--dropout': '0.1',
      Dropout: '0.3, 0.5',
      optimizer: 'AdamW',
      'AdamW weight_decay': '0.01',
      clip_grad_norm_: '1',
    });
    expect(Object.keys(settings)).not.toContain('seen');
    expect(Object.keys(settings).filter((name) => name.startsWith('print'))).toEqual([]);
  });

  it('are read from configs and command lines', async () => {
    expect(await configSettings('optim:\n  lr: 0.1\n  wd: 0.01\n', 'a.yaml')).toEqual({
      'optim.lr': '0.1',
      'optim.wd': '0.01',
    });
    expect(await configSettings('not: [a', 'a.yaml')).toBeDefined();
    expect(argumentSettings(['--lr', '0.1', '--amp', '--wd=0', 'model.depth=3', '-n', '-1'])).toEqual({
      ...{ '--lr': '0.1', '--amp': 'on', '--wd': '0', 'model.depth': '3', '-n': '-1' },
    });
  });

  it.each([
    ['nn.Dropout2d', 'dropout'],
    ['hidden_dropout_prob', 'dropout'],
    ['AdamW weight_decay', 'weight-decay'],
    ['--max-grad-norm', 'gradient-clipping'],
    ['drop_path_rate', 'drop-path'],
    ['CrossEntropyLoss label_smoothing', 'label-smoothing'],
    ['BatchNorm2d', 'batch-norm'],
    ['use_ema', 'ema'],
    ['schema', null],
    ['dropdown', null],
    ['download', null],
    ['backdrop_color', null],
    ['swap', null],
    ['GPT2Config resid_pdrop', 'dropout'],
    ['Adam clipvalue', 'gradient-clipping'],
    ['--smoothing', 'label-smoothing'],
    ['distillation_alpha', 'knowledge-distillation'],
    ['clip_by_value', null],
    ['audio clip_value', null],
    ['loss_smoothing', null],
    ['teacher_forcing_ratio', null],
    ['DistilBertModel', null],
    ['step_dropped', null],
    ['AugmentedLagrangian', null],
  ])('%s is about %s', (name, technique) => {
    expect(techniqueOf(name)).toBe(technique);
  });
});

describe('what changed between two runs', () => {
  it('is the settings that differ, regularisers first, and the files', () => {
    const { settings, files, techniques } = changesBetween(
      code('a', { lr: '0.1', total: '0', dropout: '0' }),
      code('b', { lr: '0.2', dropout: '0.1', helper: '3', seed: '1' }),
    );
    expect(settings.map(({ name }) => name)).toEqual(['lr', 'dropout', 'seed']);
    expect(files).toEqual([{ path: 'train.py', from: 'a', to: 'b' }]);
    expect(techniques).toEqual(['dropout']);
    const step = first([
      entry(1, code('a', { lr: '0.1', dropout: '0' }), 0.5),
      entry(2, code('b', { lr: '0.2', dropout: '0.1' }), 0.4),
    ]);
    expect(changesText(step)).toBe('dropout 0 → 0.1, lr 0.1 → 0.2');
  });

  it('is told once where a default and the command line say the same', () => {
    const one = { ...code('a', { '--lr': '0.1' }), arguments: { '--lr': '0.1' } };
    const two = { ...code('a', { '--lr': '0.2' }), arguments: { '--lr': '0.2' } };
    expect(changesBetween(one, two).settings).toHaveLength(1);
  });

  it('is no technique where a layer of normalisation has another width, or rows of a table go', async () => {
    const source = (width: number) => `nn.BatchNorm1d(${width})\ndf = df.drop('a${width}', axis=1)\n`;
    const [one, two] = await Promise.all([64, 128].map((width) => scriptSettings(source(width))));
    expect(changesBetween(code('a', one!), code('b', two!)).techniques).toEqual([]);
    expect(changesBetween(code('a', {}), code('b', one!)).techniques).toEqual(['batch-norm']);
    const turned = changesBetween(code('a', { batch_norm: 'False' }), code('b', { batch_norm: 'True' }));
    expect(turned.techniques).toEqual(['batch-norm']);
  });

  it('is neither where a run writes nor how it is called, and first what people tune', () => {
    const run = (name: string, more: Record<string, string>): CodeState => ({
      ...code('a', {}),
      arguments: { '--run_name': name, '--output-dir': `out/${name}`, ...more },
    });
    expect(changesText(first([entry(1, run('a', {}), 0.5), entry(2, run('b', {}), 0.4)]))).toBe(
      'nothing changed',
    );
    const config = (text: string): CodeState => ({
      ...code('a', {}),
      files: [{ path: 'a.yaml', hash: text, settings: { out_dir: text, lr: '0.1' } }],
    });
    expect(changesText(first([entry(1, config('a'), 0.5), entry(2, config('b'), 0.4)]))).toBe(
      'nothing changed',
    );
    const [old, young] = [run('a', { '--sort': 'a', '--lr': '1' }), run('b', { '--sort': 'b', '--lr': '2' })];
    expect(changesText(first([entry(1, old, 0.5), entry(2, young, 0.4)]))).toBe('lr 1 → 2, sort a → b');
  });

  it('is what the words of a command say by their place, too', () => {
    expect(argumentSettings(['cifar10', '--sizes', '64', '32', '--amp', '+a.b=1'])).toEqual({
      ...{ 'argument 1': 'cifar10', '--sizes': '64 32', '--amp': 'on', '+a.b': '1' },
    });
  });

  it('is not known where a run was found too late', () => {
    const step = first([entry(1, code('a', {}), 0.5), entry(2, null, 0.4)]);
    expect(step.changes).toBeNull();
    expect(changesText(step)).toMatch(/too late/);
  });
});

describe('what a change did', () => {
  const before = code('a', { dropout: '0' });
  const after = code('b', { dropout: '0.1' });

  it('is one run each, as a rule, and may be the seed', () => {
    const step = first([entry(1, before, 0.41), entry(2, after, 0.36, { outcomes: [outcome(0.36, 19)] })]);
    expect(effectText(step.effects[0]!)).toBe(
      'val loss 0.41 → 0.36 (better), best at epoch 12 → 19; one run each, so it may be the seed: run again to be sure',
    );
  });

  it('is certain only beyond the spread of runs of the same state', () => {
    const runs = (values: readonly number[]) => values.map((value) => [outcome(value)]);
    const verdict = (a: readonly number[], b: readonly number[]) => effectsOf(runs(a), runs(b))[0]!.verdict;
    expect(verdict([0.41, 0.42, 0.4], [0.3, 0.31, 0.29])).toBe('better');
    expect(verdict([0.3, 0.31, 0.29], [0.41, 0.42, 0.4])).toBe('worse');
    expect(verdict([0.41, 0.42, 0.4], [0.405, 0.41, 0.4])).toBe('within noise');
    // Two runs tell little of their spread.
    expect(verdict([0.41, 0.42], [0.36])).toBe('within noise');
    const better = effectsOf([[outcome(0.7, 3, 'val accuracy')]], [[outcome(0.8, 3, 'val accuracy')]]);
    expect(effectText(better[0]!)).toMatch(/0.7 → 0.8 \(better\)/);
  });

  it('is not certain where the repeats had the same random numbers', () => {
    const [effect] = effectsOf([[outcome(0.41)], [outcome(0.41)]], [[outcome(0.36)]]);
    expect(effect!.verdict).toBe('unknown');
    expect(effectText(effect!)).toMatch(/other seeds would tell the noise$/);
  });

  it('takes runs with other seeds and names for runs of the same state', () => {
    const seeded = (state: CodeState, seed: string): CodeState => ({
      ...state,
      arguments: { '--seed': seed, '--run_name': `run${seed}` },
    });
    const step = first([
      entry(1, seeded(before, '1'), 0.4),
      entry(2, seeded(before, '2'), 0.42),
      entry(3, seeded(after, '1'), 0.3),
    ]);
    expect(step.effects[0]).toMatchObject({ runs: [2, 1] });
    expect(first([entry(1, seeded(before, '1'), 0.4), entry(2, seeded(before, '2'), 0.42)]).effects).toEqual(
      [],
    );
  });

  it('is not told between a share and a percentage', () => {
    const effects = effectsOf([[outcome(0.8, 3, 'val accuracy')]], [[outcome(81, 3, 'val accuracy')]]);
    expect(effects).toEqual([]);
  });

  it('takes all runs of the two states, and a crashed one for no measurement', () => {
    const step = first([
      entry(1, before, 0.4),
      entry(2, before, 0.42),
      entry(3, before, 0, { state: 'crashed' }),
      entry(4, after, 0.3),
    ]);
    expect(step.before!.start).toBe(2);
    expect(step.effects[0]).toMatchObject({ runs: [2, 1], before: (0.4 + 0.42) / 2 });
    const again = first([entry(1, before, 0.4), entry(2, before, 0.42)]);
    expect([changesText(again), again.effects]).toEqual(['nothing changed', []]);
  });

  it('cannot be attributed when several regularisers changed', () => {
    const step = first([
      entry(1, code('a', { dropout: '0', weight_decay: '0' }), 0.4, { symptoms: ['val-loss-rising'] }),
      entry(2, code('b', { dropout: '0.1', weight_decay: '0.1' }), 0.3),
    ]);
    expect(isConfounded(step)).toBe(true);
    expect(remarks(step)).toEqual(['No longer found: Validation gets worse.', confounded()]);
  });
});

it('the ledger leaves as Markdown and CSV, in which names stay text', () => {
  const title = '=cmd|x,<img>';
  const entries = [entry(1, code('a', {}), 0.5, { title }), entry(2, code('b', { lr: '1' }), 0.4)];
  expect(ledgerMarkdown(entries)).toContain('=cmd\\|x,\\<img\\>');
  const csv = ledgerCsv(entries);
  expect(csv).toContain(`"'=cmd|x,<img>"`);
  expect(csv.trim().split('\n')).toHaveLength(3);
});
