import * as l10n from '@vscode/l10n';
import { setImmediate } from 'node:timers/promises';
import { translated } from '../translated';
import type { TechniqueId } from '../remedies/remedy';
import { selectionOf } from '../remedies/selection';
import type { FixPlan, Range } from '../remedies/textEdit';
import { augmentation } from './augment/plan';
import { averaging } from './averaging/plan';
import { stochasticAveraging } from './averaging/swa';
import { clipping } from './clipping/plan';
import { decay } from './decay/plan';
import { dropConnect } from './depth/connect';
import { dropPath, stochasticDepth } from './depth/plans';
import { distillation } from './distill/plan';
import { dropout } from './dropout/plan';
import { smoothing } from './smoothing/plan';
import { cutmix, mixup } from './mixing/plan';
import { batchNorm, layerNorm } from './norms/plans';
import { preNorm } from './norms/preNorm';
import { rmsNorm } from './norms/rms';
import { lowerRate } from './rate/plan';
import { longerWarmup } from './rate/warmup';
import { spectral } from './spectral/plan';
import { stopping } from './stopping/plan';
import { nanFilter } from './trainer/nanFilter';
import { tying } from './tying/plan';
import { readScript } from './model/script';
import { sharder, shardedOtherwise, type Neighbour } from './neighbours';
import { parseReadable } from './readable';
import type { Reparser } from './reparse';
import { planFrom, settle, type Planned, type Planner, type Settled } from './proposal';
import { pastBom, unreadable, withoutBom } from './source';

/** A planner per technique that can be written into a script today. */
const planners: Readonly<Partial<Record<TechniqueId, Planner>>> = {
  'gradient-clipping': clipping,
  'weight-decay': decay,
  dropout,
  ema: averaging,
  swa: stochasticAveraging,
  'drop-path': dropPath,
  'stochastic-depth': stochasticDepth,
  dropconnect: dropConnect,
  'label-smoothing': smoothing,
  'early-stopping': stopping,
  'lower-lr': lowerRate,
  'longer-warmup': longerWarmup,
  'nan-filter': nanFilter,
  'data-augmentation': augmentation,
  mixup,
  cutmix,
  'knowledge-distillation': distillation,
  'batch-norm': batchNorm,
  'layer-norm': layerNorm,
  'rms-norm': rmsNorm,
  'pre-norm': preNorm,
  'spectral-norm': spectral,
  'weight-tying': tying,
};

/** All techniques that have one. */
export const plannable = Object.keys(planners) as TechniqueId[];

/** What helps to plan, all of it optional. */
export interface PlanOptions {
  parser?: Reparser;
  signal?: AbortSignal;
  name?: string;
  neighbours?: readonly Neighbour[];
}

/** What some techniques would do to a script: plain data, good for as long as the text is the same. */
export interface ScriptPlans {
  /** The techniques that were asked for, in the order in which they are offered. */
  techniques: readonly TechniqueId[];
  /** The plan for the whole script, or for the update points, optimizers and classes that a selection touches. */
  plan(technique: TechniqueId, selection?: Range): FixPlan;
}

/** Whether there is a planner for a technique at all. */
export function canPlan(technique: TechniqueId): boolean {
  return planners[technique] !== undefined;
}

/** Plans a remedy for a whole script. Never throws on odd source: what is not understood is not edited. */
export async function planRemedy(
  source: string,
  technique: TechniqueId,
  options: PlanOptions = {},
): Promise<FixPlan> {
  return (await planScript(source, [technique], options)).plan(technique);
}

/** Plans a remedy for the update points, optimizers and classes that a selection touches, for the light bulb. */
export async function planRemedyAt(
  source: string,
  technique: TechniqueId,
  selection: Range,
): Promise<FixPlan> {
  return (await planScript(source, [technique])).plan(technique, selection);
}

/**
 * Plans several remedies for one script: it is parsed and read once. Other work gets its turn between them.
 * @param options.parser what parsed earlier texts of the same document
 * @param options.name the name of the file, for what its neighbours import
 * @param options.neighbours other scripts of its folder, where a loop may get its model from
 * @param options.signal says that the text has changed since, and that nobody waits for the rest
 */
export async function planScript(
  source: string,
  techniques: readonly TechniqueId[],
  { parser, signal, name = '', neighbours = [] }: PlanOptions = {},
): Promise<ScriptPlans> {
  const why = unreadable(source);
  if (why !== null) return none(() => why);
  const text = withoutBom(source);
  const settled = new Map<TechniqueId, Settled>();
  const shardedIn = sharder(name, source, neighbours);
  const { code, tree } = await parseReadable(text, parser);
  try {
    const script = readScript(code, tree.rootNode);
    for (const technique of techniques) {
      const planner = planners[technique];
      await setImmediate();
      if (signal?.aborted) return none(() => l10n.t('the script has changed in the meantime'));
      if (planner) settled.set(technique, settle(planner, script));
    }
  } finally {
    tree.delete();
  }
  return {
    techniques,
    plan(technique, selection) {
      const places = settled.get(technique);
      if (!places) return none(unknown).plan(technique);
      const result = planFrom(places, selection);
      if (!result.applicable) return result;
      const { value, ...plan } = shardedIn === null ? result : doubtful(result, technique, shardedIn);
      const edits = text === source ? plan.edits : plan.edits.map(pastBom);
      return { ...plan, edits, ...selectionOf(edits, value) };
    },
  };
}

/** The model of the loop may come in shards: the edit becomes a suggestion that says so. */
function doubtful(
  plan: Extract<Planned, { applicable: true }>,
  technique: TechniqueId,
  file: string,
): Extract<Planned, { applicable: true }> {
  const otherwise = shardedOtherwise[technique];
  if (otherwise === undefined) return plan;
  const title = l10n.t('{0} (only if the model does not come in shards from {1})', plan.title, file);
  return {
    ...plan,
    title,
    notes: [
      l10n.t('{0} shards a model and imports this file: {1}.', file, translated(otherwise)),
      ...plan.notes,
    ],
  };
}

function none(why: (technique: TechniqueId) => string): ScriptPlans {
  return {
    techniques: [],
    plan: (technique) => ({
      applicable: false,
      reason: planners[technique] ? why(technique) : unknown(technique),
    }),
  };
}

/** Why some techniques are no edit of a script. */
const advice: Readonly<Partial<Record<TechniqueId, () => string>>> = {
  'modern-recipe': () =>
    l10n.t(
      'a recipe is several settings: set weight decay 0.1 and gradient clipping 1.0 one at a time, and leave dropout and label smoothing off',
    ),
  'practical-advice': () =>
    l10n.t(
      'advice, and no edit: copy the recipe of the architecture that you train, then change one thing at a time and measure',
    ),
  'more-data': () =>
    l10n.t('no edit: more examples must be collected; compare the curves with half of the data first'),
  'more-capacity': () =>
    l10n.t(
      'no edit that is always right: let the model overfit one batch first, then double its width or depth',
    ),
  'less-regularisation': () =>
    l10n.t(
      'no edit that is always right: halve the strongest of dropout, weight decay and augmentation, one at a time',
    ),
};

function unknown(technique: TechniqueId): string {
  return advice[technique]?.() ?? l10n.t('{0} is no edit of a script', technique);
}
