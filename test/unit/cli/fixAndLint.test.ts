import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/fixtures';
import { fitcheck } from './run';

const folder = temporaryFolder();
const script =
  'import torch\nopt = torch.optim.SGD(m.parameters())\nfor x in d:\n    loss.backward()\n    opt.step()\n';
const config = 'output_dir: o\nnum_train_epochs: 3\nlearning_rate: 1e-4\nweight_decay: 0.9\n';

async function file(name: string, content: string): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

describe('fitcheck fix', () => {
  it('shows a diff, gives the edits as JSON, or writes them', async () => {
    const path = await file('train.py', script);
    const args = ['fix', path, '--remedy', 'gradient-clipping'];
    const shown = await fitcheck([...args, '--diff']);
    expect(shown.stdout).toContain('+    torch.nn.utils.clip_grad_norm_(m.parameters(), max_norm=1.0)');
    expect(await readFile(path, 'utf8')).toBe(script);
    const json = JSON.parse((await fitcheck([...args, '--json'])).stdout) as object;
    expect(json).toMatchObject({
      version: 1,
      applicable: true,
      edits: [{ range: { start: { line: 4, character: 0 } } }],
    });
    expect((await fitcheck([...args, '--write'])).code).toBe(0);
    expect(await readFile(path, 'utf8')).toContain('max_norm=1.0)\n    opt.step()');
    const again = await fitcheck([...args, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      applicable: false,
      reason: expect.stringContaining('already') as string,
    });
  });

  it('names the imported file that has the place, and doubts an edit beside a file that shards the model', async () => {
    const root = await folder();
    await writeFile(
      join(root, 'net.py'),
      'from torch import nn\nnet = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2))\n',
    );
    const path = join(root, 'loop.py');
    await writeFile(path, `from net import net\n${script}`);
    const elsewhere = await fitcheck(['fix', path, '--remedy', 'dropout']);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stderr).toContain(`${join(root, 'net.py')}, which it imports, has a place for it`);
    const sharding =
      'from torch.distributed.fsdp import FullyShardedDataParallel as FSDP\nimport loop\nm = FSDP(net)\n';
    await writeFile(join(root, 'main.py'), sharding);
    const json = (await fitcheck(['fix', path, '--remedy', 'gradient-clipping', '--json'])).stdout;
    expect(JSON.parse(json)).toMatchObject({ title: expect.stringContaining('main.py') as string });
  });

  it('leaves notebooks to the editor', async () => {
    const path = await file('train.ipynb', '{}');
    const { code, stderr } = await fitcheck(['fix', path, '--remedy', 'dropout']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cell by cell') as string]);
  });

  it('says what is wrong with the call', async () => {
    const path = await file('train.py', script);
    for (const args of [
      ['fix', path],
      ['fix', path, '--remedy', 'magic'],
      ['fix', 'gone.py', '--remedy', 'dropout'],
    ]) {
      const { code, stderr } = await fitcheck(args);
      expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    }
  });
});

describe('fitcheck lint', () => {
  it('reports in text, JSON and SARIF, and fails where it was asked to', async () => {
    const path = await file('train.yaml', config);
    expect((await fitcheck(['lint', path])).stdout).toContain(`${path}:4:15 warning weight_decay is 0.9`);
    const json = JSON.parse((await fitcheck(['lint', path, '--format', 'json'])).stdout) as object;
    expect(json).toMatchObject({
      version: 1,
      findings: [
        { code: 'FC206', file: path, severity: 'warning', fix: { title: 'Set weight_decay to 0.1' } },
      ],
    });
    const sarif = JSON.parse((await fitcheck(['lint', path, '--format', 'sarif'])).stdout) as object;
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'FC206', level: 'warning' }] }],
    });
    expect((await fitcheck(['lint', path, '--fail-on', 'warning'])).code).toBe(1);
    expect((await fitcheck(['lint', path, '--fail-on', 'error'])).code).toBe(0);
  });

  it('counts columns as editors do where a file begins with a byte order mark', async () => {
    const json = '{"per_device_train_batch_size": 8, "weight_decay": 0.9}\n';
    const path = await file('args.json', `\uFEFF${json}`);
    expect((await fitcheck(['lint', path])).stdout).toContain(`${path}:1:52 warning`);
    expect((await fitcheck(['lint', await file('args.json', json)])).stdout).toContain(':1:52 warning');
  });

  it('goes through folders and passes over what is no training config', async () => {
    const root = await folder();
    await writeFile(join(root, 'train.yaml'), config);
    await writeFile(join(root, 'compose.yml'), 'services:\n  x:\n    dropout: 5\n');
    const { stdout } = await fitcheck(['lint', root, '--format', 'json']);
    expect((JSON.parse(stdout) as { findings: object[] }).findings).toHaveLength(1);
  });
});

