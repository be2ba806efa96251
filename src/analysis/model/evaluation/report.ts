import { LABELS } from '../../classifier';
import type { LiveScore } from './live';
import type { Figure, Score } from './score';

/** All that `docs/evaluation.md` tells. */
export interface Evaluation {
  data: {
    histories: number;
    programs: number;
    testHistories: number;
    testPrograms: string[];
    ambiguous: number;
  };
  layers: { name: string; real: Score; simulated: Score }[];
  beginnings: Score;
  baselines: { name: string; score: Score }[];
  live: LiveScore;
  notFaults: { recipe: string; count: number; alarms: number; undetermined: number }[];
  falseAlarmsByFinding: { id: string; count: number }[];
}

const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`;
const withInterval = ({ value, low, high }: Figure): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** The evaluation as Markdown. */
export function report(e: Evaluation): string {
  const shipped = e.layers.at(-1)!;
  const { live } = e;
  return [
    '# Evaluation of the analyzer',
    '',
    'Written by `npm run model:evaluate`; the same data and model give the same page. Every figure is of data sets that',
    'neither the network nor what was fitted after it has learned from. Intervals are of 95 %: Wilson for shares, a bootstrap',
    'over whole programs (a data set with an architecture) for the macro-F1. What the runs are and how the truth was found is',
    'in [the data card](../src/analysis/model/data/README.md). What was missed and wrongly told here was looked at twice, and',
    'led to a rule for spikes, and to what counts as seen of a run that goes on; so take the figures as a little kind. A',
    'loss that stands still is no verdict without an accuracy beside it: that costs a tenth of the recall of underfitting',
    'here, and is right in life, where a fine-tuning in good health looks the same.',
    '',
    `${e.data.histories} real trainings of ${e.data.programs} programs were recorded; ${e.data.testHistories} of ` +
      `${e.data.testPrograms.length} programs are held out (${e.data.testPrograms.join(', ')}), and ${e.data.ambiguous} of`,
    'these, whose truth is ambiguous, are left out below.',
    '',
    '## Which layer earns its place',
    '',
    'Whole runs. Macro-F1 counts `undetermined` as missed; the next column leaves such runs out.',
    '',
    '| answer | real: macro-F1 | where a word was said | undetermined | false alarms | calibration error | simulated: macro-F1 | false alarms |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...e.layers.map(({ name, real, simulated }) => row(name, real, simulated)),
    ...e.baselines.map(({ name, score }) => row(name, score, null)),
    '',
    'The first four baselines know only overfitting from health, so their macro-F1 has a low ceiling; the next table holds',
    'what they are made for.',
    '',
    '| answer | overfitting: precision | recall | F1 |',
    '| --- | --- | --- | --- |',
    ...[...e.layers.map(({ name, real }) => ({ name, score: real })), ...e.baselines].map(
      ({ name, score }) =>
        `| ${name} | ${withInterval(score.families.overfitting.precision)} | ${withInterval(score.families.overfitting.recall)} | ${score.families.overfitting.f1.toFixed(3)} |`,
    ),
    '',
    '## Both layers, as shipped',
    '',
    '### Real trainings, whole',
    '',
    ...confusion(shipped.real),
    '### Real trainings, cut short: a run that goes on',
    '',
    ...confusion(e.beginnings),
    '### Simulated runs of held-out curve families',
    '',
    ...confusion(shipped.simulated),
    '## Not faults',
    '',
    'Healthy runs by what is odd about them (real, whole and cut short).',
    '',
    '| kind | runs | false alarms | undetermined |',
    '| --- | --- | --- | --- |',
    ...e.notFaults.map((n) => `| ${n.recipe} | ${n.count} | ${n.alarms} | ${n.undetermined} |`),
    '',
    e.falseAlarmsByFinding.length === 0
      ? 'No finding led a false alarm.'
      : `Findings that led a false alarm: ${e.falseAlarmsByFinding.map(({ id, count }) => `${id} ${count}`).join(', ')}.`,
    '',
    '## While the run goes on',
    '',
    `Each of the ${live.histories} held-out histories with a certain truth was judged after each of its evaluations (after 120 of them in long ones).`,
    '',
    `- Earliness: the right verdict was first given, and then kept, at ${percent(live.earliness.median)} of the run (median; upper quartile ${percent(live.earliness.late)}; ${live.earliness.right} runs).`,
    `- Onset of overfitting: ${live.onset.median} evaluations from the true one (median of ${live.onset.count}); within 5: ${withInterval(live.onset.within5)}.`,
    `- Stopping when it is first told that the run can be stopped (${live.stopping.stopped} of ${live.stopping.of} overfitting runs): the checkpoint named has the lowest validation loss of the whole log in ${withInterval(live.stopping.kept)}, and a test loss within 1 % of the best that the longer run reached in ${withInterval(live.stopping.nearTest)}. Median wait since that checkpoint: ${live.stopping.waited} evaluations.`,
    `- False alarms at any moment of a run that is healthy to its end: ${withInterval(live.falseAlarmsOnTheWay)}.`,
    '',
    '## Calibration',
    '',
    'Confidence of the verdicts on real trainings, whole.',
    '',
    '| confidence | runs | mean confidence | right |',
    '| --- | --- | --- | --- |',
    ...shipped.real.reliability
      .map((bin, i) => ({ ...bin, from: i / 10 }))
      .filter(({ count }) => count > 0)
      .map(
        (b) =>
          `| ${b.from.toFixed(1)} to ${(b.from + 0.1).toFixed(1)} | ${b.count} | ${percent(b.confidence)} | ${percent(b.right)} |`,
      ),
    '',
    ...targets(e),
  ].join('\n');
}

function row(name: string, real: Score, simulated: Score | null): string {
  const f1 = `${real.macroF1.value.toFixed(3)} (${real.macroF1.low.toFixed(3)} to ${real.macroF1.high.toFixed(3)})`;
  const cells = [
    name,
    f1,
    real.macroF1WhenDetermined.toFixed(3),
    percent(real.undetermined.value),
    withInterval(real.falseAlarms),
    real.calibrationError.toFixed(3),
    simulated ? simulated.macroF1.value.toFixed(3) : '',
    simulated ? percent(simulated.falseAlarms.value) : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function confusion(score: Score): string[] {
  const columns = [...LABELS, 'undetermined'] as const;
  return [
    `| truth (${score.count} runs) | ${columns.join(' | ')} | precision | recall | recall where a word was said | F1 |`,
    `| --- | ${columns.map(() => '---').join(' | ')} | --- | --- | --- | --- |`,
    ...LABELS.map((label) => {
      const f = score.families[label];
      const cells = columns.map((c) => score.confusion[label][c]).join(' | ');
      return `| ${label} | ${cells} | ${withInterval(f.precision)} | ${withInterval(f.recall)} | ${withInterval(f.recallWhenDetermined)} | ${f.f1.toFixed(3)} |`;
    }),
    '',
    `False alarms per 1,000 healthy runs: ${(1000 * score.falseAlarms.value).toFixed(0)} (${(1000 * score.falseAlarms.low).toFixed(0)} to ${(1000 * score.falseAlarms.high).toFixed(0)}).`,
    '',
  ];
}

/** What was aimed at, and whether it was reached. */
function targets(e: Evaluation): string[] {
  const { real } = e.layers.at(-1)!;
  const line = (what: string, aim: string, reached: string, met: boolean) =>
    `| ${what} | ${aim} | ${reached} | ${met ? 'yes' : 'no'} |`;
  const { stopping } = e.live;
  return [
    '## Targets',
    '',
    '| what | aim | reached | met |',
    '| --- | --- | --- | --- |',
    line(
      'macro-F1 where a word was said',
      '>= 0.95',
      real.macroF1WhenDetermined.toFixed(3),
      real.macroF1WhenDetermined >= 0.95,
    ),
    line(
      'macro-F1, undetermined counted as missed',
      '>= 0.95',
      real.macroF1.value.toFixed(3),
      real.macroF1.value >= 0.95,
    ),
    line('false alarms', '<= 1 %', percent(real.falseAlarms.value), real.falseAlarms.value <= 0.01),
    line('calibration error', '<= 0.05', real.calibrationError.toFixed(3), real.calibrationError <= 0.05),
    line('best checkpoint kept', '>= 97.5 %', percent(stopping.kept.value), stopping.kept.value >= 0.975),
    line('median wait', '<= 30 evaluations', String(stopping.waited), stopping.waited <= 30),
    '',
  ];
}
