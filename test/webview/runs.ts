/** Runs as the host sends them, one for each thing that a page must get right. */
import { symptomNotes } from '../../src/analysis/symptomNotes';
import type { Finding, Incident, Label } from '../../src/analysis/diagnosis';
import type {
  AddedPoints,
  Assessment,
  Points,
  RemedyCard,
  RunSnapshot,
  SeriesInfo,
} from '../../src/protocol';
import { PROTOCOL_VERSION, type OfferedFix, type ToWebview } from '../../src/protocol';

export type Series = RunSnapshot['series'][number];
type Snapshot = Extract<ToWebview, { type: 'snapshot' }>;

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A small generator with a seed: the same noise in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296 - 0.5;
  };
}

export function points(
  steps: readonly number[],
  values: readonly number[],
  {
    epochs = steps,
    times,
    firstLine = 2,
  }: { epochs?: readonly number[]; times?: boolean; firstLine?: number } = {},
): Points {
  return {
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    epochs: Float64Array.from(epochs),
    times: Float64Array.from(steps, (step) => (times ? 1.7e12 + step * 1000 : Number.NaN)),
    lines: Float64Array.from(steps, (_, i) => firstLine + i),
  };
}

export function series(index: number, about: Partial<SeriesInfo>, given: Points): Series {
  const { length: total } = given.values;
  const nonFinite = given.values.filter((value) => !Number.isFinite(value)).length;
  const known = {
    name: 'loss',
    key: 'loss',
    split: 'train',
    direction: 'lower',
    unit: null,
    axis: 'epoch',
  } as const;
  return { ...known, index, total, nonFinite, ...about, points: given };
}

export function remedy(technique: RemedyCard['technique'], title: string, rank: number): RemedyCard {
  return {
    technique,
    rank,
    title,
    why: `val-loss-rising: validation loss rose by 37 % after epoch 12 while training loss fell (${title}).`,
    what: 'Adds a term to the update that pulls every weight towards zero, so that no single weight grows large.',
    typical: [{ context: 'AdamW', value: '0.01 to 0.1' }],
    cost: 'One setting.',
    check: 'Validation loss ends lower at about the same training loss.',
    notWhen: 'Training loss itself is still high.',
    cautions: ['Leave biases and norms out.'],
    section: title,
    fixes: technique === 'gradient-clipping' ? ['python'] : [],
  };
}

function assessment(label: Label, why: string, findings: Finding[], remedies: RemedyCard[]): Assessment {
  const share = label === 'undetermined' ? 0.25 : 0.02;
  const probabilities = { healthy: share, overfitting: share, underfitting: share, unstable: share };
  if (label !== 'undetermined') probabilities[label] = 0.94;
  const confidence = label === 'undetermined' ? 0 : 0.94;
  return {
    diagnosis: {
      verdict: { label, confidence, probabilities, why },
      findings,
      incidents: [],
      stopping: null,
    },
    notes: Object.fromEntries(findings.map(({ id }) => [id, symptomNotes[id]])),
    context: { kind: 'unknown', hasValidation: true },
    remedies,
    others: [
      {
        technique: 'label-smoothing',
        title: 'Label smoothing',
        what: 'Gives a small share of the target probability to the other classes.',
        unfitFor: null,
      },
      {
        technique: 'spectral-norm',
        title: 'Spectral normalisation',
        what: 'Divides a weight by its largest singular value.',
        unfitFor: 'language model pretraining',
      },
    ],
    backend: { name: 'wasm', device: 'cpu', version: '4.22.0' },
  };
}

export function snapshot(
  id: string,
  all: Series[],
  judged: Assessment | null = null,
  { fixes = [], ...about }: Partial<RunSnapshot> & { fixes?: OfferedFix[] } = {},
): Snapshot {
  const run: RunSnapshot = {
    recognition: { confidence: 1, why: 'a test' },
    outcomes: [],
    summary: {
      id,
      path: `/runs/${id}`,
      title: id,
      format: 'csv',
      state: 'running',
      modified: 0,
      label: judged?.diagnosis.verdict.label ?? null,
      severity: null,
      symptoms: [],
      quiet: 3_000,
      progress: null,
      beginning: null,
      since: null,
      last: null,
      points: all.reduce((sum, { total }) => sum + total, 0),
    },
    generation: 1,
    files: [],
    series: all,
    context: {},
    skipped: { lines: 0, first: null },
    assessment: judged,
    problem: null,
    ...about,
  };
  return { type: 'snapshot', version: PROTOCOL_VERSION, run, fixes };
}

