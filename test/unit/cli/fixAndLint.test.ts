import { readFile, writeFile } from 'node:fs/promises';
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

  it('goes through folders and passes over what is no training config', async () => {
    const root = await folder();
    await writeFile(join(root, 'train.yaml'), config);
    await writeFile(join(root, 'compose.yml'), 'services:\n  x:\n    dropout: 5\n');
    const { stdout } = await fitcheck(['lint', root, '--format', 'json']);
    expect((JSON.parse(stdout) as { findings: object[] }).findings).toHaveLength(1);
  });
});
