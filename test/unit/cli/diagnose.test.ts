import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exit, wandbFile } from '../formats/wandbFile';
import { temporaryFolder } from '../runs/fixtures';
import { fitcheck, overfitting } from './run';

const folder = temporaryFolder();

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

interface Document {
  version: number;
  backend: { name: string };
  runs: {
    path: string;
    format: string;
    series: Record<string, unknown>[];
    verdict: { label: string; confidence: number; probabilities: Record<string, number>; why: string };
    findings: { id: string; onset: object | null; evidence: Record<string, number>; message: string }[];
    remedies: { technique: string; rank: number; section: string; fixes: string[] }[];
    stopping: { best: { epoch: number }; evaluations: number; message: string } | null;
    skipped: { lines: number };
  }[];
  errors: { path: string; reason: string }[];
}

describe('--as', () => {
  it('reads a log as the format that is said, and tells how sure a format is where none is', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `epoch ${i} loss: ${(1 / (i + 1)).toFixed(3)}`);
    const path = await file('x.log', `${rows.join('\n')}\n`);
    const read = async (...more: string[]) =>
      (
        JSON.parse((await fitcheck(['diagnose', path, '--json', ...more])).stdout) as {
          runs: { format: string; recognition: { confidence: number; why: string } }[];
        }
      ).runs[0]!;
    const guessed = await read();
    expect([guessed.format, guessed.recognition.confidence > 0.5, guessed.recognition.why]).toEqual([
      'text',
      true,
      expect.stringContaining('values of "loss"'),
    ]);
    expect((await read('--as', 'text')).recognition.confidence).toBe(1);
    const wrong = await fitcheck(['diagnose', path, '--as', 'csv']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/read as csv|no metric/)]);
    expect((await fitcheck(['diagnose', path, '--as', 'banana'])).stderr).toContain('--as takes ');
  });
});

describe('--script and --config', () => {
  it('choose the remedies by what is trained', async () => {
    const log = await file('run.csv', overfitting(40));
    const gan = 'import torch\nfrom torch import nn\nnetD = nn.Linear(4, 1)\nnetG = nn.Linear(2, 4)\n';
    const optimizers =
      'optimizerD = torch.optim.Adam(netD.parameters())\noptimizerG = torch.optim.Adam(netG.parameters())\n';
    const script = await file('train.py', gan + optimizers);
    const config = await file(
      'run.yaml',
      'stage: pt\nfinetuning_type: full\nlearning_rate: 1.0e-4\nnum_train_epochs: 1\n',
    );
    const remedies = async (...more: string[]): Promise<string[]> => {
      const { stdout } = await fitcheck(['diagnose', log, '--json', ...more]);
      return (JSON.parse(stdout) as Document).runs[0]!.remedies.map(({ technique }) => technique);
    };
    expect(await remedies()).toEqual(
      expect.arrayContaining(['early-stopping', 'dropout', 'label-smoothing']),
    );
    const forGan = await remedies('--script', script);
    for (const one of ['early-stopping', 'dropout', 'weight-decay']) expect(forGan).not.toContain(one);
    // What is made of a script this time is for the config to say.
    const forConfig = await remedies('--script', script, '--config', config);
    expect(forConfig.slice(0, 2)).toEqual(['weight-decay', 'more-data']);
    expect(forConfig).not.toContain('dropout');
  });

  it('say what can not be read', async () => {
    const log = await file('run.csv', overfitting(40));
    const { code, stderr } = await fitcheck(['diagnose', log, '--script', 'nowhere.py']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('nowhere.py')]);
  });
});

