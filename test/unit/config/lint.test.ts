import { describe, expect, it } from 'vitest';
import type { LintFinding } from '../../../src/findings/finding';
import { lintConfig, trainingsIn } from '../../../src/config/lint';
import { applyEdits } from '../../../src/remedies/textEdit';

const codes = async (text: string, path = 'train.yaml'): Promise<string[]> =>
  (await lintConfig(text, path)).map(({ code, severity }) => `${code} ${severity}`);

const hf = (line: string): string =>
  `output_dir: out\nper_device_train_batch_size: 8\nnum_train_epochs: 3\nlearning_rate: 5e-5\n${line}\n`;

describe('weight decay', () => {
  it.each([
    ['weight_decay: 0.1', []],
    ['weight_decay: 0', []],
    ['weight_decay: 0.3', []],
    ['weight_decay: 0.9', ['FC206 warning']],
    ['weight_decay: -0.1', ['FC206 error']],
    ['weight_decay: 1e-9', ['FC206 hint']],
    ['weight_decay: "0.9"', ['FC206 warning']],
    ['weight_decay: auto', []],
    ['weight_decay: ${wd}', []],
    ['weight_decay: [0.9]', []],
    ['weight_decay: null', []],
    ['model:\n  weight_decay: 0.9', []],
    ['optim: sgd\nweight_decay: 0.05', ['FC206 warning']],
    ['optimizer:\n  type: SGD\n  weight_decay: 0.0005', []],
    ['optim: adamw_torch\nweight_decay: 0.05', []],
    ['optimizer: lion\nweight_decay: 1.0', []],
    ['optimizer: lion\nweight_decay: -1.0', ['FC206 error']],
  ])('%j', async (line, expected) => {
    expect(await codes(hf(line))).toEqual(expected);
  });

  it('knows the scale of a dialect that does not multiply by the learning rate', async () => {
    const composer =
      'max_duration: 4800ba\nglobal_train_batch_size: 8\noptimizer:\n  lr: 1e-4\n  weight_decay: ';
    expect(await codes(`${composer}1e-5`)).toEqual([]);
    expect(await codes(`${composer}0.1`)).toEqual(['FC206 warning']);
  });
});

describe('clip bound, label smoothing, dropout', () => {
  it.each([
    ['max_grad_norm: 1.0', []],
    ['max_grad_norm: 0', []],
    ['max_grad_norm: 10', []],
    ['max_grad_norm: 100', ['FC111 info']],
    ['max_grad_norm: 0.01', ['FC111 info']],
    ['max_grad_norm: -1', ['FC111 warning']],
    ['label_smoothing_factor: 0.1', []],
    ['label_smoothing_factor: 0.25', ['FC703 info']],
    ['label_smoothing_factor: 0.5', ['FC703 warning']],
    ['label_smoothing_factor: 1.0', ['FC703 error']],
    ['dropout: 0.5', []],
    ['dropout: 0.6', ['FC303 info']],
    ['dropout: 0.9', ['FC303 warning']],
    ['dropout: 1.5', ['FC303 error']],
    ['clip_grad_norm_type: -1', []],
  ])('%j', async (line, expected) => {
    expect(await codes(hf(line))).toEqual(expected);
  });
});

