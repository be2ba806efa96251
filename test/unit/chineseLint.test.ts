import * as l10n from '@vscode/l10n';
import { beforeAll, describe, expect, it } from 'vitest';
import { insightAt } from '../../src/config/insight';
import { trainingsIn } from '../../src/config/lint';
import { planInConfig } from '../../src/config/plan/plan';
import { nowhere, type Surroundings } from '../../src/config/surroundings';
import type { LintFinding } from '../../src/findings/finding';
import { lintText } from '../../src/lint/lint';
import { allRules } from '../../src/lint/rules';
import { planScript } from '../../src/python/plan';
import { catalogue } from '../../src/remedies/catalogue';
import type { TechniqueId } from '../../src/remedies/remedy';
import type { FixPlan } from '../../src/remedies/textEdit';
import { fixtures } from './config/fixtures';
import { clipping } from './config/rules/cases/clipping';
import { decay } from './config/rules/cases/decay';
import { dropout } from './config/rules/cases/dropout';
import { hygiene } from './config/rules/cases/hygiene';
import { loss } from './config/rules/cases/loss';
import { training } from './config/rules/cases/training';
import { validation } from './config/rules/cases/validation';
import { scripts } from './python/shapes';

const inChinese = (): void => l10n.config({ fsPath: 'l10n/bundle.l10n.zh-cn.json' });
const inEnglish = (): void => l10n.config({ contents: {} });

beforeAll(inChinese);

/** Three words in a row outside of code are a sentence that nobody translated. */
const english = /\b[a-z]+(?: [a-z']+){2,}\b/i;
const names = /Hugging Face( Trainer)?|torch\w* references|TensorFlow Model Garden/g;

/** Texts that are not, or not wholly, in Chinese. */
function untranslated(texts: readonly string[]): string[] {
  return texts.filter(
    (text) => !/\p{Script=Han}/u.test(text) || english.test(text.replace(/`[^`]*`/g, '').replace(names, '')),
  );
}

const saidBy = (found: readonly LintFinding[]): string[] =>
  found.flatMap(({ message, fix }) => [message, ...(fix ? [fix.title] : [])]);
const saidIn = (plan: FixPlan): string[] => (plan.applicable ? [plan.title, ...plan.notes] : [plan.reason]);

const techniques = Object.keys(catalogue) as TechniqueId[];
const cases = [clipping, decay, dropout, hygiene, loss, training, validation].flat();

/** Every config at hand that some rule finds something in, with the files beside it. */
const wrong = cases.flatMap(({ bad }) => bad.map(({ path, text, beside = {} }) => ({ path, text, beside })));
const around = (files: Readonly<Record<string, string>>): Surroundings => ({
  read: (path) => Promise.resolve(files[path] ?? null),
  list: () => Promise.resolve(Object.keys(files)),
});
const run = { path: 'out/log.csv', title: 'log.csv', since: '第 12 轮', modified: 1 };

describe('with the strings of Simplified Chinese', () => {
  const seen = new Set<string>();
  const note = (found: readonly LintFinding[]): string[] => {
    for (const { code } of found) seen.add(code);
    return saidBy(found);
  };

  it('the lint finds in scripts in Chinese', async () => {
    for (const source of scripts)
      expect(untranslated(note(await lintText(source, 'train.py'))), source).toEqual([]);
  });

  it('the lint finds in configs in Chinese', async () => {
    for (const { path, text, beside } of wrong)
      expect(untranslated(note(await lintText(text, path, {}, around(beside)))), text).toEqual([]);
  });

  it.each(['overfitting', 'unstable', 'underfitting'])('a run that is %s speaks Chinese', async (label) => {
    const settings = 'weight_decay: 0\nhidden_dropout: 0.0\nmax_grad_norm: 0\nwarmup_ratio: 0\n';
    const text = `output_dir: out\nper_device_train_batch_size: 8\nnum_train_epochs: 3\nlearning_rate: 5e-5\n${settings}`;
    const config = label === 'underfitting' ? text.replace('0.0\n', '0.5\n') : text;
    for (const since of [run.since, null]) {
      const found = await lintText(config, 'a.yaml', {}, { ...nowhere, runs: [{ ...run, label, since }] });
      expect(found.map(({ code }) => code)).toContain('FC920');
      expect(untranslated(note(found))).toEqual([]);
    }
  });

  it('every rule has spoken', () => {
    expect([...seen].sort()).toEqual(allRules.map(({ code }) => code));
  });

  it('edits of scripts, and why there are none, are in Chinese', async () => {
    for (const source of scripts) {
      const plans = await planScript(source, techniques);
      expect(untranslated(techniques.flatMap((one) => saidIn(plans.plan(one)))), source).toEqual([]);
    }
  });

  it('edits of configs, and why there are none, are in Chinese', async () => {
    for (const { path, text } of [...fixtures, ...wrong]) {
      const trainings = await trainingsIn(text, path);
      for (const one of techniques)
        expect(untranslated(saidIn(await planInConfig(one, trainings))), text).toEqual([]);
    }
  });

  it('what is known of a setting is in Chinese', async () => {
    for (const { path, text } of fixtures) {
      const trainings = await trainingsIn(text, path);
      for (const { entry } of trainings.flatMap(({ settings }) => settings)) {
        const { title, what, usual } = insightAt(trainings, entry.keyRange.start)!;
        const words = [usual ?? ''].filter((value) => /[a-z]{2}/i.test(value));
        expect(untranslated([title, what, ...words]), text).toEqual([]);
      }
    }
  });

  it('what is found and edited does not depend on the language', async () => {
    const answers = async (source: string): Promise<unknown[]> => {
      const plans = await planScript(source, techniques);
      const found = await lintText(source, 'train.py');
      return [
        ...found.map(({ code, range, severity, fix }) => [code, range, severity, fix?.edits]),
        ...techniques.map((one) => plans.plan(one)).map((plan) => plan.applicable && plan.edits),
      ];
    };
    for (const source of scripts) {
      const chinese = await answers(source);
      inEnglish();
      expect(chinese).toEqual(await answers(source));
      inChinese();
    }
  });
});