describe('--markdown', () => {
  it('is a report to keep or to send, in which names of the log are text', async () => {
    const path = await file('run.csv', overfitting(40).replace('val_loss', 'val_loss'));
    const { stdout, code } = await fitcheck(['diagnose', path, '--markdown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# run\.csv: overfitting \(\d+ %\) since epoch \d+\n/);
    expect(stdout).toContain('## What to do: one change at a time, and measure');
    expect(stdout).toMatch(/1\. \*\*Early stopping\*\*/);
    expect(stdout).toMatch(/\| loss \| val \| 40 \|/);
  });
});

describe('--metric', () => {
  it('says what a metric is whose name says too little', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i},${(1 / (i + 1)).toFixed(3)},${(0.6 + i * 0.02).toFixed(3)}`,
    );
    const path = await file('odd.csv', `epoch,loss,zzz\n${rows.join('\n')}\n`);
    expect((await fitcheck(['diagnose', path])).stdout).not.toContain('overfitting');
    expect((await fitcheck(['diagnose', path, '--metric', 'zzz=val loss'])).stdout).toContain('overfitting');
    expect((await fitcheck(['diagnose', path, '--metric', 'zzz=banana'])).stderr).toContain(
      'it must be a split',
    );
    expect((await fitcheck(['diagnose', path, '--metric', 'zzz'])).code).toBe(2);
  });
});

describe('--pattern', () => {
  it('reads lines that nothing else does, and says what is wrong with an expression', async () => {
    const rows = Array.from({ length: 8 }, (_, i) => `q@${i} v->${(1 / (i + 1)).toFixed(3)}`);
    const path = await file('own.log', `${rows.join('\n')}\n`);
    expect((await fitcheck(['diagnose', path])).code).toBe(2);
    const { stdout, code } = await fitcheck([
      'diagnose',
      path,
      '--pattern',
      'q@(?<step>\\d+) v->(?<loss>\\S+)',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('custom:pattern');
    const wrong = await fitcheck(['diagnose', path, '--pattern', '(?<loss>']);
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('--pattern is no regular expression'),
    ]);
  });
});

describe('fitcheck diagnose --json', () => {
  it('keeps its contract', async () => {
    const path = await file('history.csv', overfitting(40));
    const { code, stdout, stderr } = await fitcheck(['diagnose', path, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const { version, backend, runs, errors } = JSON.parse(stdout) as Document;
    expect([version, errors, runs.length]).toEqual([1, [], 1]);
    expect(['tfjs-node', 'wasm', 'cpu']).toContain(backend.name);
    const [run] = runs;
    expect(run).toMatchObject({ path, format: 'csv', skipped: { lines: 0, first: null } });
    expect(run!.series).toEqual([
      {
        name: 'loss',
        key: 'loss',
        split: 'train',
        unit: null,
        points: 40,
        nonFinite: 0,
        first: 1.1,
        last: 0.04265,
        min: 0.04265,
        max: 1.1,
        firstStep: 0,
        lastStep: 39,
      },
      {
        name: 'loss',
        key: 'val_loss',
        split: 'val',
        unit: null,
        points: 40,
        nonFinite: 0,
        first: 1,
        last: 1.47,
        min: 0.6,
        max: 1.47,
        firstStep: 0,
        lastStep: 39,
      },
    ]);
    const { label, probabilities, why } = run!.verdict;
    expect(label).toBe('overfitting');
    expect(Object.values(probabilities).reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    expect(why).toMatch(/\d/);
    expect(run!.findings[0]).toMatchObject({
      id: 'val-loss-rising',
      family: 'overfitting',
      best: { epoch: 10 },
    });
    expect(run!.stopping).toMatchObject({ best: { epoch: 10 }, evaluations: 29 });
    expect(run!.stopping!.message).toContain('Keep the checkpoint at epoch 10 (0.6)');
    expect(run!.remedies[0]).toMatchObject({
      technique: 'early-stopping',
      rank: 1,
      section: 'Early stopping',
      page: 'https://github.com/fitcheck/fitcheck/blob/main/docs/remedies/early-stopping.md',
    });
  });

  it('writes non-finite numbers as strings: the JSON is strict', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i < 12 ? 1 / (i + 1) : 'nan'}`);
    const path = await file('nan.csv', `step,loss\n${rows.join('\n')}\n`);
    const { stdout } = await fitcheck(['diagnose', path, '--json']);
    const [run] = (JSON.parse(stdout) as Document).runs;
    expect(run!.series[0]).toMatchObject({ nonFinite: 8, last: 'NaN', min: 1 / 12 });
    expect(run!.verdict.label).toBe('unstable');
    expect(run!.findings[0]!.id).toBe('non-finite');
  });

  it('gives the same verdict on every backend that needs no installation', async () => {
    const path = await file('history.csv', overfitting(40));
    const results = await Promise.all(
      ['wasm', 'cpu'].map(async (name) => {
        const { stdout } = await fitcheck(['diagnose', path, '--json', '--backend', name]);
        const document = JSON.parse(stdout) as Document;
        expect(document.backend.name).toBe(name);
        return document.runs[0]!.verdict.probabilities;
      }),
    );
    for (const [name, p] of Object.entries(results[0]!))
      expect(Math.abs(p - results[1]![name]!)).toBeLessThan(1e-4);
  });

  it('finds the runs of a folder', async () => {
    const root = await folder();
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'a', 'one.csv'), overfitting(20));
    await writeFile(join(root, 'two.csv'), overfitting(20));
    await writeFile(join(root, 'data.csv'), 'name,age\nann,3\n');
    const { stdout } = await fitcheck(['diagnose', root, '--json']);
    expect((JSON.parse(stdout) as Document).runs.map(({ path }) => path).sort()).toEqual([
      join(root, 'a', 'one.csv'),
      join(root, 'two.csv'),
    ]);
  });
});