describe('which files are training configs', () => {
  it.each([
    [
      'a compose file',
      'version: "3"\nservices:\n  web:\n    image: x\n    dropout: 2\n',
      'docker-compose.yml',
    ],
    ['one lone setting', 'weight_decay: 5\n', 'x.yaml'],
    ['an empty file', '', 'x.yaml'],
    ['a list', '- 1\n- 2\n', 'x.yaml'],
    ['a list of results', '[{"lr": 0.1, "epochs": 3, "dropout": 5}]', 'results.json'],
    [
      'an environment',
      'services:\n  a:\n    environment:\n      lr: 1\n      epochs: 3\n      dropout: 7\n',
      'x.yml',
    ],
    ['settings scattered over a file', 'a:\n  lr: 1\nb:\n  epochs: 3\nc:\n  dropout: 7\n', 'x.yml'],
    ['a lock file', '{"lr": 1, "weight_decay": 5}', 'package-lock.json'],
    ['broken YAML', 'a: [\n  b: }{ : :\n', 'x.yaml'],
    ['binary', '\u0000\u0001\u0002', 'x.yaml'],
  ])('%s is not linted', async (_name, text, path) => {
    expect(await codes(text, path)).toEqual([]);
  });

  it('reads JSON with comments, DeepSpeed style', async () => {
    const text = `{
  // comment
  "train_micro_batch_size_per_gpu": 4,
  "gradient_clipping": -1.0,
  "optimizer": { "type": "AdamW", "params": { "lr": 1e-4, "weight_decay": 0.9 } },
}`;
    expect(await codes(text, 'ds.json')).toEqual(['FC111 warning', 'FC206 warning']);
  });

  it('gives what a half-typed file can give', async () => {
    expect(await codes(`${hf('weight_decay: 0.9')}max_grad_norm:\n  - [`)).toEqual(['FC206 warning']);
  });

  it('says what is wrong in one line, whatever lines the value has', async () => {
    const [found] = await lintConfig(hf('dropout: |\n  1.5\n'), 'a.yaml');
    expect(found?.message).toMatch(/^dropout is 1\.5 in this file/);
  });

  it('reads several documents, anchors, unknown tags and CRLF', async () => {
    const text = hf('weight_decay: 0.9').replaceAll('\n', '\r\n');
    expect(await codes(text)).toEqual(['FC206 warning']);
    expect(await codes(`a: &x !thing 1\n---\n${hf('dropout: 2')}`)).toEqual(['FC303 error']);
  });
});

describe('a file that is too large for a config', () => {
  const filler = (size: number): string => `notes:\n${'  - a line of text\n'.repeat(Math.ceil(size / 19))}`;

  it('is not read, whatever stands in it', async () => {
    expect(await codes(hf('weight_decay: 0.9') + filler(60 * 1024))).toEqual(['FC206 warning']);
    expect(await codes(hf('weight_decay: 0.9') + filler(100 * 1024))).toEqual([]);
  });
});

describe('a file of no known dialect', () => {
  it('is told of values that are odd, and nothing is claimed', async () => {
    expect(await codes('lr: 0.1\nepochs: 3\ndropout: 1.5\n')).toEqual(['FC303 info']);
    expect(await codes('lr: 0.1\nepochs: 3\ndropout: 0.6\n')).toEqual(['FC303 hint']);
  });

  it('is told softly of a call in a script, which has a lint of its own', async () => {
    const script =
      'import torch\n@dataclass\nclass A:\n    x: int = 1\nopt = torch.optim.SGD(p, lr=0.1, weight_decay=0.05)\n';
    expect(await codes(script, 'tests/test_x.py')).toEqual(['FC206 info']);
  });

  it.each([
    ['torch.optim.SGD', ['FC206 warning']],
    ['src.optim.SGD', ['FC206 info']],
  ])('is told as loud as ever of what it hands to %s', async (target, expected) => {
    expect(await codes(`optimizer:\n  _target_: ${target}\n  lr: 0.1\n  weight_decay: 0.05\n`)).toEqual(
      expected,
    );
  });
});

