import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { fitcheck } from './run';

const config = 'output_dir: out\nper_device_train_batch_size: 8\nlearning_rate: 5e-5\nweight_decay: 0.9\n';

/** A folder with these files. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'fitcheck-project-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

const countIn = async (root: string, ...more: string[]): Promise<string> =>
  (await fitcheck(['lint', root, ...more])).stdout.trim().split('\n').at(-1)!;

describe('what a project says of its linting', () => {
  it.each([
    ['.fitcheck.json', '{ "lint": { "rules": { "FC206": "off" } }, /* ours */ }'],
    ['pyproject.toml', '[project]\nname = "x"\n[tool.fitcheck.lint]\nrules = { FC206 = "off" }\n'],
    ['.fitcheckignore', '# not ours\nconfigs/\n'],
    ['.fitcheck.json', '{ "lint": { "exclude": ["configs/*.yaml"] } }'],
  ])('%s: %s', async (name, text) => {
    const root = await project({ 'configs/train.yaml': config, 'README.md': 'x' });
    expect(await countIn(root)).toBe('1 finding');
    await writeFile(join(root, name), text);
    expect(await countIn(root)).toBe('0 findings');
    // From a folder below, too.
    expect(await countIn(join(root, 'configs'))).toBe('0 findings');
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe that lies beside a config', async () => {
    const root = await project({ 'train.yaml': `${config}warmup_ratio: 1e-1\n` });
    execFileSync('mkfifo', [join(root, 'pipe.json')]);
    expect(await countIn(root)).toBe('1 finding');
  });

  it('tells of a file once, however often it is named', async () => {
    const root = await project({ 'train.yaml': config });
    expect(await countIn(root, join(root, 'train.yaml'), `${root}/./train.yaml`)).toBe('1 finding');
  });

  it('is overruled by the command line, and a file that is named is always linted', async () => {
    const root = await project({
      'train.yaml': config,
      '.fitcheck.json': '{ "lint": { "rules": { "FC206": "off" } } }',
      'other/train.yaml': config,
      '.fitcheckignore': 'other/\n',
    });
    expect(await countIn(root, '--rule', 'FC206=hint')).toBe('1 finding');
    expect(await countIn(join(root, 'other', 'train.yaml'), '--rule', 'FC206=hint')).toBe('1 finding');
  });

  it.each([
    ['.fitcheck.json', '{ "lint": ', /\.fitcheck\.json:1: no valid JSON/],
    [
      '.fitcheck.json',
      '{ "lint": { "rulez": {} } }',
      /there is no setting "lint\.rulez"; there is rules, exclude/,
    ],
    ['.fitcheck.json', '{ "lint": { "rules": { "FC999": "off" } } }', /there is no rule "FC999"/],
    [
      '.fitcheck.json',
      '{ "lint": { "rules": { "FC206": "loud" } } }',
      /FC206 is "loud"; it may be off, hint/,
    ],
    ['.fitcheck.json', '{ "lint": { "exclude": "a" } }', /must be a list of patterns/],
    ['.fitcheck.json', '[]', /must be a mapping/],
    ['pyproject.toml', '[tool.fitcheck\n', /no valid TOML/],
  ])('that can not be understood is told: %s %s', async (name, text, message) => {
    const root = await project({ 'train.yaml': config, [name]: text });
    const { stderr, code } = await fitcheck(['lint', root]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('fitcheck lint on configs of every syntax', () => {
  const files = {
    'a.toml': '[training]\nsteps = 100\nlocal_batch_size = 8\n[optimizer]\nweight_decay = -0.1\n',
    'b.sh':
      'python train.py --lr 0.1 --epochs 3 \\\n  --weight-decay 7 --lr-warmup-method linear --random-erase 0.1\n',
    'c.py':
      "_base_ = './x.py'\noptim_wrapper = dict(optimizer=dict(type='AdamW', lr=1e-3, weight_decay=0.9))\n",
    'd.json':
      '{"train_micro_batch_size_per_gpu": 4, "gradient_clipping": 1, "optimizer": {"params": {"weight_decay": -0.1}}}',
    'e.yaml': config,
    'f.txt': config,
  };

  it('finds, fixes and reports them', async () => {
    const root = await project(files);
    const { stdout } = await fitcheck(['lint', root]);
    const found = stdout
      .split('\n')
      .map((line) => /\/(\w\.\w+):(\d+):\d+ (\w+) .*(FC\d+)$/.exec(line)?.slice(1).join(' '));
    expect(found.filter(Boolean)).toEqual([
      'a.toml 5 error FC206',
      'b.sh 2 warning FC206',
      'c.py 2 warning FC206',
      'd.json 1 error FC206',
      'e.yaml 4 warning FC206',
    ]);
    await fitcheck(['lint', root, '--fix']);
    expect(await readFile(join(root, 'a.toml'), 'utf8')).toBe(files['a.toml'].replace('-0.1', '0.1'));
    expect(await readFile(join(root, 'd.json'), 'utf8')).toBe(files['d.json'].replace('-0.1', '0.1'));
    expect(await readFile(join(root, 'e.yaml'), 'utf8')).toBe(config);
  });

  it('reads what a config inherits from its own folder', async () => {
    const root = await project({
      'base.py': 'train_dataloader = dict(batch_size=2)\ntrain_cfg = dict(max_epochs=12)\n',
      'bn.py': "_base_ = './base.py'\nnorm_cfg = dict(type='BN')\n",
    });
    expect((await fitcheck(['lint', root])).stdout).toMatch(/bn\.py:2.*batch_size is 2.*FC402/);
  });

  it('gives SARIF with paths from the folder that is worked in', async () => {
    const root = await project({ 'my configs/train.yaml': config });
    const { stdout } = await fitcheck(['lint', '.', '--format', 'sarif'], { cwd: root });
    const { runs } = JSON.parse(stdout) as Log;
    const [result] = runs[0]!.results!;
    const place = result!.locations![0]!.physicalLocation!;
    expect(place.artifactLocation).toEqual({ uri: 'my%20configs/train.yaml', uriBaseId: 'SRCROOT' });
    expect(runs[0]!.originalUriBaseIds!.SRCROOT!.uri).toMatch(/^file:.*\/$/);
    expect(place.region).toEqual({ startLine: 4, startColumn: 15, endLine: 4, endColumn: 18 });
  });
});
