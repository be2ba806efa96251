import type { Split } from '../formats/format';
import type { Run } from '../runs/run';
import { Series } from '../runs/series';
import { sampleAt, windowMedians } from './alignment';
import { buildCurve, type Curve } from './curve';
import { isCost, isErrorRate, isLossLike, ofSplit, qualityRank, runKind, stem, type RunKind } from './roles';

/** The few curves that decide, chosen from all that a run logs, and how they lie to each other. */
export interface RunView {
  readonly run: Run;
  readonly kind: RunKind;
  readonly train: Curve | null;
  readonly val: Curve | null;
  readonly trainQuality: Curve | null;
  readonly valQuality: Curve | null;
  readonly lr: Curve | null;
  readonly gradNorm: Curve | null;
  /** Training loss since the evaluation before, for each point of `val`; null without both. */
  readonly trainAtVal: Float64Array | null;
  /** Learning rate at each point of `train`; null without both. */
  readonly lrAtTrain: Float64Array | null;
  /** Share of the planned run that is done, in [0, 1]; null when the plan is not in the log. */
  readonly progress: number | null;
  /** What was decided about the file, for people. */
  readonly notes: readonly string[];
}

type Window = { from: number; to: number };

/** Chooses the primary curves. Never throws: what is missing is null, and a curve may be empty. */
export function viewRun(run: Run): RunView {
  const kind = runKind(run.series);
  const [trainLoss, valLoss] = chooseLosses(run.series);
  const anchor = trainLoss && build(run, trainLoss);
  const within = (series: readonly Series[] | null): Curve | null => {
    if (!series) return null;
    return build(run, series, anchor?.kept ? sameStretch(anchor, series[0]!) : undefined);
  };
  const val = within(valLoss);
  const train = anchor ?? null;
  const lr = within(one(byName(run.series, 'learning_rate', /(^|[^a-z])(lr|learning[_ ]?rate)([^a-z]|$)/i)));
  return {
    run,
    kind,
    train,
    val,
    trainQuality: within(one(chooseQuality(run.series, 'train') ?? onlyQuality(run.series, val))),
    valQuality: within(one(chooseQuality(run.series, 'val') ?? errorRate(run.series, valLoss))),
    lr,
    gradNorm: within(one(byName(run.series, 'grad_norm', /grad(ient)?[_ ]?norm|gnorm/i))),
    trainAtVal: train && val && train.y.length > 0 ? windowMedians(train, val) : null,
    lrAtTrain: train && lr && lr.y.length > 0 ? sampleAt(lr, train) : null,
    progress: progressOf(run, [train, val]),
    notes: [...new Set([train, val].flatMap((curve) => curve?.notes ?? []))],
  };
}

/** The pair of loss curves; each is one series, or the parts that make the total. */
function chooseLosses(all: readonly Series[]): [Series[] | null, Series[] | null] {
  const train = lossesOf(all, 'train');
  const val = lossesOf(all, 'val');
  const totals = (list: Series[]) =>
    list.filter((s) => s.name === 'loss' || /^_?(total_)?loss$/.test(stem(s)));
  if (totals(train).length === 0 && totals(val).length === 0) {
    const parts = train.filter((s) => val.some((v) => stem(v) === stem(s) && v.length > 1));
    const twins = val.filter((v) => parts.some((s) => stem(s) === stem(v)));
    // Detectors log box, class and objectness losses and no total; one part alone often rises in a good run.
    if (parts.length >= 2 && sameGrid(parts) && sameGrid(twins)) return [parts, twins];
  }
  const bestTrain = pick(totals(train), val) ?? pick(train, val);
  const bestVal = pick(totals(val), train, bestTrain) ?? pick(val, train, bestTrain);
  return [bestTrain && [bestTrain], bestVal && [bestVal]];
}

function lossesOf(all: readonly Series[], split: Split): Series[] {
  // One value is no curve: a mean over the whole run, printed at its end.
  const own = ofSplit(all, split).filter((s) => isLossLike(s) && (s.length > 1 || s.nonFinite > 0));
  if (own.length > 0) return own;
  const unsplit = split === 'train' ? all.filter((s) => s.split === null && s.length > 1) : [];
  const fallback = unsplit.filter(isLossLike);
  return fallback.length > 0 ? fallback : ofSplit(all, split).filter(isCost);
}

/** The most telling of several: the twin of the other split's curve, per epoch before per step, then the longest. */
function pick(candidates: Series[], others: Series[], twin?: Series | null): Series | null {
  const score = (s: Series): number => {
    let points = Math.min(3, Math.log10(1 + s.length));
    if (twin && stem(s) === stem(twin)) points += 4;
    else if (others.some((other) => stem(other) === stem(s))) points += 2;
    if (s.length < 2) points -= 8;
    if (/[_/]epoch$/i.test(s.key) && s.length >= 5) points += 3;
    if (s.name === 'loss') points += 1;
    if (s.name === 'perplexity') points -= 1;
    if (/aux|ema|smooth|inner/i.test(s.key)) points -= 1;
    return points;
  };
  let best: Series | null = null;
  for (const s of candidates) if (!best || score(s) > score(best)) best = s;
  return best;
}