describe('what is trained', () => {
  const neMo =
    'exp_manager:\n  exp_dir: x\nmodel:\n  train_ds:\n    batch_size: 8\n  optim:\n    name: adamw\n';
  const tune = (loss: string): string => `batch_size: 1\nloss:\n  _component_: torchtune.rlhf.loss.${loss}\n`;
  it.each([
    [neMo, 'speech'],
    [`name: megatron_gpt\n${neMo}`, 'pretraining'],
    ['tokenizer_dir: t\ntrain:\n  micro_batch_size: 1\n', 'pretraining'],
    ['checkpoint_dir: c\ntrain:\n  micro_batch_size: 1\n', 'finetuning'],
    [tune('DPOLoss'), 'preference'],
    [tune('PPOLoss'), 'reinforcement'],
    ['base_model: m\nadapter: lora\nmicro_batch_size: 1\nrl: dpo\n', 'preference'],
    [hf(''), null],
  ])('%j: %s', async (text, expected) => {
    expect((await trainingsIn(text, 'a.yaml')).map(({ task }) => task)).toEqual([expected]);
  });
});

const fixesOf = async (text: string, path = 'a.yaml'): Promise<NonNullable<LintFinding['fix']>[]> =>
  (await lintConfig(text, path)).map(({ fix }) => fix!);
const fixed = async (text: string, path = 'a.yaml'): Promise<string> =>
  applyEdits(
    text,
    (await fixesOf(text, path)).flatMap(({ edits }) => edits),
  );

describe('fixes', () => {
  it.each([
    ['dropout: 1.5\nweight_decay: -0.1\nlabel_smoothing_factor: 1', true],
    ['dropout: 0.9\nweight_decay: 0.9\nlabel_smoothing_factor: 0.5', false],
    ['max_grad_norm: -1', false],
    ['max_grad_norm: 100', false],
  ])('are safe only where the value is impossible: %j', async (line, expected) => {
    const safe = (await fixesOf(hf(line))).map((fix) => fix.safe);
    expect(safe.length).toBeGreaterThan(0);
    expect(new Set(safe)).toEqual(new Set([expected]));
  });

  it('replace the value and nothing else', async () => {
    const text = hf('weight_decay: 0.9  # too much\nmax_grad_norm: -1 # 🚀');
    expect(await fixed(text)).toBe(hf('weight_decay: 0.1  # too much\nmax_grad_norm: 1.0 # 🚀'));
  });

  it.each([
    [hf('weight_decay: "0.9" # x'), hf('weight_decay: "0.1" # x'), 'a.yaml'],
    [hf("weight_decay: '0.9'"), hf("weight_decay: '0.1'"), 'a.yaml'],
    [
      '{"max_grad_norm": 1, "num_train_epochs": 3, "weight_decay": "0.9"}',
      '{"max_grad_norm": 1, "num_train_epochs": 3, "weight_decay": "0.1"}',
      'a.json',
    ],
  ])('keep the quotes of %j', async (text, expected, path) => {
    expect(await fixed(text, path)).toBe(expected);
  });

  it('leave a block of lines alone', async () => {
    const text = hf('weight_decay: >-\n  0.9\nmax_grad_norm: 1.0');
    expect(await codes(text)).toEqual(['FC206 warning']);
    expect(await fixesOf(text)).toEqual([undefined]);
  });

  it('give a config without findings', async () => {
    const text = hf('weight_decay: 0.9\nmax_grad_norm: -1\nlabel_smoothing_factor: 0.5\ndropout: 3');
    expect(await codes(text)).toHaveLength(4);
    expect(await codes(await fixed(text))).toEqual([]);
  });

  it('point at the value', async () => {
    const [finding] = await lintConfig(hf('weight_decay: 0.9'), 'a.yaml');
    expect(finding!.range).toEqual({ start: { line: 4, character: 14 }, end: { line: 4, character: 17 } });
    expect(finding!.message).toContain('weight_decay is 0.9 in this file');
  });
});

describe('ignore comments', () => {
  it.each([
    ['weight_decay: 0.9 # fitcheck: ignore FC206', []],
    ['weight_decay: 0.9 # fitcheck: ignore', []],
    ['weight_decay: 0.9 # fitcheck: ignore FC111', ['FC206 warning']],
    ['# fitcheck: ignore FC206\nweight_decay: 0.9', []],
  ])('%j', async (line, expected) => {
    expect(await codes(hf(line))).toEqual(expected);
  });
});
