import type { Diagnosis } from '../analysis/diagnosis';
import type { Assessment, RemedyCard } from '../protocol';
import { catalogue } from '../remedies/catalogue';
import { withTold } from '../remedies/context';
import { rankRemedies } from '../remedies/rank';
import type { RemedyContext, TrainingKind } from '../remedies/remedy';

/** The remedies for a diagnosis with all their texts, best first. */
export function remedyCards(diagnosis: Diagnosis, context: RemedyContext): RemedyCard[] {
  return rankRemedies(diagnosis, context).map((remedy) => {
    const { title, what, typical, cost, check, notWhen, cautions } = catalogue[remedy.technique];
    return { ...remedy, title, what, typical: [...typical], cost, check, notWhen, cautions: [...cautions] };
  });
}

/** An assessment by what script and config say of the training, too. The same one where they say nothing new. */
export function assessedFor(assessment: Assessment, told: readonly TrainingKind[]): Assessment {
  const context = withTold(assessment.context, told);
  if (context.kind === assessment.context.kind) return assessment;
  return { ...assessment, context, remedies: remedyCards(assessment.diagnosis, context) };
}
