import { describe, expect, it } from 'vitest';
import { lintConfig, trainingsIn } from '../../../src/config/lint';
import { latestRunOf } from '../../../src/config/ofRun';
import { nowhere, type KnownRun } from '../../../src/config/surroundings';

const config = (more: string, output = 'output_dir: out/bert\n'): string =>
  `${output}per_device_train_batch_size: 8\nnum_train_epochs: 3\nlearning_rate: 5e-5\n${more}`;
const run = (path: string, more: Partial<KnownRun> = {}): KnownRun => ({
  ...{ path, title: path, label: 'overfitting', since: 'epoch 12', modified: 1 },
  ...more,
});

describe('the run of a config', () => {
  const found = async (
    path: string,
    runs: readonly KnownRun[],
    text = config(''),
  ): Promise<string | undefined> => {
    const [training] = await trainingsIn(text, path);
    return latestRunOf(training!, path, runs)?.path;
  };
  const bare = config('', '');

  it.each([
    [
      'its output folder',
      'conf/a.yaml',
      ['out/bert/trainer_state.json'],
      undefined,
      'out/bert/trainer_state.json',
    ],
    [
      'its output folder, from its own',
      'conf/a.yaml',
      ['conf/out/bert/x/log.csv'],
      undefined,
      'conf/out/bert/x/log.csv',
    ],
    ['another output folder', 'conf/a.yaml', ['out/bert2/log.csv'], undefined, undefined],
    [
      'a copy beside the log',
      'runs/train3/args.yaml',
      ['runs/train3/results.csv', 'runs/train2/results.csv'],
      bare,
      'runs/train3/results.csv',
    ],
    [
      'the copy of Hydra',
      'outputs/1/.hydra/config.yaml',
      ['outputs/1/log.csv', 'outputs/2/log.csv'],
      bare,
      'outputs/1/log.csv',
    ],
    ['a folder of many runs', 'runs/config.yaml', ['runs/a/log.csv', 'runs/b/log.csv'], bare, undefined],
    ['the top of all', 'config.yaml', ['log.csv'], bare, undefined],
    ['no run', 'a/b.yaml', [], bare, undefined],
  ])('%s', async (_name, path, paths, text, expected) => {
    expect(
      await found(
        path,
        paths.map((one) => run(one)),
        text,
      ),
    ).toBe(expected);
  });

  it('is the latest one', async () => {
    const runs = [
      run('out/bert/1.csv', { modified: 5 }),
      run('out/bert/2.csv', { modified: 9 }),
      run('out/bert/3.csv'),
    ];
    expect(await found('a/b.yaml', runs)).toBe('out/bert/2.csv');
  });

  it.each(['.', './', '${x}/out', '/elsewhere/out', '../..'])(
    'is not everything where the output folder is %s',
    async (folder) => {
      expect(
        await found('a/b.yaml', [run('x/log.csv')], config('', `output_dir: "${folder}"\n`)),
      ).toBeUndefined();
    },
  );
});

describe('what a run says of a config', () => {
  const told = async (label: string | null, more: string): Promise<string[]> => {
    const around = { ...nowhere, runs: [run('out/bert/log.csv', { label })] };
    return (await lintConfig(config(more), 'a/b.yaml', around))
      .filter(({ code }) => code === 'FC920')
      .map(({ message }) => message);
  };

  it('names the run, the epoch and the value', async () => {
    const [message, ...others] = await told(
      'overfitting',
      'weight_decay: 0.0\nlabel_smoothing_factor: 0.1\n',
    );
    expect(others).toEqual([]);
    expect(message).toMatch(
      /\(out\/bert\/log\.csv\) overfits from epoch 12, and weight_decay is 0 in this file/,
    );
  });

  it.each([
    ['sgd', '0.0005'],
    ['adamw_torch', '0.1'],
  ])('offers the weight decay that is usual with %s', async (optim, value) => {
    const around = { ...nowhere, runs: [run('out/bert/log.csv')] };
    const text = config(`optim: ${optim}\nweight_decay: 0\n`);
    const found = (await lintConfig(text, 'a/b.yaml', around)).filter(({ code }) => code === 'FC920');
    expect(found.map(({ fix }) => fix?.edits[0]?.newText)).toEqual([value]);
  });

  it.each([
    ['overfitting', 'weight_decay: 0.01\n', 0],
    ['overfitting', 'hidden_dropout: 0.0\nweight_decay: 0\n', 2],
    ['overfitting', 'weight_decay: 0\nlora_dropout: 0.1\n', 0],
    ['overfitting', 'weight_decay: 0 # fitcheck: ignore FC920\n', 0],
    ['unstable', 'max_grad_norm: 0\nwarmup_ratio: 0\n', 2],
    ['unstable', 'max_grad_norm: 1.0\n', 0],
    ['underfitting', 'hidden_dropout: 0.5\n', 1],
    ['underfitting', 'hidden_dropout: 0.1\nweight_decay: 0\n', 0],
    ['healthy', 'weight_decay: 0\nmax_grad_norm: 0\n', 0],
    ['undetermined', 'weight_decay: 0\n', 0],
    [null, 'weight_decay: 0\n', 0],
  ])('%s, %j: %d', async (label, more, count) => {
    expect(await told(label, more)).toHaveLength(count);
  });
});
