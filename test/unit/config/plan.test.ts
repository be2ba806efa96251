import { describe, expect, it } from 'vitest';
import { trainingsIn } from '../../../src/config/lint';
import { planInConfig } from '../../../src/config/plan/plan';
import { isRecord } from '../../../src/config/plan/records';
import { syntaxOf } from '../../../src/config/read/names';
import { readConfig } from '../../../src/config/read/read';
import { catalogue } from '../../../src/remedies/catalogue';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { applyEdits } from '../../../src/remedies/textEdit';
import { fixtures } from './fixtures';
import { clipping } from './rules/cases/clipping';
import { decay } from './rules/cases/decay';
import { dropout } from './rules/cases/dropout';
import { hygiene } from './rules/cases/hygiene';
import { loss } from './rules/cases/loss';
import { training } from './rules/cases/training';
import { validation } from './rules/cases/validation';

/** The text after the edit, or why there is none. */
async function planned(technique: TechniqueId, path: string, text: string): Promise<string> {
  const plan = await planInConfig(technique, await trainingsIn(text, path));
  return plan.applicable ? applyEdits(text, plan.edits) : `no: ${plan.reason}`;
}

const bert =
  'per_device_train_batch_size: 8\nlearning_rate: 2.0e-5 # tuned\nnum_train_epochs: 3\noptim: adamw_torch\n';
const timm = 'sched: cosine\nreprob: 0.25\nlr: 0.1\nepochs: 90\nbatch_size: 64\nopt: sgd\n';