describe('fitcheck lint on scripts', () => {
  const training = 'from torch import nn\nrnn = nn.LSTM(8, 16, dropout=0.5)\nnorm = nn.GroupNorm(32, 48)\n';

  it('reports in text, JSON and SARIF', async () => {
    const path = await file('train.py', training);
    const { stdout } = await fitcheck(['lint', path]);
    expect(stdout).toContain(`${path}:2:22 warning dropout 0.5 does nothing in a LSTM with one layer`);
    expect(stdout).toContain(`${path}:3:8 error 32 groups do not divide 48 channels`);
    const json = JSON.parse((await fitcheck(['lint', path, '--format', 'json'])).stdout) as object;
    expect(json).toMatchObject({
      version: 1,
      findings: [
        {
          code: 'FC306',
          file: path,
          severity: 'warning',
          range: { start: { line: 1, character: 21 }, end: { line: 1, character: 32 } },
          fix: { title: 'Remove `dropout=0.5`, which does nothing', edits: [{ newText: '' }] },
        },
        { code: 'FC410', severity: 'error' },
      ],
    });
    const sarif = JSON.parse((await fitcheck(['lint', path, '--format', 'sarif'])).stdout) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: object[] }[];
    };
    expect(sarif.runs[0]!.results).toMatchObject([
      { ruleId: 'FC306', level: 'warning' },
      { ruleId: 'FC410', level: 'error' },
    ]);
    expect(sarif.runs[0]!.tool.driver.rules.map(({ id }) => id)).toContain('FC410');
    expect((await fitcheck(['lint', path, '--fail-on', 'error'])).code).toBe(1);
  });

  it('writes only the safe fixes with --fix', async () => {
    const path = await file('train.py', training);
    const { stdout } = await fitcheck(['lint', path, '--fix']);
    expect(await readFile(path, 'utf8')).toBe(training.replace(', dropout=0.5', ''));
    expect(stdout).toContain('1 finding\n');
  });

  it('takes rules from --rule, and says which there are not', async () => {
    const path = await file('train.py', training);
    const { stdout } = await fitcheck(['lint', path, '--rule', 'FC306=off', '--rule', 'FC410=hint']);
    expect(stdout).toContain('hint 32 groups');
    expect(stdout).toContain('1 finding\n');
    expect((await fitcheck(['lint', path, '--rule', 'FC999=off'])).stderr).toContain('no rule "FC999"');
    expect((await fitcheck(['lint', path, '--rule', 'FC306=loud'])).code).toBe(2);
  });

  it('goes through folders, and passes over tests', async () => {
    const root = await folder();
    await mkdir(join(root, 'tests'));
    await writeFile(join(root, 'train.py'), training);
    await writeFile(join(root, 'tests', 'train.py'), training);
    await writeFile(join(root, 'test_train.py'), training);
    await writeFile(join(root, 'train.yaml'), config);
    const { stdout } = await fitcheck(['lint', root, '--format', 'json']);
    const { findings } = JSON.parse(stdout) as { findings: { file: string; code: string }[] };
    expect(findings.map(({ code }) => code)).toEqual(['FC306', 'FC410', 'FC206']);
  });

  it('a byte order mark, CRLF and tabs stay', async () => {
    const source = `\ufeff${training.replaceAll('\n', '\r\n').replace('rnn', 'if x:\r\n\trnn')}`;
    const path = await file('bom.py', source);
    await fitcheck(['lint', path, '--fix']);
    expect(await readFile(path, 'utf8')).toBe(source.replace(', dropout=0.5', ''));
  });
});

describe('files that must not be harmed', () => {
  it('a script that is not UTF-8 is refused, not rewritten', async () => {
    const path = join(await folder(), 'latin.py');
    const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${script}`)]);
    await writeFile(path, bytes);
    const { code, stderr } = await fitcheck(['fix', path, '--remedy', 'gradient-clipping', '--write']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^fitcheck: .*not UTF-8.*\n$/)]);
    expect(await readFile(path)).toEqual(bytes);
  });

  it('a byte order mark and CRLF stay', async () => {
    const path = await file('bom.py', `\ufeff${script.replaceAll('\n', '\r\n')}`);
    await fitcheck(['fix', path, '--remedy', 'gradient-clipping', '--write']);
    const fixed = await readFile(path, 'utf8');
    expect(fixed.startsWith('\ufeffimport torch\r\n')).toBe(true);
    expect(fixed).toContain('max_norm=1.0)\r\n    opt.step()');
  });
});

describe('fitcheck lint on several paths', () => {
  it('reports what it can and says in a line each what it can not', async () => {
    const path = await file('train.yaml', config);
    const { code, stdout, stderr } = await fitcheck([
      'lint',
      'gone',
      path,
      'package.json.txt',
      '--format',
      'json',
    ]);
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as { findings: object[] }).findings).toHaveLength(1);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it('writes only the fixes of impossible values with --fix', async () => {
    const path = await file('train.yaml', `${config}dropout: 1.5\n`);
    const { stdout } = await fitcheck(['lint', path, '--fix']);
    expect(await readFile(path, 'utf8')).toBe(`${config}dropout: 0.1\n`);
    expect(stdout).toContain('1 finding');
  });
});
