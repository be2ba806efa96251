import { LABELS } from '../classifier';
import type { Score } from './evaluate';

interface Metrics {
  seed: number;
  runs: { train: number; calibration: number; test: number };
  families: { train: readonly string[]; calibration: readonly string[]; test: readonly string[] };
  temperature: number;
  parameters: number;
  detectorsAlone: Score;
  modelAlone: Score;
  both: Score;
}

/** The model card as Markdown. */
export function card(m: Metrics): string {
  const lines = [
    '# Model card',
    '',
    `A 1-D convolutional network with ${m.parameters} parameters that reads the normalised curves of one training`,
    'run and gives the probabilities of healthy, overfitting, underfitting and unstable. It never speaks alone: the',
    'symptom detectors name what is wrong, and where the two disagree the verdict is `undetermined`.',
    '',
    `- Made from ${m.runs.train} generated runs of the curve families ${m.families.train.join(', ')} (seed ${m.seed}).`,
    `- Temperature ${m.temperature}, fitted on ${m.runs.calibration} runs of the family ${m.families.calibration.join(', ')}.`,
    `- The numbers below are from ${m.runs.test} runs of families that neither saw: ${m.families.test.join(', ')}.`,
    '',
    'Limits: all runs are generated, and the kinds of fault in the test set are those of the training set (the curves',
    'they act on are not). Real logs are more varied; read the probabilities as evidence, not as measurement.',
    '',
  ];
  const names = {
    detectorsAlone: 'Detectors alone',
    modelAlone: 'Network alone',
    both: 'Both, as shipped',
  } as const;
  for (const key of ['detectorsAlone', 'modelAlone', 'both'] as const)
    lines.push(...section(names[key], m[key]));
  return `${lines.join('\n')}`;
}

function section(title: string, s: Score): string[] {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const columns = [...LABELS, 'undetermined'] as const;
  return [
    `## ${title}`,
    '',
    `Right ${share(s.accuracy)}; of the determined ones ${share(s.accuracyWhenDetermined)}; undetermined ${share(s.undetermined)}.`,
    `False alarms on healthy runs ${share(s.falseAlarms)} (95 % interval ${share(s.falseAlarmInterval[0])} to ${share(s.falseAlarmInterval[1])}).`,
    `Expected calibration error ${s.calibrationError.toFixed(3)}.`,
    '',
    `| truth | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => '---').join(' | ')} |`,
    ...LABELS.map((label) => `| ${label} | ${columns.map((c) => s.confusion[label]![c]).join(' | ')} |`),
    '',
  ];
}
