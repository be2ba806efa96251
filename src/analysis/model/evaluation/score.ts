import { LABELS } from '../../classifier';
import type { Label } from '../../diagnosis';

export type Truth = Exclude<Label, 'undetermined'>;

/** An answer beside the truth; `program` says which runs resemble each other. */
export interface Answered {
  truth: Truth;
  label: Label;
  confidence: number;
  program: string;
}

/** A figure with its 95 % interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface FamilyScore {
  precision: Figure;
  recall: Figure;
  /** Recall among the runs that got a word. */
  recallWhenDetermined: Figure;
  f1: number;
}

export interface Score {
  count: number;
  /** Truth in rows, answers in columns. */
  confusion: Record<Truth, Record<Label, number>>;
  families: Record<Truth, FamilyScore>;
  /** Mean of the four F1, with a bootstrap interval over programs. `undetermined` counts as missed. */
  macroF1: Figure;
  /** The same over the runs that got a word. */
  macroF1WhenDetermined: number;
  undetermined: Figure;
  /** Share of healthy runs that were called anything but healthy or undetermined. */
  falseAlarms: Figure;
  calibrationError: number;
  /** Ten bins of the confidence: how many, how sure on average, how often right. */
  reliability: { count: number; confidence: number; right: number }[];
}

const BOOTSTRAPS = 400;

/** Scores answers. */
export function score(answers: readonly Answered[]): Score {
  const confusion = confusionOf(answers);
  const families = {} as Score['families'];
  for (const label of LABELS) families[label] = familyScore(confusion, label);
  const healthy = confusion.healthy;
  const alarms = healthy.overfitting + healthy.underfitting + healthy.unstable;
  const unsure = answers.filter(({ label }) => label === 'undetermined').length;
  const reliability = reliabilityOf(answers);
  return {
    count: answers.length,
    confusion,
    families,
    macroF1: { value: macroF1(confusion), ...bootstrap(answers) },
    macroF1WhenDetermined: macroF1(confusionOf(answers.filter(({ label }) => label !== 'undetermined'))),
    undetermined: share(unsure, answers.length),
    falseAlarms: share(alarms, sum(healthy)),
    calibrationError:
      reliability.reduce((total, b) => total + b.count * Math.abs(b.confidence - b.right), 0) /
      Math.max(1, answers.length - unsure),
    reliability,
  };
}

function confusionOf(answers: readonly Answered[]): Score['confusion'] {
  const row = () => ({ healthy: 0, overfitting: 0, underfitting: 0, unstable: 0, undetermined: 0 });
  const confusion = { healthy: row(), overfitting: row(), underfitting: row(), unstable: row() };
  for (const { truth, label } of answers) confusion[truth][label]++;
  return confusion;
}

function familyScore(confusion: Score['confusion'], label: Truth): FamilyScore {
  const hits = confusion[label][label];
  const answered = LABELS.reduce((total, truth) => total + confusion[truth][label], 0);
  const there = sum(confusion[label]);
  return {
    precision: share(hits, answered),
    recall: share(hits, there),
    recallWhenDetermined: share(hits, there - confusion[label].undetermined),
    f1: f1(hits, answered, there),
  };
}

function f1(hits: number, answered: number, there: number): number {
  return answered + there === 0 ? 0 : (2 * hits) / (answered + there);
}

/** Over the families that occur at all. */
function macroF1(confusion: Score['confusion']): number {
  const occurring = LABELS.filter((label) => sum(confusion[label]) > 0);
  const each = occurring.map((label) => familyScore(confusion, label).f1);
  return each.reduce((a, b) => a + b, 0) / Math.max(1, each.length);
}

/** Percentile interval of the macro-F1 when whole programs are drawn anew. */
function bootstrap(answers: readonly Answered[]): { low: number; high: number } {
  const byProgram = new Map<string, Answered[]>();
  for (const one of answers) byProgram.set(one.program, [...(byProgram.get(one.program) ?? []), one]);
  const programs = [...byProgram.values()];
  let state = 1;
  const random = () => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 2147483647;
  const values = Array.from({ length: BOOTSTRAPS }, () =>
    macroF1(confusionOf(programs.flatMap(() => programs[Math.floor(random() * programs.length)]!))),
  ).sort((a, b) => a - b);
  return { low: values[Math.floor(0.025 * BOOTSTRAPS)]!, high: values[Math.ceil(0.975 * BOOTSTRAPS) - 1]! };
}

function reliabilityOf(answers: readonly Answered[]): Score['reliability'] {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { label, truth, confidence } of answers) {
    if (label === 'undetermined') continue;
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.count++;
    bin.confidence += confidence;
    if (label === truth) bin.right++;
  }
  return bins.map(({ count, confidence, right }) => ({
    count,
    confidence: confidence / Math.max(1, count),
    right: right / Math.max(1, count),
  }));
}

/** A share with its 95 % Wilson interval. */
export function share(hits: number, total: number): Figure {
  if (total === 0) return { value: 0, low: 0, high: 1 };
  const z = 1.96;
  const p = hits / total;
  const centre = p + (z * z) / (2 * total);
  const half = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const below = 1 + (z * z) / total;
  return {
    value: p,
    low: Math.max(0, (centre - half) / below),
    high: Math.min(1, (centre + half) / below),
  };
}

function sum(row: Record<string, number>): number {
  return Object.values(row).reduce((a, b) => a + b, 0);
}