describe('fitcheck diagnose for people', () => {
  it('prints verdict, curves and remedies, without colours in a pipe', async () => {
    const { stdout } = await fitcheck(['diagnose', await file('h.csv', overfitting(40))]);
    expect(stdout).toMatch(/overfitting \(\d+ % sure\)/);
    expect(stdout).toMatch(/val loss\s+[▁▂▃▄▅▆▇█]+/);
    expect(stdout).toContain('1. Early stopping');
    expect(stdout).not.toContain('\u001b');
    const coloured = await fitcheck(['diagnose', await file('h.csv', overfitting(40))], {
      env: { FORCE_COLOR: '1' },
    });
    expect(coloured.stdout).toContain('\u001b[31m');
  });

  it('says of a log that nobody writes that it does not grow, as the panel does', async () => {
    const log = await file('h.csv', overfitting(40));
    await utimes(log, 1, 1);
    expect((await fitcheck(['diagnose', log])).stdout).toContain(`${log} csv, not growing\n`);
  });

  it('shows the control characters of a hostile log instead of sending them', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i},${1 / (i + 1)}`).join('\n');
    const { stdout } = await fitcheck([
      'diagnose',
      await file('h.csv', `step,loss\u001b[2J\u0007\n${rows}\n`),
    ]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u0007');
  });
});

describe('exit codes', () => {
  it.each([
    ['no arguments', []],
    ['an unknown command', ['frobnicate']],
    ['no path', ['diagnose']],
    ['an unknown option', ['diagnose', '--nope']],
    ['an unknown backend', ['diagnose', 'x', '--backend', 'abacus']],
    ['a path that is not there', ['diagnose', 'not-there.csv']],
  ])('2 for %s, with one line that says what to do', async (_name, args) => {
    const { code, stderr } = await fitcheck(args);
    expect(code).toBe(2);
    if (args.length > 0) expect(stderr).toMatch(/^fitcheck: .+\n$/);
  });

  it.each([
    ['an empty file', '', /empty/],
    ['prose', 'Dear diary,\nnothing today.\n', /not a training log; tried .*CSV/],
    [
      'binary junk',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
      /not a training log/,
    ],
    ['a git-lfs pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n', /LFS/i],
  ])('2 for %s, which is told apart', async (_name, content, message) => {
    const { code, stderr, stdout } = await fitcheck(['diagnose', await file('x.csv', content), '--json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect((JSON.parse(stdout) as Document).errors).toHaveLength(1);
  });

  it('1 only where the severity was asked to fail', async () => {
    const bad = await file('h.csv', overfitting(40));
    expect((await fitcheck(['diagnose', bad])).code).toBe(0);
    expect((await fitcheck(['diagnose', bad, '--fail-on', 'warning'])).code).toBe(1);
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i},${2 * Math.exp(-i / 6) + 0.3},${2 * Math.exp(-i / 6) + 0.35}`,
    );
    const good = await file('g.csv', `epoch,loss,val_loss\n${rows.join('\n')}\n`);
    expect((await fitcheck(['diagnose', good, '--fail-on', 'warning'])).code).toBe(0);
  });

  it('reads the runs of a folder although one of them has logged nothing yet', async () => {
    const path = await file('h.csv', overfitting(30));
    await writeFile(join(dirname(path), 'run-ab12.wandb'), wandbFile(exit(1)));
    const { code, stdout } = await fitcheck(['diagnose', dirname(path), '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Document).runs.map((run) => run.path)).toEqual([path]);
    expect((await fitcheck(['diagnose', join(dirname(path), 'run-ab12.wandb')])).code).toBe(2);
  });

  it('reads the good file although the bad one can not be', async () => {
    const { code, stdout } = await fitcheck([
      'diagnose',
      'gone.csv',
      await file('h.csv', overfitting(30)),
      '--json',
    ]);
    expect(code).toBe(2);
    const { runs, errors } = JSON.parse(stdout) as Document;
    expect([runs.length, errors.length]).toEqual([1, 1]);
  });
});