/** `count` more epochs of some curves of a run. */
export function append(
  { run }: Snapshot,
  added: Record<number, readonly number[]>,
  generation = run.generation,
): Extract<ToWebview, { type: 'append' }> {
  const more = Object.entries(added).map(([index, values]): AddedPoints => {
    const { total, points: before } = run.series[Number(index)]!;
    const first = before.steps.at(-1)! + 1;
    const steps = values.map((_, i) => first + i);
    return {
      index: Number(index),
      total: total + values.length,
      nonFinite: 0,
      points: points(steps, values, { firstLine: total + 2 }),
    };
  });
  return { type: 'append', generation, summary: run.summary, series: more };
}

const EPOCHS = 40;
const epochs = range(EPOCHS);

/** Validation loss turns at epoch 12; the onset is at 15, close enough for the labels to meet. */
export function overfitting(): Snapshot {
  const random = noise(7);
  const train = epochs.map((x) => 2.2 * Math.exp(-x / 9) + 0.08 + random() * 0.03);
  const val = epochs.map((x) => 2.3 * Math.exp(-x / 7) + 0.5 + Math.max(0, x - 12) * 0.018 + random() * 0.03);
  const finding: Finding = {
    id: 'val-loss-rising',
    family: 'overfitting',
    severity: 'error',
    onset: { step: 15, epoch: 15, line: 17 },
    best: { step: 12, epoch: 12 },
    evidence: { bestVal: 0.91, lastVal: 1.03 },
    series: [1, 0],
    message: 'Validation loss rose from 0.91 at epoch 12 to 1.03 while training loss kept falling.',
  };
  const past: Finding = {
    ...finding,
    id: 'past-the-optimum',
    severity: 'warning',
    onset: { step: 18, epoch: 18, line: 20 },
  };
  const remedies = [
    remedy('gradient-clipping', 'Gradient clipping', 1),
    remedy('weight-decay', 'Weight decay', 2),
    remedy('early-stopping', 'Early stopping', 3),
    remedy('dropout', 'Dropout', 4),
    remedy('data-augmentation', 'Data augmentation', 5),
  ];
  const judged = assessment(
    'overfitting',
    finding.message,
    [finding, { ...past, message: '22 epochs have passed since the best one.' }],
    remedies,
  );
  const all = [
    series(0, { key: 'loss' }, points(epochs, train, { times: true })),
    series(1, { key: 'val_loss', split: 'val' }, points(epochs, val, { times: true })),
    series(
      2,
      { name: 'accuracy', key: 'accuracy', direction: 'higher' },
      points(
        epochs,
        train.map((y) => 1 - y / 3),
        { times: true },
      ),
    ),
    series(
      3,
      { name: 'accuracy', key: 'val_accuracy', split: 'val', direction: 'higher' },
      points(
        epochs,
        val.map((y) => 1 - y / 3),
        { times: true },
      ),
    ),
    series(
      4,
      { name: 'learning_rate', key: 'lr', split: null, direction: 'none' },
      points(
        epochs,
        epochs.map((x) => 1e-3 * 0.97 ** x),
        { times: true },
      ),
    ),
  ];
  return snapshot('keras/history.csv', all, judged, {
    context: { batch_size: 32, optimizer: 'adamw' },
    skipped: { lines: 3, first: { line: 17, reason: 'two columns instead of five' } },
    fixes: [
      {
        technique: 'gradient-clipping',
        kind: 'python',
        title: 'Clip gradients to norm 1.0 before `optimizer.step()` in `train_one_epoch`',
        file: 'train.py',
      },
      {
        technique: 'weight-decay',
        kind: 'config',
        title: 'Set weight_decay to 0.01',
        file: 'config.yaml',
      },
      { technique: 'label-smoothing', kind: 'python', title: 'Smooth labels by 0.1', file: 'train.py' },
    ],
  });
}