describe('a remedy in a config', () => {
  it.each<[TechniqueId, string, string, string]>([
    ['gradient-clipping', 'a.yaml', `${bert}max_grad_norm: 0.0\n`, `${bert}max_grad_norm: 1.0\n`],
    ['gradient-clipping', 'a.yaml', `${timm}clip_grad: null # off\n`, `${timm}clip_grad: 1.0 # off\n`],
    ['gradient-clipping', 'a.yaml', timm, `${timm.replace('lr:', 'clip_grad: 1.0\nlr:')}`],
    ['weight-decay', 'a.yaml', `${bert}weight_decay: 0\n`, `${bert}weight_decay: 0.01\n`],
    ['weight-decay', 'a.yaml', bert, bert.replace('learning', 'weight_decay: 0.01\nlearning')],
    ['weight-decay', 'a.yaml', `${timm}weight_decay: 0.0\n`, `${timm}weight_decay: 0.0005\n`],
    [
      'weight-decay',
      'a.json',
      '{"per_device_train_batch_size": 8, "weight_decay": 0, "optim": "adamw_torch"}',
      '{"per_device_train_batch_size": 8, "weight_decay": 0.01, "optim": "adamw_torch"}',
    ],
    ['label-smoothing', 'a.yaml', `${timm}smoothing: 0.0\n`, `${timm}smoothing: 0.1\n`],
    ['ema', 'a.yaml', `${timm}model_ema: false\n`, `${timm}model_ema: true\n`],
    [
      'early-stopping',
      'a.yaml',
      `${bert}early_stopping_patience: 0\n`,
      `${bert}early_stopping_patience: 5\n`,
    ],
    ['longer-warmup', 'a.yaml', `${bert}warmup_ratio: 0.01\n`, `${bert}warmup_ratio: 0.05\n`],
    [
      'longer-warmup',
      'a.yaml',
      `${bert}warmup_steps: 10\nmax_steps: 9000\n`,
      `${bert}warmup_steps: 450\nmax_steps: 9000\n`,
    ],
    [
      'dropout',
      'a.yaml',
      'base_model: m\nadapter: lora\nlora_dropout: 0\nmicro_batch_size: 2\nlearning_rate: 0.0002\nnum_epochs: 1\n',
      'base_model: m\nadapter: lora\nlora_dropout: 0.1\nmicro_batch_size: 2\nlearning_rate: 0.0002\nnum_epochs: 1\n',
    ],
  ])('%s is written into %s', async (technique, path, before, after) => {
    expect(await planned(technique, path, before)).toBe(after);
  });

  it.each<[string, TechniqueId, string, string, RegExp]>([
    ['is on already', 'weight-decay', 'a.yaml', `${bert}weight_decay: 0.1\n`, /weight_decay is 0.1 already/],
    ['is on by itself', 'gradient-clipping', 'a.yaml', bert, /does it by itself/],
    [
      'comes of an anchor that others share',
      'weight-decay',
      'a.yaml',
      `none: &none 0\n${bert}weight_decay: *none\n`,
      /shared/,
    ],
    [
      'is clipped by value',
      'gradient-clipping',
      'a.yaml',
      `${timm}clip_mode: value\nclip_grad: 0\n`,
      /otherwise/,
    ],
    ['stands between quotes', 'weight-decay', 'a.yaml', `${bert}weight_decay: "0"\n`, /text/],
    ['is a switch', 'gradient-clipping', 'a.yaml', `${timm}clip_grad: false\n`, /no value of that kind/],
    [
      'has no optimizer',
      'weight-decay',
      'a.yaml',
      'lr: 0.1\nepochs: 3\nweight_decay: 0\n',
      /optimizer .* not known/,
    ],
    ['is of no dialect', 'gradient-clipping', 'a.yaml', 'lr: 0.1\nepochs: 3\noptimizer: sgd\n', /not known/],
    [
      'is no classification',
      'label-smoothing',
      'a.yaml',
      `${bert}label_smoothing_factor: 0\n`,
      /classification/,
    ],
    [
      'has two classes',
      'label-smoothing',
      'a.yaml',
      `${timm}num_classes: 2\nsmoothing: 0.0\n`,
      /two classes/,
    ],
    [
      'belongs to the trainer, of which the file does not tell',
      'gradient-clipping',
      'a.yaml',
      'model:\n  class_path: m.Net\n  init_args:\n    lr: 0.1\ntrainer:\n  max_epochs: 3\n  accelerator: auto\n',
      /not known|elsewhere/,
    ],
    [
      'is counted in something else',
      'longer-warmup',
      'a.yaml',
      `${bert}warmup_steps: 0.01\nmax_steps: 900\n`,
      /share/,
    ],
    [
      'is one of two commands',
      'weight-decay',
      'a.sh',
      'python a.py --per_device_train_batch_size 8 --weight_decay 0 --optim adamw_torch\npython b.py --per_device_train_batch_size 8 --weight_decay 0 --optim adamw_torch\n',
      /several trainings/,
    ],
    ['is no training', 'weight-decay', 'a.yaml', 'services:\n  web:\n    image: x\n', /no config/],
    ['has no key', 'spectral-norm', 'a.yaml', bert, /no key/],
  ])('is refused where it %s', async (_why, technique, path, text, reason) => {
    expect(await planned(technique, path, text)).toMatch(reason);
  });

  it('parses afterwards, differs in one value, and is not edited again', async () => {
    const bad = [clipping, decay, dropout, hygiene, loss, training, validation]
      .flat()
      .flatMap((rule) => rule.bad);
    const rewritten = [...fixtures, ...bad].flatMap(({ path, text }) => [
      { path, text },
      // What its dialect would set is off: so that there is something to write.
      {
        path,
        text: text.replace(
          /((?:decay|clip\w*|norm|smoothing\w*|dropout|ratio|ema)"?\s*[:=]\s*)[\d.e-]+/gi,
          '$10',
        ),
      },
      { path, text: text.replaceAll('\n', '\r\n') },
    ]);
    const written = new Map<string, number>();
    for (const { path, text } of rewritten)
      for (const technique of Object.keys(catalogue) as TechniqueId[]) {
        const plan = await planInConfig(technique, await trainingsIn(text, path));
        if (!plan.applicable) continue;
        written.set(technique, (written.get(technique) ?? 0) + 1);
        expect(catalogue[technique].fixes).toContain('config');
        expect(plan.title).not.toMatch(/undefined|NaN|\n/);
        const after = applyEdits(text, plan.edits);
        const values = async (source: string): Promise<string[]> =>
          (await readConfig(source, syntaxOf(path)!)).flatMap(({ entries }) =>
            entries.map((entry) => `${entry.path.join('.')}=${String(entry.value)}`),
          );
        const [old, now] = [await values(text), await values(after)];
        expect([text, technique, now.filter((one) => !old.includes(one)).length]).toEqual([
          text,
          technique,
          1,
        ]);
        expect(old.filter((one) => !now.includes(one)).length).toBeLessThanOrEqual(1);
        // Every line but the one of the key is as it was.
        const lines = after.split('\n');
        expect(text.split('\n').filter((line) => !lines.includes(line)).length).toBeLessThanOrEqual(1);
        expect((await planInConfig(technique, await trainingsIn(after, path))).applicable).toBe(false);
      }
    for (const technique of ['gradient-clipping', 'weight-decay', 'label-smoothing'])
      expect([technique, written.get(technique)]).toEqual([technique, expect.any(Number)]);
  }, 60_000);
});

it.each([
  ['outputs/2026-01-01/.hydra/config.yaml', true],
  ['lightning_logs/version_3/config.yaml', true],
  ['out/train/args.yaml', true],
  ['wandb/run-1/files/config.yaml', true],
  ['configs/train.yaml', false],
  ['params.yaml', false],
])('%s is a record of a run: %s', (path, record) => expect(isRecord(path)).toBe(record));
