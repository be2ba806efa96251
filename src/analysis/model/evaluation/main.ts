/**
 * `npm run model:evaluate [FILE]`: judges the shipped model and the detectors on programs that were held out, and writes
 * docs/evaluation.md. With `--errors`, prints each wrong answer as well.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClassifier } from '../../classifier';
import { TEST_FAMILIES } from '../dataset';
import { historiesOf, realExamples, simulatedExamples } from '../examples';
import { readHistories } from '../history';
import { truthOf } from '../oracle';
import { HISTORIES } from '../paths';
import { programOf } from '../programs';
import { baselines } from './baselines';
import { answered, judge, modelAnswer, type Judged } from './judge';
import { live } from './live';
import { report, type Evaluation } from './report';
import { score, type Score } from './score';

const SEED = 22;
const SIMULATED = 2000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      errors: { type: 'boolean', default: false },
      model: { type: 'string', default: join('media', 'model') },
      part: { type: 'string', default: 'test' },
    },
  });
  const part = values.part as 'test' | 'calibration' | 'training';
  const classifier = await createClassifier({ modelDir: values.model });
  const all = await readHistories(HISTORIES);
  const held = historiesOf(all, part).filter(({ task }) => task !== 'gan');
  const real = await judge(realExamples(held), classifier);
  const whole = real.filter(({ example }) => example.real!.seen === example.real!.history.evaluations);
  const beginnings = real.filter((one) => !whole.includes(one));
  const simulated = await judge(simulatedExamples(SIMULATED, TEST_FAMILIES, SEED), classifier);
  if (values.errors) for (const one of [...whole, ...beginnings]) tell(one);

  const training = realExamples(historiesOf(all, 'training'));
  const evaluation: Evaluation = {
    data: {
      histories: all.length,
      programs: new Set(all.map(programOf)).size,
      testHistories: held.length,
      testPrograms: [...new Set(held.map(programOf))].sort(),
      ambiguous: held.filter((history) => truthOf(history).ambiguous).length,
    },
    layers: [
      layer('detectors alone', (one) => one.detectors),
      layer('network alone', modelAnswer),
      layer('both, as shipped', (one) => one.both),
    ],
    beginnings: score(answered(beginnings, (one) => one.both)),
    baselines: baselines(training).map(({ name, answer }) => ({
      name,
      score: score(answered(whole, ({ view, example }) => ({ label: answer(view, example), confidence: 1 }))),
    })),
    live: await live(held, classifier),
    notFaults: notFaults(real),
    falseAlarmsByFinding: falseAlarms(real),
  };
  const text = report(evaluation);
  if (part === 'test') await writeFile(positionals[0] ?? join('docs', 'evaluation.md'), text);
  console.log(text);

  function layer(
    name: string,
    answer: (one: Judged) => { label: Judged['both']['label']; confidence: number },
  ): { name: string; real: Score; simulated: Score } {
    return { name, real: score(answered(whole, answer)), simulated: score(answered(simulated, answer)) };
  }
}

function notFaults(judged: readonly Judged[]): Evaluation['notFaults'] {
  const rows = new Map<string, Evaluation['notFaults'][number]>();
  for (const { example, both } of judged) {
    if (example.label !== 'healthy') continue;
    const row = rows.get(example.recipe) ?? { recipe: example.recipe, count: 0, alarms: 0, undetermined: 0 };
    row.count++;
    if (both.label === 'undetermined') row.undetermined++;
    else if (both.label !== 'healthy') row.alarms++;
    rows.set(example.recipe, row);
  }
  return [...rows.values()].sort((a, b) => a.recipe.localeCompare(b.recipe));
}

function falseAlarms(judged: readonly Judged[]): Evaluation['falseAlarmsByFinding'] {
  const counts = new Map<string, number>();
  for (const { example, both, findings } of judged) {
    if (example.label !== 'healthy' || both.label === 'healthy' || both.label === 'undetermined') continue;
    const lead = findings.find(({ family }) => family === both.label)?.id ?? 'none';
    counts.set(lead, (counts.get(lead) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count);
}

function tell({ example, both, findings, model }: Judged): void {
  if (both.label === example.label) return;
  const { history, seen } = example.real!;
  const list = findings.map(({ id, severity }) => `${id}:${severity}`).join(' ');
  const shares = model ? Object.values(model).map((p) => p.toFixed(2)) : [];
  console.log(
    `${example.label} -> ${both.label}  ${history.id} ${history.recipe} ${seen}/${history.evaluations}  [${list}]  ${shares.join(' ')}`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