/** A spike at 60, NaN from 80 to 84 and an infinity at 90. */
export function unstable(): Snapshot {
  const random = noise(3);
  const steps = range(120);
  const odd = (i: number): number | null =>
    i >= 80 && i < 85 ? Number.NaN : i === 90 ? Number.POSITIVE_INFINITY : null;
  const values = steps.map((i) => odd(i) ?? (i === 60 ? 9 : 2 * Math.exp(-i / 50) + 0.3 + random() * 0.1));
  const norms = steps.map((i) => (i === 60 ? 40 : 1 + Math.abs(random())));
  const finding: Finding = {
    id: 'non-finite',
    family: 'unstable',
    severity: 'error',
    onset: { step: 80, epoch: null, line: 82 },
    evidence: { nonFinite: 6 },
    series: [0],
    message: 'Loss was not a number 5 times from step 80 on.',
  };
  const spike: Finding = {
    ...finding,
    id: 'loss-spike',
    severity: 'warning',
    onset: { step: 60, epoch: null, line: 62 },
  };
  const judged = assessment(
    'unstable',
    finding.message,
    [finding, { ...spike, message: 'Loss jumped from 0.8 to 9 at step 60.' }],
    [remedy('gradient-clipping', 'Gradient clipping', 1), remedy('lower-lr', 'Lower learning rate', 2)],
  );
  const none = { epochs: steps.map(() => Number.NaN) };
  return snapshot(
    'unstable.jsonl',
    [
      series(0, { axis: 'step' }, points(steps, values, none)),
      series(
        1,
        { axis: 'step', name: 'grad_norm', key: 'grad_norm', split: null, direction: 'none' },
        points(steps, norms, none),
      ),
    ],
    judged,
  );
}

/** 100,000 points, thinned out to 2,000 a curve as the host does. */
export function long(): Snapshot {
  const random = noise(11);
  const steps = range(2000).map((i) => i * 50);
  const loss = (floor: number): number[] =>
    steps.map((s) => 3 * Math.exp(-s / 20_000) + floor + random() * 0.2);
  const epochsOf = steps.map((s) => s / 5000);
  const one = (index: number, about: Partial<SeriesInfo>, floor: number): Series => ({
    ...series(
      index,
      { axis: 'step', ...about },
      points(steps, loss(floor), { epochs: epochsOf, times: true }),
    ),
    total: 100_000,
  });
  const judged = assessment('healthy', 'Training and validation loss still fall together.', [], []);
  return snapshot(
    'long/events.out.tfevents.1',
    [
      one(0, { key: 'train/loss' }, 0.3),
      one(1, { key: 'eval/loss', split: 'val' }, 0.5),
      one(2, { name: 'perplexity', key: 'perplexity' }, 1),
      one(3, { name: 'grad_norm', key: 'grad_norm', split: null, direction: 'none' }, 0.1),
    ],
    judged,
  );
}

export function manyMetrics(count = 60): Snapshot {
  const all = range(count).map((i) =>
    series(
      i,
      {
        name: i === 0 ? 'loss' : `layer_${i}/norm`,
        key: i === 0 ? 'loss' : `layer_${i}/norm`,
        direction: 'none',
      },
      points(
        epochs,
        epochs.map((x) => Math.sin(x / 5 + i) + 2),
      ),
    ),
  );
  return snapshot('many.csv', all, assessment('healthy', 'All is well.', [], []));
}

export const hostileNames = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  `very_${'long_'.repeat(60)}name`,
  'abc\u202edcba\u202ehidden',
  '',
  '__proto__',
];

/** A log that two trainings were written into, of which the second is judged. */
export function twoTrainings(): Snapshot {
  const steps = [...range(40), ...range(30)];
  const loss = steps.map((step, i) => (i < 40 ? 3 : 2) * Math.exp(-step / 15));
  const judged = assessment('healthy', 'Training loss still falls.', [], []);
  judged.diagnosis.scope = 'The log holds 2 trainings one after the other; this is about the last of them.';
  judged.diagnosis.judged = { file: null, from: 42, to: null };
  return snapshot('appended.csv', [series(0, {}, points(steps, loss))], judged);
}

