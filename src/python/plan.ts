import type { TechniqueId } from '../remedies/remedy';
import type { FixPlan, Range } from '../remedies/textEdit';
import { planClipping } from './clipping';
import { parsePython, type Node } from './parser';
import type { UpdatePoint } from './updatePoint';

type Planner = (source: string, root: Node, wanted?: (point: UpdatePoint) => boolean) => FixPlan;

/** A planner per technique that can be written into a script today. */
const planners: Readonly<Partial<Record<TechniqueId, Planner>>> = { 'gradient-clipping': planClipping };

/** Whether there is a planner for a technique at all. */
export function canPlan(technique: TechniqueId): boolean {
  return planners[technique] !== undefined;
}

/** Plans a remedy for a whole script. Never throws on odd source: what is not understood is not edited. */
export function planRemedy(source: string, technique: TechniqueId): Promise<FixPlan> {
  return plan(source, technique);
}

/** Plans a remedy for the update points that a selection touches, for the light bulb. */
export function planRemedyAt(
  source: string,
  technique: TechniqueId,
  { start, end }: Range,
): Promise<FixPlan> {
  return plan(
    source,
    technique,
    ({ statement }) => statement.startPosition.row <= end.line && statement.endPosition.row >= start.line,
  );
}

async function plan(
  source: string,
  technique: TechniqueId,
  wanted?: (point: UpdatePoint) => boolean,
): Promise<FixPlan> {
  const planner = planners[technique];
  if (!planner)
    return { applicable: false, reason: `${technique} can not be written into a script by Fitcheck yet` };
  const tree = await parsePython(source);
  try {
    return planner(source, tree.rootNode, wanted);
  } finally {
    tree.delete();
  }
}
