import { LABELS, type Classifier, type Probabilities } from '../classifier';
import { detect } from '../detect';
import type { Label, Verdict } from '../diagnosis';
import { features } from '../features';
import { viewRun } from '../pairing';
import { decide } from '../verdict';
import type { Simulated } from './simulate';

/** Truth in rows, answers in columns, `undetermined` last. */
export type Confusion = Record<string, Record<Label, number>>;

export interface Score {
  confusion: Confusion;
  /** Share of right answers among all, and among those that were not `undetermined`. */
  accuracy: number;
  accuracyWhenDetermined: number;
  undetermined: number;
  /** Share of healthy runs that were called anything but healthy or undetermined, with its 95 % Wilson interval. */
  falseAlarms: number;
  falseAlarmInterval: [number, number];
  /** Expected calibration error of the confidence, ten bins. */
  calibrationError: number;
}

/** A run with its truth and both layers' answers. */
export interface Judged extends Simulated {
  detectors: Verdict;
  model: Probabilities | null;
  both: Verdict;
}

/** Runs both layers over made-up runs. */
export async function judge(runs: readonly Simulated[], classifier: Classifier | null): Promise<Judged[]> {
  const views = runs.map((simulated) => viewRun(simulated.run));
  const answers: (Probabilities | null)[] = classifier
    ? await classifier.predict(views.map((view) => features(view)))
    : runs.map(() => null);
  return runs.map((simulated, i) => {
    const findings = detect(views[i]!);
    return {
      ...simulated,
      detectors: decide(views[i]!, findings, null),
      model: answers[i]!,
      both: decide(views[i]!, findings, answers[i]!),
    };
  });
}

/** Scores one way of answering. */
export function score(
  judged: readonly Judged[],
  answer: (one: Judged) => { label: Label; confidence: number },
): Score {
  const confusion: Confusion = {};
  for (const label of LABELS) {
    confusion[label] = { healthy: 0, overfitting: 0, underfitting: 0, unstable: 0, undetermined: 0 };
  }
  const bins = Array.from({ length: 10 }, () => ({ count: 0, right: 0, confidence: 0 }));
  for (const one of judged) {
    const { label, confidence } = answer(one);
    confusion[one.label]![label]++;
    if (label === 'undetermined') continue;
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.count++;
    bin.confidence += confidence;
    if (label === one.label) bin.right++;
  }
  const total = judged.length;
  const right = LABELS.reduce((sum, label) => sum + confusion[label]![label], 0);
  const unsure = LABELS.reduce((sum, label) => sum + confusion[label]!.undetermined, 0);
  const healthy = confusion.healthy!;
  const alarms = healthy.overfitting + healthy.underfitting + healthy.unstable;
  const healthyTotal = alarms + healthy.healthy + healthy.undetermined;
  return {
    confusion,
    accuracy: right / total,
    accuracyWhenDetermined: right / Math.max(1, total - unsure),
    undetermined: unsure / total,
    falseAlarms: alarms / Math.max(1, healthyTotal),
    falseAlarmInterval: wilson(alarms, healthyTotal),
    calibrationError:
      bins.reduce((sum, b) => sum + Math.abs(b.confidence - b.right), 0) / Math.max(1, total - unsure),
  };
}

/** The network's own answer: its most probable label. */
export function modelAnswer(one: Judged): { label: Label; confidence: number } {
  const probabilities = one.model!;
  const label = LABELS.reduce((best, l) => (probabilities[l] > probabilities[best] ? l : best));
  return { label, confidence: probabilities[label] };
}

/** 95 % Wilson interval of a share. */
export function wilson(hits: number, total: number): [number, number] {
  if (total === 0) return [0, 1];
  const z = 1.96;
  const p = hits / total;
  const centre = p + (z * z) / (2 * total);
  const half = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const below = 1 + (z * z) / total;
  return [Math.max(0, (centre - half) / below), Math.min(1, (centre + half) / below)];
}
