import * as l10n from '@vscode/l10n';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { detect } from '../../src/analysis/detect';
import { diagnose } from '../../src/analysis/diagnose';
import { TRAIN_FAMILIES, makeRuns } from '../../src/analysis/model/dataset';
import { viewRun } from '../../src/analysis/pairing';
import { suspect } from '../../src/analysis/suspicions/suspect';
import { noteOf, symptomNotes } from '../../src/analysis/symptomNotes';
import { otherTechniques, remedyCards } from '../../src/engine/remedyCards';
import { reportMarkdown, summaryText, type Reported } from '../../src/engine/markdown';
import { sinceOf } from '../../src/engine/summary';
import { recogniseFormat, sampleOf } from '../../src/formats/registry';
import { checkedFormats } from '../../src/formats/customCheck';
import { ownNames } from '../../src/formats/ownNames';
import type { Assessment } from '../../src/protocol';
import type { RemedyContext, TrainingKind } from '../../src/remedies/remedy';
import { profiles } from '../../src/remedies/profiles';
import { readFailure } from '../../src/runs/humanError';
import { notALog } from '../../src/runs/logFile';
import { curveOf, makeRun } from './analysis/makeRun';

const context: RemedyContext = { kind: 'vision-cnn', hasValidation: true };
const run = makeRun({
  loss: curveOf(60, (t) => 0.2 + 1.8 * Math.exp(-6 * t)),
  val_loss: curveOf(60, (t) => (t < 0.3 ? 2 - 4 * t : 0.8 + 0.9 * (t - 0.3))),
  status: 'crashed',
});

/** All that is told of the run. */
async function told(): Promise<{ reported: Reported; assessment: Assessment }> {
  const ended = { ...run, ending: { how: 'crashed', reason: 'CUDA out of memory', line: 9 } } as typeof run;
  const diagnosis = await diagnose(ended, null);
  const remedies = remedyCards(diagnosis, context);
  const notes = Object.fromEntries(diagnosis.findings.map(({ id }) => [id, noteOf(id)]));
  const assessment = { diagnosis, notes, context, remedies, backend: null };
  const summary = {
    title: 'a',
    path: '/a',
    format: 'csv',
    state: 'crashed',
    since: sinceOf(diagnosis),
  } as const;
  return { assessment, reported: { summary, assessment, curves: [], context: {}, dismissed: [] } };
}

