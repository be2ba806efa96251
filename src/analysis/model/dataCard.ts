/** `node dataCard.js`: writes the card beside the data set, with what is in it counted anew. */
import { stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readHistories, type History } from './history';
import { truthOf } from './oracle';
import { HISTORIES } from './paths';
import { partsOf, programOf } from './programs';
import { LABELS } from '../classifier';

async function main(): Promise<void> {
  const histories = await readHistories(HISTORIES);
  const { size } = await stat(HISTORIES);
  await writeFile(join(dirname(HISTORIES), 'README.md'), card(histories, size));
}

function card(histories: readonly History[], bytes: number): string {
  const parts = partsOf(histories.map(programOf));
  const evaluations = histories.map((h) => h.evaluations).sort((a, b) => a - b);
  const at = (share: number) => evaluations[Math.floor(share * (evaluations.length - 1))];
  return [
    '# Data card: recorded trainings',
    '',
    '`trainings.jsonl.br` holds real trainings by gradient descent, one a line: what a log of each would show, and what only',
    'an oracle knows. It is what the shipped network learned from and what `docs/evaluation.md` is about. `npm run',
    'model:data` records it anew (two hours on one core; the PyTorch half needs Python with torch, numpy and scikit-learn),',
    'and `npm run model:train` needs nothing but this file.',
    '',
    '## What is in it',
    '',
    `${histories.length} trainings of ${parts.size} programs (a data set with an architecture), ${(bytes / 1e6).toFixed(1)} MB; ` +
      `${evaluations[0]} to ${evaluations.at(-1)} evaluations (median ${at(0.5)}, 90th percentile ${at(0.9)}); ` +
      `${histories.filter((h) => h.axis === 'step').length} logged by step, ${histories.filter((h) => h.plan > h.evaluations).length} logs cut while the training went on, ` +
      `${histories.filter((h) => !h.log.val).length} without a validation loss.`,
    '',
    ...table(
      'framework',
      count(histories, (h) => h.framework),
    ),
    ...table(
      'data set',
      count(histories, (h) => h.data),
    ),
    ...table(
      'architecture',
      count(histories, (h) => h.architecture),
    ),
    ...table(
      'task',
      count(histories, (h) => h.task),
    ),
    ...table(
      'optimizer',
      count(histories, (h) => knob(h, 'optimizer')),
    ),
    ...table(
      'schedule',
      count(histories, (h) => knob(h, 'schedule')),
    ),
    '',
    '## How it was labelled',
    '',
    'Each training was built to be one thing (the recipe: few samples, wrong labels, a rate a hundred times too high, a warm',
    'restart), and went on after its log ended, to one and a half or two and a half times its length, with the loss on a',
    'large test set that never had a say and on clean training data recorded at each evaluation. `oracle.ts` decides from',
    'these, never from what a detector says. Construction and oracle must agree, and the log must show it (`shown.ts`): what',
    'no reader of the log could see is no example.',
    '',
    '- **unstable**: a value that is not finite; or, built to be, half of all that was learned thrown away on clean data and',
    '  in a column of the log; not where that was early, over soon and made good;',
    '- **overfitting**: the test loss a tenth above its best while clean training loss went on falling, no better test',
    '  loss later in the longer run (which would be double descent), and a validation set of the log that shows it; or a',
    '  gap of 15 points of accuracy with the best long past;',
    '- **underfitting**: built to be, and nothing was learned at all (guessing counts as nothing, however high the loss',
    '  began), or the clean training loss kept more than half of its first level and the log shows it (a poor accuracy, a',
    '  loss that hardly fell; never in language, where few letters can be known); "stopped too early" only where the longer',
    '  run won 15 % more and the log says that it has ended;',
    '- **healthy**: test loss within 3 % of its best, no gap at rest, no excursion, and nothing of the log looks poor: a good',
    '  training of a hard task looks like a poor one of an easy task;',
    '- everything between is **ambiguous** and left out of training and of the headline figures, and so is a learning rate that',
    '  rises in equal ratios to the end of the log: it can not be told from a range test.',
    '',
    '| recipe | trainings | ' + LABELS.join(' | ') + ' | ambiguous |',
    '| --- | --- | ' + LABELS.map(() => '---').join(' | ') + ' | --- |',
    ...recipes(histories),
    '',
    'Beginnings of a training are examples of their own, with the truth of that moment: before its best evaluation is',
    'past, a training that will overfit is healthy.',
    '',
    '## The split',
    '',
    'By program, never by run, and whatever the framework. Eight data sets are held out whole, with all that learned them:',
    'the published figures come from these. Of the other programs, ordered by a hash of their name, four in five are learned',
    'from and one in five calibrates.',
    '',
    ...(['training', 'calibration', 'test'] as const).map((part) => {
      const names = [...parts].filter(([, p]) => p === part).map(([name]) => name);
      const runs = histories.filter((h) => parts.get(programOf(h)) === part).length;
      return `- ${part}: ${runs} trainings of ${names.length} programs: ${names.sort().join(', ')}`;
    }),
    '',
    '## What it lacks',
    '',
    '- Large models: nothing here trained for more than seconds; no network has more than some hundred thousand parameters.',
    '- Real images, speech or web text: data are generated, or the small sets that scikit-learn carries, or the source and',
    '  the manual of Python.',
    '- Faults of the input pipeline (leaks, wrong normalisation), of distributed training, of mixed precision.',
    '- Several trainings in one log, and the habits of particular loggers: the simulated runs and the tests of the log',
    '  formats stand for those.',
    '- GANs are recorded, and only used to see that nothing is said of them; reinforcement learning is not.',
    '- Ambiguous trainings are many. Figures without them are kinder than life.',
    '',
    'The `library` and `prose` texts are those of the Python installation which recorded them; all else is generated from',
    'the seed.',
    '',
  ].join('\n');
}

function recipes(histories: readonly History[]): string[] {
  const names = [...new Set(histories.map((h) => h.recipe))].sort();
  return names.map((recipe) => {
    const own = histories.filter((h) => h.recipe === recipe);
    if (own[0]!.task === 'gan') return `| ${recipe} | ${own.length} | | | | | |`;
    const truths = own.map((h) => truthOf(h));
    const sure = LABELS.map((label) => truths.filter((t) => t.label === label && !t.ambiguous).length);
    return `| ${recipe} | ${own.length} | ${sure.join(' | ')} | ${truths.filter((t) => t.ambiguous).length} |`;
  });
}

function knob(history: History, name: string): string {
  const value = history.knobs[name];
  return typeof value === 'string' ? value : 'none';
}

function count(histories: readonly History[], key: (history: History) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const history of histories) counts.set(key(history), (counts.get(key(history)) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

function table(name: string, counts: ReadonlyMap<string, number>): string[] {
  return [`- ${name}: ${[...counts].map(([key, n]) => `${key} ${n}`).join(', ')}`];
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
