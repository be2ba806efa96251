import { setImmediate } from 'node:timers/promises';
import type { TechniqueId } from '../remedies/remedy';
import { selectionOf } from '../remedies/selection';
import type { FixPlan, Range } from '../remedies/textEdit';
import { clipping } from './clipping/plan';
import { decay } from './decay/plan';
import { dropout } from './dropout/plan';
import { readScript } from './model/script';
import { parseReadable } from './readable';
import { planFrom, settle, type Planner, type Settled } from './proposal';
import { pastBom, unreadable, withoutBom } from './source';

/** A planner per technique that can be written into a script today. */
const planners: Readonly<Partial<Record<TechniqueId, Planner>>> = {
  'gradient-clipping': clipping,
  'weight-decay': decay,
  dropout,
};

/** All techniques that have one. */
export const plannable = Object.keys(planners) as TechniqueId[];

/** What some techniques would do to a script: plain data, good for as long as the text is the same. */
export interface ScriptPlans {
  /** The plan for the whole script, or for the update points, optimizers and classes that a selection touches. */
  plan(technique: TechniqueId, selection?: Range): FixPlan;
}

/** Whether there is a planner for a technique at all. */
export function canPlan(technique: TechniqueId): boolean {
  return planners[technique] !== undefined;
}

/** Plans a remedy for a whole script. Never throws on odd source: what is not understood is not edited. */
export async function planRemedy(source: string, technique: TechniqueId): Promise<FixPlan> {
  return (await planScript(source, [technique])).plan(technique);
}

/** Plans a remedy for the update points, optimizers and classes that a selection touches, for the light bulb. */
export async function planRemedyAt(
  source: string,
  technique: TechniqueId,
  selection: Range,
): Promise<FixPlan> {
  return (await planScript(source, [technique])).plan(technique, selection);
}

/** Plans several remedies for one script: it is parsed and read once. Other work gets its turn between them. */
export async function planScript(source: string, techniques: readonly TechniqueId[]): Promise<ScriptPlans> {
  const why = unreadable(source);
  if (why !== null) return none(() => why);
  const text = withoutBom(source);
  const settled = new Map<TechniqueId, Settled>();
  const { code, tree } = await parseReadable(text);
  try {
    const script = readScript(code, tree.rootNode);
    for (const technique of techniques) {
      const planner = planners[technique];
      await setImmediate();
      if (planner) settled.set(technique, settle(planner, script));
    }
  } finally {
    tree.delete();
  }
  return {
    plan(technique, selection) {
      const places = settled.get(technique);
      if (!places) return none(unknown).plan(technique);
      const result = planFrom(places, selection);
      if (!result.applicable) return result;
      const { value, ...plan } = result;
      const edits = text === source ? plan.edits : plan.edits.map(pastBom);
      return { ...plan, edits, ...selectionOf(edits, value) };
    },
  };
}

function none(why: (technique: TechniqueId) => string): ScriptPlans {
  return {
    plan: (technique) => ({
      applicable: false,
      reason: planners[technique] ? why(technique) : unknown(technique),
    }),
  };
}

function unknown(technique: TechniqueId): string {
  return `${technique} can not be written into a script by Fitcheck yet`;
}