function chooseQuality(all: readonly Series[], split: Split): Series | null {
  return bestQuality(ofSplit(all, split));
}

function bestQuality(all: readonly Series[]): Series | null {
  const candidates = all.filter((s) => s.direction === 'higher' && !/reward|return/i.test(s.key));
  let best: Series | null = null;
  const rank = (s: Series) => qualityRank(s) - Math.min(0.9, s.length / 1e4) + (s.length < 2 ? 8 : 0);
  for (const s of candidates) if (!best || rank(s) < rank(best)) best = s;
  return best;
}

/** Speech is judged by a rate of errors, where less is better: as good as a quality, unless it is all there is. */
function errorRate(all: readonly Series[], loss: readonly Series[] | null): Series | null {
  const rates = ofSplit(all, 'val').filter((s) => s.direction === 'lower' && s.length > 1 && isErrorRate(s));
  return rates.find((s) => !loss?.includes(s)) ?? null;
}

/** A quality without a split is the training's where nothing is validated; else nobody can say whose it is. */
function onlyQuality(all: readonly Series[], val: Curve | null): Series | null {
  if (val || all.some((s) => s.split === 'val')) return null;
  return bestQuality(all.filter((s) => s.split === null));
}

function byName(all: readonly Series[], name: string, key: RegExp): Series | null {
  const named = all.filter((s) => s.name === name && s.length > 0);
  const found =
    named.length > 0
      ? named
      : all.filter((s) => s.direction === 'none' && key.test(s.key) && !/mult|scale|best/i.test(s.key));
  return found.reduce<Series | null>((best, s) => (!best || s.length > best.length ? s : best), null);
}

function one(series: Series | null): Series[] | null {
  return series && [series];
}

function sameGrid(series: readonly Series[]): boolean {
  return series.every((s) => s.length === series[0]!.length && s.steps.at(-1) === series[0]!.steps.at(-1));
}

function build(run: Run, parts: readonly Series[], within?: Window): Curve {
  const members = parts.map((s) => run.series.indexOf(s));
  return buildCurve(parts.length === 1 ? parts[0]! : total(parts), members, within);
}

/** The sum of the parts, point by point, under the place of the first. */
function total(parts: readonly Series[]): Series {
  const first = parts[0]!;
  const sum = new Series(parts.map((s) => s.key).join(' + '), { ...first, name: 'loss' });
  for (let i = 0; i < first.length; i++) {
    const value = parts.reduce((acc, s) => acc + s.values.at(i), 0);
    sum.append(first.steps.at(i), value, first.epochs.at(i), first.times.at(i), first.lines.at(i));
  }
  sum.axis = first.axis;
  return sum;
}

/** Index range of `series` that was written while the kept run of `anchor` was: by line, else by time. */
function sameStretch(anchor: Curve, series: Series): Window {
  const whole = { from: 0, to: series.length };
  const { from, to } = anchor.kept!;
  for (const column of ['lines', 'times'] as const) {
    const start = from === 0 ? Number.NEGATIVE_INFINITY : anchor.series[column].at(from);
    const end = to >= anchor.series.length ? Number.POSITIVE_INFINITY : anchor.series[column].at(to);
    if (Number.isNaN(start) || Number.isNaN(end) || !Number.isFinite(series[column].at(0))) continue;
    const values = series[column].view();
    const first = values.findIndex((value) => value >= start);
    const after = values.findIndex((value) => value >= end);
    return first < 0 ? { from: 0, to: 0 } : { from: first, to: after < 0 ? series.length : after };
  }
  return whole;
}

function progressOf(run: Run, curves: readonly (Curve | null)[]): number | null {
  const steps = Number(run.context.get('total_steps') ?? Number.NaN);
  const epochs = Number(run.context.get('total_epochs') ?? Number.NaN);
  let progress: number | null = null;
  for (const curve of curves) {
    if (!curve || curve.source.length === 0) continue;
    const last = curve.source.at(-1)!;
    const epoch = curve.series.epochs.at(last);
    const share = epochs > 0 && Number.isFinite(epoch) ? epoch / epochs : Number.NaN;
    const done =
      Number.isFinite(share) || curve.axis !== 'step' ? share : curve.series.steps.at(last) / steps;
    if (Number.isFinite(done)) progress = Math.min(1, Math.max(progress ?? 0, done, 0));
  }
  return progress;
}