/** What no language changes: names in quotes, code, and the names that techniques and tools have in the field. */
const names =
  /“[^”]*”|`[^`]*`|[\w.]+\([^)]*\)|https?:\S+|\b[a-z]+(?:[-_][a-z]+)+\b|\b(?:Regularization Techniques|SageMaker Debugger|Hugging Face Trainer|Weights & Biases|CUDA out of memory|mean squared error)\b/gi;

/** Three words of English in a row are a phrase that nobody translated; one or two are names, as in "SGD momentum". */
function english(text: string): string | undefined {
  return /\b[a-z]+(?:,? [a-z]+){2,}\b/i.exec(text.replaceAll(names, '·'))?.[0];
}

function expectChinese(text: string): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(english(text), text).toBeUndefined();
  expect(text, 'a placeholder was left').not.toMatch(/\{\d+\}/);
}

it('without a bundle everything is English', async () => {
  const { reported, assessment } = await told();
  const [lead] = assessment.diagnosis.findings;
  expect(lead!.message).toMatch(
    /^"val_loss" rose \d+ % from its best 0\.\d+ at epoch \d+ to 1\.\d+, while "loss" fell from 0\.\d+ to 0\.\d+: the model still learns its training data and gets worse on new data\.$/,
  );
  expect(assessment.remedies[0]!.why).toMatch(
    /^The network has learned its examples by heart; .+ Here: Validation gets worse since epoch \d+ \(best at epoch \d+\)\.$/,
  );
  expect(assessment.diagnosis.incidents[0]!.message).toBe(
    'The training ended with an error at line 9 of its log: CUDA out of memory',
  );
  expect(summaryText(reported)).toMatch(/^a: overfitting \(\d+ %\) since epoch \d+\. "val_loss" rose/);
  expect(reportMarkdown(reported)).not.toMatch(/\p{Script=Han}/u);
});

describe('with the Chinese strings', () => {
  beforeAll(() => l10n.config({ contents: readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8') }));

  it('verdict, findings and incidents are told in Chinese', async () => {
    const { diagnosis, notes } = (await told()).assessment;
    expect(diagnosis.verdict.label).toBe('overfitting');
    expect(diagnosis.verdict.why).toMatch(/^“val_loss”从第 \d+ 轮的最佳值 0\.\d+ 上升了 \d+%/);
    for (const { message } of [...diagnosis.findings, ...diagnosis.incidents]) expectChinese(message);
    expectChinese(diagnosis.stopping!.message);
    expect(Object.keys(notes)).toContain('val-loss-rising');
  });

  it.each(Object.keys(symptomNotes) as (keyof typeof symptomNotes)[])(
    'what to know of %s is Chinese',
    (id) => {
      const { title, threshold, source, falseAlarm } = noteOf(id);
      for (const text of [title, threshold, falseAlarm]) expectChinese(text);
      expect(english(source), source).toBeUndefined();
    },
  );

  it.each(Object.keys(profiles) as TrainingKind[])('the remedies of %s are Chinese', async (kind) => {
    const { diagnosis } = (await told()).assessment;
    const own = { ...context, kind };
    const remedies = remedyCards(diagnosis, own);
    for (const { why, what, cost, check, notWhen, cautions } of remedies)
      for (const text of [why, what, cost, check, notWhen, ...cautions]) expectChinese(text);
    for (const { title, typical } of remedies)
      for (const text of [title, ...typical.flatMap((one) => [one.context, one.value])])
        expect(english(text), text).toBeUndefined();
    for (const { what, unfitFor } of otherTechniques({ remedies, context: own })) {
      expectChinese(what);
      if (unfitFor !== null) expectChinese(unfitFor);
    }
  });

  it('the report has no line of English', async () => {
    const { reported } = await told();
    const text = reportMarkdown({
      ...reported,
      curves: [{ name: 'loss', split: 'val', points: 3, first: 1, last: NaN, min: 0.5, max: 1 }],
      context: { total_epochs: 90 },
    });
    const lines = text.split('\n').filter((line) => /\p{L}/u.test(line) && !line.startsWith('| loss '));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expectChinese(line);
    expect(text).toContain('**验证结果变差**（val-loss-rising，错误）：');
    expectChinese(summaryText(reported));
  });

  it('whatever is found in all kinds of runs is told in Chinese', async () => {
    const ids = new Set<string>();
    for (const simulated of makeRuns(400, TRAIN_FAMILIES, 5)) {
      const view = viewRun(simulated.run);
      const found = detect(view);
      const suspected = (['overfitting', 'underfitting', 'unstable'] as const).map((one) =>
        suspect(view, one),
      );
      for (const { id, message } of [...found, ...suspected.filter((one) => one !== null)]) {
        ids.add(id);
        expectChinese(message);
      }
      expectChinese((await diagnose(simulated.run, null)).verdict.why);
    }
    expect(ids.size).toBeGreaterThan(12);
  });

  it('what is wrong with a file or a setting is told in Chinese', async () => {
    const sample = sampleOf('/a/notes.txt', Buffer.from('Dear diary,\ntoday I trained nothing.\n'));
    expectChinese(notALog('/a/notes.txt', recogniseFormat(sample).tried).message);
    expectChinese(readFailure('/a', Object.assign(new Error(), { code: 'EACCES' })).message);
    const { problems } = await checkedFormats({
      a: 1,

      c: 'x',
      d: '(?<loss>(a+)+)$',
      e: '(?<loss>(a|b)+)',
    });
    expect(problems).toHaveLength(4);
    for (const problem of [...problems, ...ownNames({ x: 3 }).problems]) expectChinese(problem);
  });
});