/** One of each kind. @param reason what the log says of its end */
export function incidents(reason = 'RuntimeError: CUDA out of memory'): Incident[] {
  const about = { step: null, line: null, evidence: {} };
  return [
    { ...about, id: 'crashed', severity: 'error', line: 118, message: `It ended at line 118: ${reason}` },
    { ...about, id: 'stalled', severity: 'warning', message: 'Nothing new for 15 min.' },
    {
      ...about,
      id: 'throughput-drop',
      severity: 'info',
      message: 'The last 10 % made 9000 tokens a second.',
    },
  ];
}

export function hostile(): Snapshot {
  const all = hostileNames.map((name, i) =>
    series(
      i,
      { name, key: `${name}_key`, split: i % 2 ? 'val' : null },
      points(
        epochs,
        epochs.map((x) => 1 / (x + 1) + 0.1),
      ),
    ),
  );
  const message = `${hostileNames[0]} rose; ${hostileNames[1]} fell`;
  const finding: Finding = {
    id: 'val-loss-rising',
    family: 'overfitting',
    severity: 'warning',
    onset: { step: 15, epoch: 15, line: 17 },
    evidence: {},
    series: [0],
    message,
  };
  const card = { ...remedy('dropout', 'Dropout', 1), why: message };
  const hostileRun = snapshot('x', all, assessment('overfitting', `${message}.`, [finding], [card]), {
    context: { [hostileNames[0]!]: hostileNames[1]! },
    skipped: { lines: 1, first: { line: 1, reason: hostileNames[0]! } },
  });
  hostileRun.run.assessment!.diagnosis.incidents.push(...incidents(hostileNames[0]));
  hostileRun.run.summary.title = hostileNames[1]!;
  hostileRun.run.summary.path = hostileNames[0]!;
  return hostileRun;
}

export function onePoint(): Snapshot {
  return snapshot(
    'one.csv',
    [series(0, {}, points([0], [2.3]))],
    assessment('undetermined', 'One point says nothing; 10 are needed.', [], []),
  );
}

export function noValidation(): Snapshot {
  const values = epochs.map((x) => 2 - x / 400);
  const judged = assessment(
    'underfitting',
    'Training loss fell by 5 % in 40 epochs.',
    [],
    [remedy('more-capacity', 'More model capacity', 1)],
  );
  return snapshot('train-only.log', [series(0, {}, points(epochs, values))], judged);
}

/** Training counts steps, validation epochs; all know their epoch. */
export function mixedAxes(): Snapshot {
  const steps = range(200);
  const few = range(10);
  return snapshot('mixed.json', [
    series(
      0,
      { axis: 'step' },
      points(
        steps,
        steps.map((s) => 2 * Math.exp(-s / 60) + 0.2),
        { epochs: steps.map((s) => s / 20) },
      ),
    ),
    series(
      1,
      { axis: 'epoch', split: 'val', key: 'eval_loss' },
      points(
        few,
        few.map((x) => 2 * Math.exp(-x / 3) + 0.3),
      ),
    ),
  ]);
}

export function undetermined(): Snapshot {
  const few = range(5);
  return snapshot(
    'short.csv',
    [
      series(
        0,
        {},
        points(
          few,
          few.map((x) => 1 / (x + 1)),
        ),
      ),
    ],
    assessment('undetermined', 'Only 5 points so far; 10 are needed.', [], []),
  );
}

/** The messages that put other runs beside one. */
export function compared(...others: Snapshot[]): ToWebview[] {
  const runs = others.map(({ run: { summary } }) => ({ ...summary, problem: null }));
  return [
    { type: 'compared', runs: runs.map(({ path, id, title, problem }) => ({ path, id, title, problem })) },
    ...others.map(({ run }): ToWebview => ({ type: 'other', run })),
  ];
}

/** A run of another id, with its curves so many steps later. */
export function like(run: Snapshot, id: string, later = 0, context = run.run.context): Snapshot {
  const copy = structuredClone(run.run);
  copy.summary = { ...copy.summary, id, path: `/runs/${id}`, title: id };
  for (const { points: one } of copy.series) {
    one.steps = one.steps.map((step) => step + later);
    one.epochs = one.epochs.map((epoch) => epoch + later);
    one.values = one.values.map((value) => value * 1.2);
  }
  return { ...run, run: { ...copy, context } };
}
